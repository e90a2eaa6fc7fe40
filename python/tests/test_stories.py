# SPDX-License-Identifier: Apache-2.0
"""What comes out: stories, vectors, comparisons, languages, figures."""

import _thread
import json
import pickle
import threading
import time

import numpy as np
import pytest

import fabula
from conftest import EXAMPLES


def test_every_article_is_in_exactly_one_story(stories, rows):
    assert sorted(i for story in stories for i in story.members) == list(range(len(rows)))
    for place, story in enumerate(stories):
        assert list(np.flatnonzero(stories.labels == place)) == list(story.members)
        assert [member.id for member in story.articles] == [rows[i]["id"] for i in story.members]
        assert story.representative in {member.id for member in story.articles}
        assert story.size == len(story.members)
    assert [story.size for story in stories] == sorted((story.size for story in stories), reverse=True)


def test_the_bytes_are_those_of_the_program(stories, program):
    assert stories.to_json_lines().encode() == program("cluster", EXAMPLES)


@pytest.mark.parametrize(
    "options, arguments",
    [
        ({"min_probability": 0.8}, ["--min-probability", "0.8"]),
        ({"method": "average", "threads": 1}, ["--method", "average"]),
        ({"time_window": 86400}, ["--time-window", "1d"]),
        ({"explain": True}, ["--explain"]),
    ],
)
def test_options_mean_what_the_program_means(options, arguments, rows, program):
    assert fabula.cluster(rows, **options).to_json_lines().encode() == program("cluster", EXAMPLES, *arguments)


def test_reasons(rows):
    explained = fabula.cluster(rows, explain=True)
    because = explained[0].articles[0].because
    assert because.id == explained[0].articles[0].strongest.id
    assert because.contributions and because.shared_terms
    assert fabula.cluster(rows)[0].articles[0].because is None


def test_vectors_brought_along(rows, stories, program, tmp_path):
    vectors = fabula.embed(rows)
    np.save(tmp_path / "vectors.npy", vectors.vectors)
    brought = fabula.cluster(rows, vectors)
    assert brought.to_json_lines().encode() == program("cluster", EXAMPLES, "--vectors", tmp_path / "vectors.npy")
    doubled = fabula.cluster(rows, vectors.vectors.astype(np.float64) * 2)
    assert doubled.to_json_lines() == brought.to_json_lines()
    assert fabula.cluster(rows, vectors.vectors[:, ::2]).labels.shape == (len(rows),)


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda n: np.zeros((n - 1, 4)), "vectors have the shape"),
        (lambda n: np.zeros(n), "vectors have the shape"),
        (lambda n: np.full((n, 4), np.nan), "finite|not a number|nan"),
        (lambda n: [["a"] * 4] * n, "vectors cannot be read"),
        (lambda n: object(), "vectors cannot be read"),
    ],
)
def test_vectors_that_cannot_be(make, sentence, rows):
    with pytest.raises(fabula.InputError, match=sentence):
        fabula.cluster(rows, make(len(rows)))


def test_frames(stories, rows):
    frame = stories.to_pandas()
    assert list(frame["id"]) == [row["id"] for row in rows]
    assert list(frame["story"]) == stories.labels.tolist()
    table = stories.to_arrow()
    assert table.num_rows == len(rows)
    assert table.to_pydict() == {name: list(frame[name]) for name in frame.columns}
    assert fabula.cluster([]).to_arrow().schema == table.schema
    assert len(fabula.cluster([]).to_pandas()) == 0


def test_a_notebook_shows_a_table():
    html = fabula.cluster([{"id": "a", "title": "<script>alert(1)</script> & more words here"}])._repr_html_()
    assert "<script>" not in html
    assert "1 stories of 1 articles" in html
    assert html.count("<tr>") == 2


def test_stories_are_a_sequence_and_outlive_a_pickle(stories):
    copy = pickle.loads(pickle.dumps(stories))
    assert list(copy) == list(stories)
    assert copy.to_json_lines() == stories.to_json_lines()
    assert stories[-1] == stories[len(stories) - 1]
    assert repr(stories) == f"<{len(stories)} stories of {len(stories.labels)} articles>"
    with pytest.raises(IndexError):
        stories[len(stories)]
    with pytest.raises(AttributeError):
        stories[0].title = "another"


def test_progress(rows):
    told = []
    fabula.cluster(rows, progress=lambda *step: told.append(step))
    parts = [of_all for _, _, of_all in told]
    assert parts == sorted(parts)
    assert {stage for stage, _, _ in told} <= {"reading", "comparing", "clustering", "describing"}
    fabula.cluster(rows, progress=True)  # a bar

    def stop(*_):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        fabula.cluster(many(20_000), progress=stop)


def many(count):
    words = "harbour storm minister bank court train river election price school".split()
    return [
        fabula.Article(id=str(i), text=" ".join(f"{words[(i * k) % 10]}{(i // 7 * k) % 997}" for k in range(1, 60)))
        for i in range(count)
    ]


def test_ctrl_c_ends_a_run():
    articles = fabula.articles(many(30_000))
    begin = time.monotonic()
    threading.Timer(0.3, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        while True:
            fabula.cluster(articles)
    assert time.monotonic() - begin < 120  # not a bound on speed: it ended at all
    assert len(fabula.cluster(articles[:10])) >= 1


def test_other_threads_run_meanwhile():
    articles = fabula.articles(many(20_000))
    turns = 0
    done = threading.Event()

    def count():
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    fabula.embed(articles)
    done.set()
    thread.join()
    assert turns > 3


def test_embed(rows, program, tmp_path):
    made = fabula.embed(rows)
    assert made.vectors.dtype == np.float32
    assert not made.vectors.flags.owndata  # the library's own memory
    program("embed", EXAMPLES, "--output", tmp_path / "v.npy")
    assert np.array_equal(np.load(tmp_path / "v.npy"), made.vectors)
    lengths = np.linalg.norm(made.vectors, axis=1)
    assert np.allclose(lengths, [status == "ok" for status in made.statuses], atol=1e-5)
    assert np.asarray(made) is made.vectors
    assert len(made) == len(rows) == len(made.languages)
    kept = made.vectors[:3]
    del made
    assert np.isfinite(kept).all()
    empty = fabula.embed([""])
    assert (empty.statuses, empty.languages) == (["empty_text"], ["und"])
    assert fabula.embed([]).vectors.shape == (0, fabula.Model().dimension)


def test_compare(rows, program):
    by_id = {row["id"]: row for row in rows}
    first, second = by_id["quake-it-1"], by_id["quake-en-2"]
    made = fabula.compare(first, second)
    told = json.loads(program("compare", first["id"], second["id"], "--in", EXAMPLES, "--json"))
    assert (made.probability, made.relation, made.direction) == (told["probability"], told["relation"], told["direction"])
    assert [(one.name, one.value, one.log_odds) for one in made.contributions] == [
        (one["name"], one["value"], one["log_odds"]) for one in told["explanation"]["contributions"]
    ]
    assert made.shared_terms
    other_way = fabula.compare(second, first)
    assert (other_way.probability, other_way.relation) == (made.probability, made.relation)
    assert fabula.compare(first, first).relation == "duplicate"


def test_passages():
    folder = EXAMPLES.parent
    first, second = fabula.read_articles(folder / "first.txt", folder / "second.txt")
    made = fabula.compare(first, second)
    begin, end = made.passages[0].first_bytes
    assert first.text.encode()[begin:end].decode() == made.passages[0].first
    begin, end = made.passages[0].second_bytes
    assert second.text.encode()[begin:end].decode() == made.passages[0].second


def test_compare_within_a_collection(rows):
    comparer = fabula.Comparer(rows)
    assert comparer.compare(rows[0], rows[1]) == comparer.compare(rows[0], rows[1])
    with pytest.raises(TypeError):
        comparer.compare(rows[0], None)


def test_identify(rows, program):
    assert fabula.identify("Der Ausschuss tagt morgen in Berlin.").language == "de"
    assert fabula.identify("123 :-)").language == "und"
    for line in program("identify", EXAMPLES).splitlines():
        told = json.loads(line)
        row = next(row for row in rows if row["id"] == told["id"])
        made = fabula.identify(f"{row['title']}\n{row['text']}")
        assert (made.language, made.is_reliable) == (told["language"], told["reliable"])
    with pytest.raises(TypeError, match="identify takes a str, not a bytes"):
        fabula.identify(b"bytes")


def test_evaluate(rows, stories, program):
    made = fabula.evaluate(rows)
    told = json.loads(program("evaluate", EXAMPLES, "--json"))
    assert round(made.bcubed.f1, 4) == pytest.approx(told["bcubed"]["f1"], abs=1e-4)
    assert made.predicted_clusters == len(stories)
    assert fabula.evaluate(rows, stories=stories) == made
    gold = [row["story"] for row in rows]
    assert fabula.evaluate(fabula.read_articles(EXAMPLES), gold) == made
    perfect = fabula.evaluate(rows, stories.labels.tolist(), stories)
    assert (perfect.bcubed.f1, perfect.adjusted_rand_index) == (1, 1)
    assert fabula.evaluate(rows, min_probability=0.9).predicted_clusters >= made.predicted_clusters


def test_evaluate_needs_labels(rows, stories):
    with pytest.raises(fabula.InputError, match="no article has a label"):
        fabula.evaluate([{"title": "t"}])
    with pytest.raises(fabula.InputError, match="2 labels for"):
        fabula.evaluate(rows, ["a", "b"])
    with pytest.raises(TypeError, match="min_probability cannot be heeded"):
        fabula.evaluate(rows, stories=stories, min_probability=0.3)


def test_models(rows, tmp_path):
    model = fabula.Model()
    assert model.dimension > 0
    assert "de" in model.languages
    assert model.card["licence"]
    assert pickle.loads(pickle.dumps(model)) == model
    path = model.card["path"]
    assert fabula.cluster(rows, model=path).to_json_lines() == fabula.cluster(rows).to_json_lines()
    damaged = tmp_path / "damaged.fabula"
    damaged.write_bytes(b"\0" * 4096)
    with pytest.raises(fabula.FileError, match="damaged.fabula"):
        fabula.embed(rows, model=damaged)
    with pytest.raises(fabula.FileError) as caught:
        fabula.embed(rows, model=tmp_path / "nowhere.fabula")
    assert caught.value.code == "file_not_found"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"min_probability": 0},
        {"min_probability": float("nan")},
        {"method": "none"},
        {"threads": -1},
        {"threads": 5000},
        {"key_terms": 101},
        {"key_terms": -1},
        {"max_neighbours": -1},
        {"time_window": -1},
        {"scratch_directory": "/nowhere/at/all"},
    ],
)
def test_options_out_of_range(options, rows):
    with pytest.raises(fabula.Error):
        fabula.cluster(rows, **options)
