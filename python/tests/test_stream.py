# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import threading

import pytest

import fabula
from conftest import EXAMPLES

NOW = dt.datetime(2026, 3, 31, tzinfo=dt.timezone.utc)
MONTH = dt.timedelta(days=31)


def test_replayed_events_give_the_stories(rows):
    partition: dict[int, set[str]] = {}
    with fabula.Stream(MONTH) as stream:
        for at in range(0, len(rows), 10):
            for event in stream.add(rows[at : at + 10], NOW).events:
                if event.event in ("created", "grew", "split_from"):
                    partition.setdefault(event.story, set()).update(event.articles)
                if event.event in ("shrank", "expired"):
                    partition[event.story].difference_update(event.articles)
                if event.event == "split_from":
                    partition[event.other].difference_update(event.articles)
                if event.event == "merged_into":
                    partition[event.other].update(event.articles)
                if event.event in ("expired", "merged_into"):
                    del partition[event.story]
        now = {story.story: set(story.articles) for story in stream.stories()}
        assert now == partition
        assert len(stream) == sum(len(ids) for ids in now.values())
        for story in stream.stories():
            assert stream.story_of(story.articles[0]) == story.story
            assert story.size == len(story.articles)
        assert stream.story_of("nobody") is None


def test_after_settling_the_stories_are_those_of_the_batch(rows, stories):
    with fabula.Stream(0) as stream:
        stream.add(rows, NOW)
        assert stream.settle().settled
        live = {frozenset(story.articles) for story in stream.stories()}
    assert live == {frozenset(member.id for member in story.articles) for story in stories}


def test_the_bytes_are_those_of_the_program(program):
    with fabula.Stream(MONTH) as stream:
        lines = stream.add(fabula.read_articles(EXAMPLES), "2026-03-31").to_json_lines()
        lines += stream.settle().to_json_lines()
    assert lines.encode() == program("stream", "--window", "31d", "--now", "2026-03-31", EXAMPLES)


def test_corrections_and_withdrawals(rows):
    with fabula.Stream(MONTH) as stream:
        placements = stream.add(rows, NOW).placements
        assert [one.id for one in placements] == [row["id"] for row in rows]
        assert {one.status for one in placements} == {"ok"}
        assert stream.add(rows[:5], NOW).events == ()  # nothing has changed
        assert stream.update([{"id": "new", "title": "Nothing of the kind"}], NOW).placements[0].story is None
        stream.remove(rows[0]["id"])
        stream.remove([rows[1]["id"], "nobody"])
        assert len(stream) == len(rows) - 2
        events = stream.expire(NOW + dt.timedelta(days=100)).events
        assert {event.event for event in events} == {"expired"}
        assert len(stream) == 0


def test_what_is_near(rows):
    with fabula.Stream(MONTH) as stream:
        stream.add(rows[1:], NOW)
        (match,) = stream.near(rows[0], 1)
        assert match.article in {row["id"] for row in rows if row["story"] == rows[0]["story"]}
        assert 0 <= match.probability <= 1
        assert stream.near(rows[0], 0) == []
        with pytest.raises(fabula.InputError, match="k is -1"):
            stream.near(rows[0], -1)


def test_a_closed_stream_says_so(rows):
    stream = fabula.Stream()
    assert not stream.closed
    stream.close()
    stream.close()
    assert stream.closed
    for call in (
        lambda: stream.add(rows), lambda: stream.update(rows[:1]), lambda: stream.remove("a"), stream.expire,
        stream.settle, stream.stories, lambda: len(stream), lambda: stream.near(rows[0]), lambda: stream.story_of("a"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="this stream is closed"):
            call()


def test_options_out_of_range(rows):
    for options in ({"window": -1}, {"min_probability": 1}, {"threads": 9999}):
        with pytest.raises(fabula.InputError):
            fabula.Stream(**options)
    with pytest.raises(TypeError, match="window"):
        fabula.Stream("7d")
    with fabula.Stream() as stream:
        with pytest.raises(fabula.InputError):
            stream.add([fabula.Article(title="no id")], NOW)
        with pytest.raises(fabula.InputError, match='now: "soon" is not a time'):
            stream.add(rows, "soon")


def test_threads_may_share_a_stream_and_close_it(rows):
    stream = fabula.Stream(MONTH)
    failures = []

    def add(part):
        try:
            for row in part:
                stream.add([row], NOW)
                stream.stories()
        except ValueError as error:
            failures.append(str(error))

    threads = [threading.Thread(target=add, args=(rows[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    threads[0].join()
    stream.close()
    for thread in threads:
        thread.join()
    assert set(failures) <= {"this stream is closed"}
