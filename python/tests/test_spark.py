# SPDX-License-Identifier: Apache-2.0
"""Stories on Spark are those of one machine, however the articles lie and whatever fails on the way."""

import datetime as dt
import glob
import gzip
import html
import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import numpy as np
import pytest
from conftest import EXAMPLES, ROOT

import fabula

pyspark = pytest.importorskip("pyspark", reason='PySpark is not installed: pip install "fabula[spark]"')
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs a Java, such as Debian's openjdk-17-jre-headless", allow_module_level=True)

import fabula.spark  # noqa: E402
from fabula.spark import _layout, _parts  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from invented_news import invented  # noqa: E402

DAYS = dt.timedelta(days=3)
MASTER_OF_TWO = "local[2]"
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"


def session(master: str, partitions: int, **more: str) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("fabula")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.driver.memory": "1g",
        **more,
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


@pytest.fixture(scope="module")
def spark():
    made = session(MASTER_OF_TWO, 3)
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A file of the examples, of invented articles in the same weeks, of near-duplicates of them and without a date,
    most of them as sites print them: with a menu, a notice and the headlines of other articles."""
    articles = [json.loads(line) for line in EXAMPLES.read_text().splitlines()]
    articles += invented(EXAMPLES, 500)
    titles = [article.get("title", "") for article in articles]
    for i, article in enumerate(articles):
        site = i % 6  # of none the articles come without a name
        article["source"] = ["", "a.example", "A.example", "b.example", "c.example", "d.example"][site]
        if site:
            menu = f"Harbour weather of {site}\nEverything about gardening\nLetters to the editor of {site}\n\n"
            notice = f"\n\n{titles[i - 60]}\nThe crossword of {site} is set by people who like to walk by the sea.\n"
            article["text"] = menu + article["text"] + notice
    chance = random.Random(7)
    for article in chance.sample(articles, 30):
        for copy in range(chance.randint(1, 3)):
            articles.append({**article, "id": f"{article['id']}-copy{copy}", "text": article["text"] + "\n\nMore follows."})
    for article in chance.sample(articles, 10):
        article.pop("published", None)
    chance.shuffle(articles)
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles))
    return path


@pytest.fixture(scope="module")
def expected(news, program):
    """The stories of the program: their ids, and the ids of their articles."""
    lines = program("cluster", news, "--time-window", "3d").splitlines()
    return {story["id"]: story for story in map(json.loads, lines)}


def read(spark: SparkSession, path: Path, partitions: int):
    fields = "id string, title string, text string, language string, source string, published string"
    return spark.read.schema(fields).json(str(path)).repartition(partitions)


def members(articles) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for row in articles.collect():
        out.setdefault(row["story"], set()).add(row["id"])
    return out


def members_of_program(expected) -> dict[str, set[str]]:
    return {id: {article["id"] for article in story["articles"]} for id, story in expected.items()}


# Without Spark.


def test_two_articles_within_the_window_meet_in_just_one_block():
    chance = random.Random(3)
    for _ in range(30):
        window = chance.choice([1, 3600, 50_000])
        times = [None if chance.random() < 0.1 else chance.randrange(200_000) for _ in range(60)]
        hours: dict[int | None, int] = {}
        for at in times:
            hour = None if at is None else at // 3600
            hours[hour] = hours.get(hour, 0) + 1
        layout = _layout.Layout.of_hours(list(hours.items()), window, chance.choice([1, 5, 1000]))
        seconds = np.array([at or 0 for at in times])
        places, blocks, roles = layout.place(seconds, np.array([at is not None for at in times]))
        inside: dict[int, list[tuple[int, int]]] = {}
        for place, block, role in zip(places, blocks, roles):
            inside.setdefault(block, []).append((place, role))
        meetings: dict[tuple[int, int], int] = {}
        elsewhere = set()
        for block in inside.values():
            for (a, role_a), (b, role_b) in itertools.combinations(block, 2):
                near = times[a] is None or times[b] is None or abs(times[a] - times[b]) <= window
                if near and not role_a == role_b == _layout.GUEST:
                    meetings[min(a, b), max(a, b)] = meetings.get((min(a, b), max(a, b)), 0) + 1
                    elsewhere.update(one for one, role in ((a, role_a), (b, role_b)) if role == _layout.GUEST)
        for a, b in itertools.combinations(range(len(times)), 2):
            near = times[a] is None or times[b] is None or abs(times[a] - times[b]) <= window
            assert meetings.get((a, b), 0) == near
        whole = {place for place, role in zip(places, roles) if role == _layout.WHOLE}
        assert not whole & elsewhere
        own = sorted(place for place, role in zip(places, roles) if role != _layout.GUEST)
        assert own == list(range(len(times)))
        dated = [at for at in times if at is not None]
        counted = sum(
            _layout.pairs_within(
                np.array([times[p] for p, role in block if times[p] is not None and role != _layout.GUEST], np.int64),
                np.array([times[p] for p, role in block if times[p] is not None and role == _layout.GUEST], np.int64),
                window,
            )
            for block in inside.values()
        )
        assert counted == sum(abs(a - b) <= window for a, b in itertools.combinations(dated, 2))


def test_the_nearest_of_several_blocks_are_those_of_all():
    chance = random.Random(5)
    for _ in range(50):
        lists = [sorted((chance.choice([0.5, 0.25, chance.random()]) for _ in range(chance.randint(1, 9))), reverse=True)
                 for _ in range(4)]  # fmt: skip
        most = chance.randint(1, 20)
        best = sorted((-cosine, block) for block, one in enumerate(lists) for cosine in one)[:most]
        shares = _layout.quotas([np.array(one, np.float32) for one in lists], most)
        assert shares == [sum(block == at for _, block in best) for at in range(4)]


def test_a_sample_is_spread_over_all():
    assert list(_layout.sample_positions(3, 1024)) == [0, 1, 2]
    assert list(_layout.sample_positions(5000, 1024)) == list(range(2, 5000, 4))


# With Spark.


@pytest.mark.parametrize("partitions", [3, 8, 50])
def test_stories_are_those_of_the_program(spark, news, expected, partitions):
    spark.conf.set("spark.sql.shuffle.partitions", str(min(partitions, 8)))
    stories, articles = fabula.spark.cluster(
        read(spark, news, partitions), time_window=DAYS, block_articles=20 * partitions
    )
    assert members(articles) == members_of_program(expected)
    for row in stories.collect():
        story = expected[row["story"]]
        assert row["representative"] == story["representative"]
        assert row["languages"] == story["languages"]
        assert row["articles"] == len(story["articles"])
        assert row["cohesion"] == pytest.approx(story["cohesion"], abs=1e-4)
    spark.conf.set("spark.sql.shuffle.partitions", "3")
    spark.catalog.clearCache()


def test_what_recurs_is_learned_however_the_articles_lie(spark, news, expected):
    features = fabula.spark.features(read(spark, news, 3))
    by_id = {row["id"]: bytes(row["features"]) for row in features.collect()}
    again = fabula.spark.features(read(spark, news, 11).orderBy("title")).collect()
    assert {row["id"]: bytes(row["features"]) for row in again} == by_id
    _, articles = fabula.spark.cluster(read(spark, news, 3), time_window=DAYS, learn_boilerplate=False)
    assert members(articles) != members_of_program(expected)
    spark.catalog.clearCache()


def test_nearest_candidates_are_those_of_all_blocks(spark, news):
    rows = [json.loads(line) for line in news.read_text().splitlines()]
    whole = fabula.cluster(rows, time_window=DAYS, max_neighbours=3)
    _, articles = fabula.spark.cluster(read(spark, news, 3), time_window=DAYS, max_neighbours=3, block_articles=30)
    assert members(articles) == {story.id: {member.id for member in story.articles} for story in whole}
    spark.catalog.clearCache()


def test_an_article_that_cannot_be_read_costs_its_own_row_alone(spark, rows):
    good = [(one["id"], one["text"].encode(), one.get("published")) for one in rows]
    bad = [
        ("cut", b"Caf\xe9 " * 2_000_000, None),
        ("long", b"word " * 4_000_000, None),
        (None, b"Nobody knows what this is called.", None),
        ("empty", None, None),
        ("odd-date", b"A text that is good enough.", "the day before yesterday"),
    ]
    frame = spark.createDataFrame(good[:40] + bad + good[40:], "id string, text binary, published string").repartition(2)
    stories, articles = fabula.spark.cluster(frame, time_window=DAYS)
    told = {row["id"]: row for row in articles.collect()}
    assert len(told) == len(rows) + 5
    assert "not UTF-8: byte 3 is 0xe9" in told["cut"]["error"]
    assert "20000000 bytes" in told["long"]["error"]
    assert "no id" in told[None]["error"]
    assert told["empty"]["error"]
    assert {told[id]["story"] for id in ("cut", "long", None, "empty")} == {None}
    assert told["odd-date"]["story"] and not told["odd-date"]["error"]  # as in a file: a note, and no time
    alone = fabula.cluster([{"id": id, "text": text.decode(), "published": at} for id, text, at in good + bad[4:]], time_window=DAYS)
    assert {row["story"] for row in stories.collect()} == {story.id for story in alone}
    spark.catalog.clearCache()


def test_what_was_written_is_not_done_again(spark, tmp_path):
    work = tmp_path / "kept"
    options = dict(time_window=DAYS, block_articles=20, directory=work)
    _, first = fabula.spark.cluster(read(spark, EXAMPLES, 3), **options)
    found = members(first)
    steps = {Path(step).name.rsplit("-", 1)[0]: Path(step) for step in glob.glob(f"{work}/*")}
    assert set(steps) == {"features", "duplicates", "scored", "pairs", "clusters", "stories"}
    written = {name: (step / "_SUCCESS").stat().st_mtime_ns for name, step in steps.items()}
    for name in ("clusters", "stories"):
        shutil.rmtree(steps[name])
    (steps["pairs"] / "_SUCCESS").unlink()  # as if it had been broken off
    _, again = fabula.spark.cluster(read(spark, EXAMPLES, 3), **options)
    assert members(again) == found
    for name in ("features", "duplicates", "scored"):
        assert (steps[name] / "_SUCCESS").stat().st_mtime_ns == written[name]
    assert (steps["pairs"] / "_SUCCESS").stat().st_mtime_ns > written["pairs"]
    features = spark.read.parquet(str(steps["features"]))
    pairs = spark.read.parquet(str(steps["pairs"]))
    _, third = fabula.spark.cluster(features=features, pairs=pairs, time_window=DAYS)
    assert members(third) == found
    for row in fabula.spark.blocks(features, time_window=DAYS, block_articles=20).collect():
        assert row["own"] > 0 and row["guests"] >= 0
    spark.catalog.clearCache()


def test_large_collections_are_connected_by_joins(spark, monkeypatch):
    monkeypatch.setattr(_parts, "JOINED_BY_ONE", 0)
    chance = random.Random(11)
    ids = [f"a{i:03}" for i in range(400)]
    chance.shuffle(ids)
    chain = list(zip(ids[:150], ids[1:150]))  # the longest way that a part can be
    others = [tuple(chance.sample(ids[150:], 2)) for _ in range(120)]
    edges = chain + others
    chance.shuffle(edges)
    part = {id: id for edge in edges for id in edge}
    for _ in ids:
        for a, b in edges:
            part[a] = part[b] = min(part[a], part[b])
    frame = spark.createDataFrame(edges, "first string, second string").repartition(9)
    assert {row["id"]: row["part"] for row in _parts.connected(frame).collect()} == part


def test_what_cannot_be_done_is_refused_in_a_sentence(spark, rows):
    frame = spark.createDataFrame([(one["id"], one["text"]) for one in rows[:3] + rows[:2]], "id string, text string")
    with pytest.raises(fabula.InputError, match=r'ids that come more than once: "\S+" \(2 times\), '):
        fabula.spark.cluster(frame, time_window=DAYS)
    with pytest.raises(fabula.InputError, match="time_window is 0 s"):
        fabula.spark.cluster(frame, time_window=0)
    with pytest.raises(fabula.InputError, match="min_probability is 2"):
        fabula.spark.cluster(frame, time_window=DAYS, min_probability=2)
    with pytest.raises(fabula.InputError, match="either articles or features"):
        fabula.spark.cluster(time_window=DAYS)
    with pytest.raises(fabula.InputError, match="need a column id.*there are: name"):
        fabula.spark.features(spark.createDataFrame([("a",)], "name string"))
    with pytest.raises(fabula.InputError, match="/nowhere.fabula: there is no such model"):
        fabula.spark.features(frame, model="/nowhere.fabula")


# The example.


def warc_of(pages: list[tuple[str, str, str, str]]) -> bytes:
    """Of address, time, status and body, as crawlers write it: one gzip member a record."""
    out = b""
    for i, (address, time_, status, body) in enumerate(pages):
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
        if i % 3 == 1:  # as it came over the wire
            sent = gzip.compress(body.encode())
            http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n".encode()
            http += f"Transfer-Encoding: chunked\r\n\r\n{len(sent):x}\r\n".encode() + sent + b"\r\n0\r\n\r\n"
        for kind, content in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", http)):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Date: {time_}\r\n"
                f"WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype={kind}\r\n"
                f"Content-Length: {len(content)}\r\n\r\n"
            )
            if i % 4 == 1:  # names of fields have no case
                head = re.sub("(?m)^WARC-[A-Za-z-]+:", lambda name: name[0].lower(), head)
            out += gzip.compress(head.encode() + content + b"\r\n\r\n")
    return out


def test_a_crawl_becomes_stories(spark, rows, tmp_path):
    for package in ("warcio", "trafilatura"):
        pytest.importorskip(package, reason=f"{package} is not installed: pip install warcio trafilatura", exc_type=ImportError)
    pages = []
    for row in rows[:40]:
        paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in row["text"].split("\n") if one.strip())
        page = (
            f"<!DOCTYPE html><html><head><title>{html.escape(row['title'])}</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>{html.escape(row['title'])}</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
        )
        pages.append((f"https://{row.get('source') or 'site.example'}/{row['id']}", "2026-03-04T07:40:00Z", "200 OK", page))
    first, again = pages[0][0], pages[0][3].replace("</article>", "<p>This report was corrected later.</p></article>")
    pages.append((first, "2026-03-04T09:00:00Z", "200 OK", again))
    pages.append(("https://site.example/gone", "2026-03-04T08:00:00Z", "404 Not Found", pages[1][3]))
    pages.append(("https://site.example/nothing", "2026-03-04T08:00:00Z", "200 OK", "<html><body></body></html>"))
    for part in (0, 1):
        (tmp_path / f"crawl-{part}.warc.gz").write_bytes(warc_of(pages[part::2]))
    example = ROOT / "python" / "examples" / "warc_to_stories.py"
    environment = {**os.environ, "SPARK_CONF_DIR": str(tmp_path)}
    (tmp_path / "spark-defaults.conf").write_text("spark.master local[2]\nspark.ui.enabled false\nspark.sql.shuffle.partitions 3\n")
    done = subprocess.run(
        [sys.executable, example, f"{tmp_path}/crawl-*.warc.gz", tmp_path / "out"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    told = {row["id"]: row for row in spark.read.parquet(f"{tmp_path}/out/articles").collect()}
    stories = spark.read.parquet(f"{tmp_path}/out/stories").collect()
    assert done.stdout.splitlines()[-1] == f"{len(told)} pages, {len(stories)} stories"
    assert set(told) == {page[0] for page in pages} - {"https://site.example/gone"}
    assert {row["story"] for row in stories} == {row["story"] for row in told.values() if row["story"]}
    assert sum(row["articles"] for row in stories) == sum(row["story"] is not None for row in told.values()) >= 40
    assert any(row["articles"] > 1 and len(row["languages"]) > 1 for row in stories)
    read_pages = spark.read.parquet(f"{tmp_path}/out/pages").where(f"id = '{first}'").collect()
    assert sorted("corrected later" in row["text"] for row in read_pages) == [False, True]


# A cluster of processes.

DRIVER = """
import datetime, json, sys
import fabula.spark
from test_spark import read, session
master, news, directory, out = sys.argv[1:]
spark = session(master, 8, **{"spark.executor.memory": "1g", "spark.cores.max": "2", "spark.driver.host": "127.0.0.1"})
_, articles = fabula.spark.cluster(
    read(spark, news, 8), time_window=datetime.timedelta(days=3), block_articles=25, directory=directory
)
json.dump({row["id"]: row["story"] for row in articles.collect()}, open(out, "w"))
spark.stop()
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(what, process: subprocess.Popen, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert process.poll() is None and time.monotonic() < end, "it ended, or took too long"
        time.sleep(0.05)


def test_a_worker_that_is_killed_changes_nothing(news, expected, tmp_path):
    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{Path(__file__).parent}"}
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen] = []

    def start(*command: object) -> subprocess.Popen:
        with open(tmp_path / f"{len(started)}.log", "w") as log:
            started.append(subprocess.Popen([str(part) for part in command], env=environment, cwd=tmp_path,
                                            stdout=log, stderr=log, start_new_session=True))  # fmt: skip
        return started[-1]

    def worker() -> subprocess.Popen:
        return start(home / "bin" / "spark-class", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                     "--webui-port", 0, "--cores", 1, "--memory", "1g", master)  # fmt: skip

    try:
        start(home / "bin" / "spark-class", "org.apache.spark.deploy.master.Master",
              "--host", "127.0.0.1", "--port", port, "--webui-port", 0)  # fmt: skip
        wait_for(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, started[0])
        victim = worker()
        worker()
        (tmp_path / "driver.py").write_text(DRIVER)
        driver = start(sys.executable, "driver.py", master, news, tmp_path / "kept", tmp_path / "out.json")
        # It scores once it begins to write what it has scored.
        wait_for(lambda: glob.glob(f"{tmp_path}/kept/scored-*/_temporary/0/_temporary/*"), driver)
        os.killpg(victim.pid, signal.SIGKILL)
        assert not glob.glob(f"{tmp_path}/kept/scored-*/_SUCCESS"), "it was killed too late"
        worker()
        assert driver.wait(600) == 0, (tmp_path / "3.log").read_text()[-4000:]
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    stories: dict[str, set[str]] = {}
    for id, story in json.loads((tmp_path / "out.json").read_text()).items():
        stories.setdefault(story, set()).add(id)
    assert stories == members_of_program(expected)
    assert glob.glob(f"{tmp_path}/kept/scored-*/_SUCCESS")
