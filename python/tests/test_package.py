# SPDX-License-Identifier: Apache-2.0
"""The package as such: what it imports, its types, its documentation."""

import ast
import inspect
import subprocess
import sys

import fabula
from conftest import ROOT
from fabula import _fabula

PACKAGE = ROOT / "python" / "fabula"


def test_nothing_is_imported_or_opened_before_it_is_used():
    code = """
import sys, fabula
assert not set(sys.modules) & {"numpy", "pandas", "polars", "pyarrow", "sklearn", "tqdm"}, sys.modules
fabula.identify("Der Ausschuss tagt")
assert "numpy" not in sys.modules
maps = open("/proc/self/maps").read()
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    closed = "import fabula; fabula.Model('/nowhere'); fabula.StoryClusterer(model='/nowhere'); fabula.articles([])"
    subprocess.run([sys.executable, "-c", closed], check=True)


def test_types_are_strict():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "build/mypy", str(PACKAGE)],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "MYPYPATH": "python"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stub_has_what_the_extension_has():
    stub = ast.parse((PACKAGE / "_fabula.pyi").read_text())
    told = {}
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            told[node.name] = {one.name for one in node.body if isinstance(one, ast.FunctionDef)} - {"__init__"}
        elif isinstance(node, ast.FunctionDef):
            told[node.name] = {arg.arg for arg in node.args.args}
    for name, inside in told.items():
        there = getattr(_fabula, name)
        if isinstance(there, type):
            assert inside == {one for one in vars(there) if not one.startswith("__") or one == "__len__"} - {"__new__"}, name
        else:
            assert all(arg in str(there.__doc__ or there.__nb_signature__) for arg in inside), name
    assert {name for name in vars(_fabula) if not name.startswith("_")} == told.keys() | {"version"}


def test_everything_public_is_documented():
    for name in fabula.__all__:
        one = getattr(fabula, name)
        if inspect.isclass(one) or inspect.isfunction(one):
            assert inspect.getdoc(one), name
            assert fabula.__name__ in one.__module__


def test_the_version_is_that_of_the_library():
    lines = (ROOT / "include" / "fabula" / "version.hpp").read_text().splitlines()
    numbers = [line.split()[-1] for line in lines if line.startswith("#define FABULA_VERSION_")]
    assert fabula.__version__ == ".".join(numbers)


def test_every_file_carries_its_licence_and_is_short():
    for file in [*(ROOT / "python").rglob("*.py"), *(ROOT / "python").rglob("*.pyi")]:
        lines = file.read_text().splitlines()
        assert lines[0] == "# SPDX-License-Identifier: Apache-2.0", file
        assert len(lines) <= 450, file
