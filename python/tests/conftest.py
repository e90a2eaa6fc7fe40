# SPDX-License-Identifier: Apache-2.0
import json
import os
import subprocess
from pathlib import Path

import pytest

import fabula

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "data" / "articles.jsonl"


@pytest.fixture(scope="session")
def rows() -> list[dict]:
    return [json.loads(line) for line in EXAMPLES.read_text().splitlines()]


@pytest.fixture(scope="session")
def stories() -> fabula.Stories:
    return fabula.cluster(fabula.read_articles(EXAMPLES))


@pytest.fixture(scope="session")
def program():
    """Runs the program `fabula` and gives its standard output."""
    path = os.environ.get("FABULA_TEST_PROGRAM")
    if not path:
        pytest.skip("the program was not built")

    def run(*arguments: object) -> bytes:
        return subprocess.run([path, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout

    return run
