# SPDX-License-Identifier: Apache-2.0
"""The examples, the notebook and README's programs run, and print what they should."""

import html
import re
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import EXAMPLES, ROOT

FOLDER = ROOT / "python" / "examples"


def run(*arguments: object) -> str:
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_feed_to_stories(rows, tmp_path):
    items = "".join(
        f"<item><guid>{row['id']}</guid><title>{html.escape(row['title'])}</title>"
        f"<description>{html.escape(row['text'])}</description><pubDate>Wed, 04 Mar 2026 07:40:00 GMT</pubDate></item>"
        for row in rows[:30]
    )
    feed = tmp_path / "feed.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
    lines = run(FOLDER / "feed_to_stories.py", feed).splitlines()
    assert sum(int(line.split()[0]) for line in lines) == 30
    assert int(lines[0].split()[0]) > 1


def test_folder_to_stories(tmp_path):
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text((EXAMPLES.parent / name).read_text())
    (tmp_path / "other.txt").write_text("Bank raises its rate\n\nThe central bank raised its rate by a quarter point.")
    lines = run(FOLDER / "folder_to_stories.py", tmp_path).splitlines()
    assert len([line for line in lines if not line.startswith(" ")]) == 2
    assert len([line for line in lines if line.startswith(" ")]) == 3


def test_own_vectors():
    lines = run(FOLDER / "own_vectors.py", EXAMPLES).splitlines()
    counts = [int(line.split()[1]) for line in lines]
    assert counts == sorted(counts)
    assert len(counts) == 3


def test_the_notebook():
    notebook = nbformat.read(FOLDER / "stories.ipynb", as_version=4)
    done = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("<table>" in output.get("data", {}).get("text/html", "") for output in outputs)


@pytest.mark.parametrize("file", ["README.md", "python/README.md"])
def test_the_programs_of_the_readme(file, tmp_path):
    programs = re.findall(r"^```python\n(.*?)^```", (ROOT / file).read_text(), re.DOTALL | re.MULTILINE)
    assert programs
    for code in programs:
        assert run("-c", code)
