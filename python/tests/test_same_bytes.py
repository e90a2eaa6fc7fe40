# SPDX-License-Identifier: Apache-2.0
"""C++, C, Python and the program give the same bytes for the example articles."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

import fabula
from conftest import EXAMPLES

MONTH = 31 * 86400


def compared(articles: fabula.Articles) -> str:
    return fabula.Comparer()._core.compare(*(fabula.articles([one])._core for one in articles[:2]))


def streamed(articles: fabula.Articles) -> str:
    with fabula.Stream(MONTH) as stream:
        return stream.add(articles, "2026-03-31").to_json_lines() + stream.settle().to_json_lines()


def clustered(**options):
    return lambda articles: fabula.cluster(articles, **options).to_json_lines()


IDS = [fabula.read_articles(EXAMPLES)[i].id for i in (0, 1)]
#: What is done: in Python; by the program.
TABLE = {
    "plain": (clustered(), ["cluster", EXAMPLES]),
    "strict": (clustered(min_probability=0.8), ["cluster", EXAMPLES, "--min-probability", "0.8"]),
    "average": (clustered(method="average"), ["cluster", EXAMPLES, "--method", "average"]),
    "window": (clustered(time_window=86400), ["cluster", EXAMPLES, "--time-window", "1d"]),
    "explain": (clustered(explain=True), ["cluster", EXAMPLES, "--explain"]),
    "compare": (compared, ["compare", *IDS, "--in", EXAMPLES, "--json"]),
    "stream": (streamed, ["stream", "--window", "31d", "--now", "2026-03-31", EXAMPLES]),
    "embed": (lambda articles: fabula.embed(articles).vectors.tobytes(), None),
}


@pytest.mark.parametrize("what", TABLE)
def test_the_same_bytes(what, program, tmp_path):
    in_python, arguments = TABLE[what]
    if arguments is None:
        program("embed", EXAMPLES, "--output", tmp_path / "v.npy")
        wanted = np.load(tmp_path / "v.npy").tobytes()
    else:
        wanted = program(*arguments)
    assert wanted
    folder = Path(os.environ["FABULA_TEST_SAME_BYTES"])
    for language in ("cpp", "c"):
        command = [folder / f"same_bytes_{language}", what, EXAMPLES]
        assert subprocess.run(command, capture_output=True, check=True).stdout == wanted, language
    made = in_python(fabula.read_articles(EXAMPLES))
    assert (made if isinstance(made, bytes) else made.encode()) == wanted
