# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import os
import sqlite3
import subprocess
import sys
import textwrap
import threading

import pytest

import fabula
from conftest import EXAMPLES

NOW = dt.datetime(2026, 3, 31, tzinfo=dt.timezone.utc)
MONTH = dt.timedelta(days=31)


def partition(live) -> dict[int, tuple[str, ...]]:
    return {story.story: story.articles for story in live.stories()}


def test_it_goes_on_as_if_it_had_never_stopped(rows, tmp_path):
    path = tmp_path / "news.db"
    with fabula.Stream(MONTH) as stream:
        wanted = [stream.add(part, NOW).to_json_lines() for part in (rows[:30], rows[30:60], rows[60:])]
        wanted.append(stream.settle().to_json_lines())
        stories = partition(stream)
    got = []
    for part in (rows[:30], rows[30:60], rows[60:]):
        with fabula.Store(path, MONTH) as store:
            got.append(store.add(part, NOW).to_json_lines())
    with fabula.Store(path, MONTH) as store:
        got.append(store.settle().to_json_lines())
        assert partition(store) == stories
        assert len(store) == len(rows)
        assert store.story_of(rows[0]["id"]) in stories
        assert store.take_rebuilding().events == ()
    assert got == wanted


def test_the_file_is_that_of_the_program(program, tmp_path):
    program("stream", "--store", tmp_path / "a.db", "--window", "31d", "--now", "2026-03-31", EXAMPLES)
    with fabula.Store(tmp_path / "b.db", MONTH) as store:
        store.add(fabula.read_articles(EXAMPLES), "2026-03-31")
        ours = partition(store)
    with fabula.Store(tmp_path / "a.db", MONTH) as store:
        assert partition(store) == ours
    assert {story.id: story.title for story in fabula.read_stories(tmp_path / "a.db")} == {
        story.id: story.title for story in fabula.read_stories(tmp_path / "b.db")
    }


def test_stories_and_events_are_read_while_it_is_written(rows, stories, tmp_path):
    path = tmp_path / "news.db"
    with fabula.Store(path, 0) as store:
        store.add(rows, NOW)
        store.settle()
        there = fabula.read_stories(path)
        assert {frozenset(m.id for m in s.articles) for s in there} == {frozenset(m.id for m in s.articles) for s in stories}
        assert there.labels.shape == (len(rows),)
        assert (there.labels >= 0).all()
        assert len(there.to_pandas()) == len(rows)
        largest = fabula.read_stories(path, min_size=there[0].size, language=there[0].languages[0])
        assert largest[0].members and {story.size for story in largest} == {there[0].size}
        assert (largest.labels < 0).sum() == len(rows) - sum(story.size for story in largest)
        (one,) = fabula.read_stories(path, stories=[int(there[1].id)])
        assert one.title == there[1].title
        with pytest.raises(fabula.InputError, match="without their articles"):
            there.to_html(tmp_path / "page.html")

        events = fabula.read_events(path)
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        assert {event.at for event in events} == {NOW}
        assert sum(len(event.event.articles) for event in events if event.event.event == "created") > 0
        assert fabula.read_events(path, after=2, most=3) == events[2:5]


def test_corrections_stay(rows, tmp_path):
    first = rows[0]["id"]
    other, third = [row["id"] for row in rows if row["story"] != rows[0]["story"]][:2]
    with fabula.Store(tmp_path / "s.db", MONTH) as store:
        store.add(rows, NOW)
        assert store.story_of(first) != store.story_of(other)
        assert store.must_link(first, other).events
        store.must_link(other, third)
        with pytest.raises(fabula.InputError):
            store.cannot_link(first, third)
    with fabula.Store(tmp_path / "s.db", MONTH) as store:
        assert store.story_of(first) == store.story_of(other)
        store.unlink(other, third)
        store.cannot_link(first, other)  # takes the place of the other
        assert store.story_of(first) != store.story_of(other)


def test_one_process_writes(rows, tmp_path):
    path = tmp_path / "s.db"
    with fabula.Store(path, MONTH) as store:
        store.add(rows[:5], NOW)
        with pytest.raises(fabula.FileError) as caught:
            fabula.Store(path, MONTH, wait=0)
        assert str(path) in str(caught.value)
        assert caught.value.code in ("unwritable", "unreadable")
    fabula.Store(path, MONTH, wait=0).close()


def test_what_was_acknowledged_outlives_the_process(tmp_path):
    code = """
        import os, sys, fabula
        store = fabula.Store(sys.argv[1], 0)
        store.add([{"id": "a", "title": "Storm Ana shuts the port of Bergen"}], 0)
        os._exit(9)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), tmp_path / "s.db"])
    assert done.returncode == 9
    with fabula.Store(tmp_path / "s.db", 0) as store:
        assert len(store) == 1 and store.story_of("a") == 1


def test_a_forked_process_leaves_it_alone(tmp_path):
    code = """
        import os, sys, fabula
        def article(i): return {"id": str(i), "title": f"Storm {i} shuts the port of Bergen"}
        store = fabula.Store(sys.argv[1], 0)
        store.add([article(0)], 0)
        for how in ("call", "close", "drop"):
            child = os.fork()
            if child == 0:
                try:
                    if how == "call":
                        for call in (store.settle, store.stories, lambda: store.add([article(9)], 0), lambda: len(store)):
                            try: call()
                            except ValueError as error: assert "forked" in str(error), error
                            else: sys.exit(7)
                        assert len(fabula.read_stories(sys.argv[1])) == len(fabula.read_stories(sys.argv[1]))
                    if how == "close":
                        store.close()
                        assert store.closed
                    if how == "drop": del store
                    sys.exit(0)
                except BaseException as error:
                    code = error.code if isinstance(error, SystemExit) else 8
                    if code: print(repr(error), file=sys.stderr, flush=True)
                    os._exit(code)
            assert os.waitpid(child, 0)[1] == 0, how
            store.add([article(len(store))], 0)
        assert len(store) == 4
        store.close()
        with fabula.Store(sys.argv[1], 0) as again: assert len(again) == 4
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), tmp_path / "s.db"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "s.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_damaged_store_is_told_and_salvaged(rows, tmp_path):
    with fabula.Store(tmp_path / "s.db", MONTH) as store:
        store.add(rows, NOW)
    (tmp_path / "no.db").write_bytes(b"this is no store at all, but a text of some length\n" * 100)
    with pytest.raises(fabula.FileError, match="no.db"):
        fabula.Store(tmp_path / "no.db", MONTH)
    with pytest.raises(fabula.FileError) as caught:
        fabula.read_stories(tmp_path / "nowhere.db")
    assert caught.value.code == "file_not_found"
    saved = fabula.salvage_store(tmp_path / "s.db", tmp_path / "new.db")
    assert (saved.articles, saved.lost, saved.lost_events) == (len(rows), 0, 0)
    with fabula.Store(tmp_path / "new.db", MONTH) as store:
        assert len(store) == len(rows)
    with pytest.raises(fabula.FileError):
        fabula.salvage_store(tmp_path / "s.db", tmp_path / "new.db")


def test_a_closed_store_says_so(rows, tmp_path):
    store = fabula.Store(tmp_path / "s.db")
    assert not store.closed
    store.close()
    store.close()
    assert store.closed
    for call in (
        lambda: store.add(rows), lambda: store.update(rows[:1]), lambda: store.remove("a"), store.expire, store.settle, store.stories,
        lambda: len(store), lambda: store.near(rows[0]), lambda: store.story_of("a"), store.take_rebuilding, lambda: store.must_link("a", "b"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="this store is closed"):
            call()


def test_threads_may_share_it(rows, tmp_path):
    failures = []
    with fabula.Store(tmp_path / "s.db", MONTH, durability="normal") as store:

        def add(part):
            try:
                for row in part:
                    store.add([row], NOW)
                    store.near(row)
            except Exception as error:
                failures.append(repr(error))

        threads = [threading.Thread(target=add, args=(rows[i:24:4],)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(store) == 24


def test_options_out_of_range(tmp_path):
    for options in ({"window": -1}, {"durability": "some"}, {"wait": -1}, {"wait": 1e9}, {"forget": -1}, {"wait": float("nan")}):
        with pytest.raises(fabula.InputError):
            fabula.Store(tmp_path / "s.db", **options)
    for options in ({"wait": "long"}, {"forget": "never"}):
        with pytest.raises(TypeError):
            fabula.Store(tmp_path / "s.db", **options)
    for path in ("", "a\0b", 5, None):
        with pytest.raises(TypeError):
            fabula.Store(path)
    with pytest.raises(fabula.FileError):
        fabula.Store(tmp_path / "no" / "folder" / "s.db")
    assert not os.listdir(tmp_path)
