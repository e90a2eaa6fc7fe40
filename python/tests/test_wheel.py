# SPDX-License-Identifier: Apache-2.0
"""The wheel: built from the library that is there already, made fit to travel, installed where nothing else is, and used."""

import fnmatch
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import EXAMPLES, ROOT

MOST_BYTES = 80 << 20


def run(*command: object, **options: object) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run("cmake", "--install", os.environ["FABULA_TEST_BUILD"], "--prefix", folder / "prefix", "--strip")
    run(
        sys.executable, "-m", "pip", "wheel", ROOT, "--no-deps", "--no-build-isolation", "--wheel-dir", folder / "raw",
        "--config-settings=cmake.source-dir=python",
        "--config-settings=build.targets=fabula_python",
        f"--config-settings=cmake.define.fabula_DIR={next((folder / 'prefix').rglob('fabulaConfig.cmake')).parent}",
        f"--config-settings=build-dir={folder / 'build'}",
    )  # fmt: skip
    (raw,) = (folder / "raw").glob("*.whl")
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    told = run(sys.executable, "-m", "auditwheel", "show", raw, env=environment)
    platform = re.search(r"manylinux_\d+_\d+_\w+", told)
    assert platform, told
    run(
        sys.executable, "-m", "auditwheel", "repair", raw, "--plat", platform[0], "--wheel-dir", folder / "whole",
        env=environment,
    )  # fmt: skip
    (whole,) = (folder / "whole").glob("*.whl")
    return whole


def test_it_is_small_enough_and_has_all_that_is_needed(wheel):
    assert wheel.stat().st_size <= MOST_BYTES
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("fabula/py.typed", "fabula/_fabula.pyi", "fabula/share/fabula/default.fabula"):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".hpp", ".h", ".a"))]


def table() -> tuple[set[str], list[str]]:
    """What LICENSES/README.md says is in a wheel: licences, and patterns of files."""
    licences, patterns = set(), []
    for line in (ROOT / "LICENSES" / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 7 and cells[4] not in ("–", "in a wheel") and not cells[4].startswith("---"):
            licences.add(cells[3])
            patterns += re.findall("`([^`]+)`", cells[4])
    return licences, patterns


def test_it_carries_the_licence_of_all_that_is_in_it(wheel):
    archive = zipfile.ZipFile(wheel)
    licences, patterns = table()
    files = [name for name in archive.namelist() if not name.endswith("/") and ".dist-info/" not in name]
    for name in files:
        assert any(fnmatch.fnmatch(name, pattern) for pattern in patterns), f"LICENSES/README.md says nothing of {name}"
    for pattern in patterns:
        assert fnmatch.filter(files, pattern), f"LICENSES/README.md names {pattern}, which the wheel lacks"
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    (expression,) = re.findall("^License-Expression: (.*)$", metadata, re.MULTILINE)
    assert set(expression.split(" AND ")) == licences
    for licence in licences:
        (text,) = fnmatch.filter(archive.namelist(), f"*.dist-info/licenses/LICENSES/{licence}.txt")
        assert archive.read(text) == (ROOT / "LICENSES" / f"{licence}.txt").read_bytes()


def test_it_clusters_where_nothing_else_is(wheel, stories, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel)
    clean = {"PATH": "/usr/bin:/bin"}
    code = "import sys, fabula; sys.stdout.write(fabula.cluster(fabula.read_articles(sys.argv[1])).to_json_lines())"
    assert run(python, "-I", "-c", code, EXAMPLES, env=clean, cwd=tmp_path) == stories.to_json_lines()
    code = "import fabula; print(fabula.Model().card['path'])"
    assert run(python, "-I", "-c", code, env=clean, cwd=tmp_path).startswith(str(tmp_path / "venv"))
    program = subprocess.run([tmp_path / "venv" / "bin" / "fabula", "cluster", EXAMPLES], capture_output=True, text=True, env=clean)
    assert program.returncode == 1 and "built without the program" in program.stderr, program.stderr
