# SPDX-License-Identifier: Apache-2.0
"""How much longer Python takes than the program, and how much more memory. A benchmark, no test.

    fabula_make_news … > news.jsonl
    PYTHONPATH=… python overhead.py <program> news.jsonl [rounds]

Runs take turns, so that a machine that is busy meanwhile is so for all; the median of the rounds counts.
"""

import os
import statistics
import subprocess
import sys
import time

IMPORT = "import fabula"
FILES = "import sys, fabula; sys.stdout.write(fabula.cluster(fabula.read_articles(sys.argv[1])).to_json_lines())"
DICTS = (
    "import json, sys, time, fabula; rows = [json.loads(line) for line in open(sys.argv[1])]; begin = time.process_time();"
    "stories = fabula.cluster(rows); sys.stdout.write(stories.to_json_lines()); list(stories)"
)
EMBED = "import sys, fabula; print(fabula.embed(fabula.read_articles(sys.argv[1])).vectors.nbytes)"


def measure(command: list[str]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processors, MiB at most."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


program, news, *rest = sys.argv[1:]
python = [sys.executable, "-c"]
ways = {
    "program": [program, "cluster", news],
    "read_articles": [*python, FILES, news],
    "dicts": [*python, DICTS, news],
    "program embed": [program, "embed", news, "--output", os.devnull],
    "embed": [*python, EMBED, news],
    "import": [*python, IMPORT],
    "python": [*python, "pass"],
}
measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
for _ in range(int(rest[0]) if rest else 3):
    for name, command in ways.items():
        measured[name].append(measure(command))
for name, runs in measured.items():
    clock, processors, memory = (statistics.median(run[i] for run in runs) for i in range(3))
    print(f"{name:16} {clock:8.3f} s  {processors:8.3f} s of processors  {memory:7.0f} MiB")
