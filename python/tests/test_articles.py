# SPDX-License-Identifier: Apache-2.0
"""Whatever holds the articles, they come out the same."""

import collections
import dataclasses
import datetime as dt
import decimal
import pickle
import uuid

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fabula
from conftest import EXAMPLES

FIELDS = ("id", "title", "text", "language", "source", "published")


@pytest.fixture(scope="module")
def plain(rows):
    """Rows of one shape, with None where a field is missing."""
    return [{name: row.get(name) for name in FIELDS} for row in rows]


@dataclasses.dataclass
class Report:
    id: str
    title: str
    text: str
    language: str | None
    source: str | None
    published: str | None


Row = collections.namedtuple("Row", FIELDS)

WAYS = {
    "dicts": lambda rows: rows,
    "generator": lambda rows: (row for row in rows),
    "ordered dicts": lambda rows: [collections.OrderedDict(row) for row in rows],
    "dataclasses": lambda rows: [Report(**row) for row in rows],
    "named tuples": lambda rows: [Row(**row) for row in rows],
    "pandas": pd.DataFrame,
    "pandas with strings": lambda rows: pd.DataFrame(rows).convert_dtypes(),
    "pandas with times": lambda rows: pd.DataFrame(rows).assign(
        published=lambda frame: pd.to_datetime(frame["published"], format="ISO8601", utc=True)
    ),
    "pandas with arrays": lambda rows: pd.DataFrame(rows).assign(embedding=lambda frame: [np.zeros(3)] * len(frame)),
    "polars": pl.DataFrame,
    "polars with times": lambda rows: pl.DataFrame(rows).with_columns(pl.col("published").str.to_datetime(time_zone="UTC")),
    "arrow": pa.Table.from_pylist,
    "articles": fabula.articles,
    "objects": lambda rows: list(fabula.articles(rows)),
    "datetimes": lambda rows: [
        row | {"published": row["published"] and dt.datetime.fromisoformat(row["published"])} for row in rows
    ],
    "other names": lambda rows: [
        {"guid": r["id"], "headline": r["title"], "body": r["text"], "lang": r["language"], "outlet": r["source"],
         "pubDate": r["published"]} for r in rows
    ],  # fmt: skip
    "with what is no field": lambda rows: [
        row | {"vector": np.ones(2), "nothing": float("nan"), "object": object(), 7: {1, 2}} for row in rows
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_any_form_gives_the_same_articles(way, plain):
    assert list(fabula.articles(WAYS[way](plain))) == list(fabula.read_articles(EXAMPLES))


def test_texts_alone_are_articles():
    made = fabula.articles(["The ferry sank at noon.", "La ferry a coulé à midi."])
    assert [(one.id, one.text) for one in made] == [
        ("line-1", "The ferry sank at noon."),
        ("line-2", "La ferry a coulé à midi."),
    ]
    assert list(fabula.articles(pd.Series(["a text"]))) == [fabula.Article(id="line-1", text="a text")]


def test_scalars_that_json_lacks():
    number = uuid.UUID(int=7)
    when = np.datetime64("2026-03-04T07:40:00")
    (one,) = fabula.articles([{"id": number, "title": "t", "published": when, "score": decimal.Decimal("1.5")}])
    assert one.id == str(number)
    assert one.published == dt.datetime(2026, 3, 4, 7, 40, tzinfo=dt.timezone.utc)
    (one,) = fabula.articles([{"id": np.int64(5), "title": "t", "published": dt.date(2026, 3, 4)}])
    assert (one.id, one.published) == ("5", dt.datetime(2026, 3, 4, tzinfo=dt.timezone.utc))


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_missing_values_are_not_there(missing):
    (one,) = fabula.articles([{"id": "a", "title": "t", "text": missing, "source": missing, "published": missing}])
    assert one == fabula.Article(id="a", title="t")


def test_html_of_dicts_becomes_text_and_that_of_articles_stays():
    html = "<p>Prices rose.</p><p>Again.</p>"
    assert fabula.articles([{"text": html}])[0].text.split() == ["Prices", "rose.", "Again."]
    assert fabula.articles([fabula.Article(text=html)])[0].text == html


def test_half_a_surrogate_pair_is_replaced_in_both_forms():
    assert fabula.articles([{"id": "a", "text": "x \ud83d y"}])[0].text == "x � y"
    assert fabula.articles([fabula.Article(id="a", text="x \ud83d y")])[0].text == "x � y"


def test_times_of_articles():
    def read(published):
        return fabula.articles([fabula.Article(title="t", published=published)])[0].published

    zone = dt.timezone(dt.timedelta(hours=2))
    assert read(dt.datetime(2026, 3, 4, 9, 40, 5, 700_000, tzinfo=zone)) == dt.datetime(2026, 3, 4, 7, 40, 5, tzinfo=dt.timezone.utc)
    assert read(dt.datetime(1969, 12, 31, 23, 59, 59, 500_000)) == dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=dt.timezone.utc)
    assert read("2026-03-04") == dt.datetime(2026, 3, 4, tzinfo=dt.timezone.utc)
    with pytest.raises(fabula.InputError, match='article 1: published: "soon" is not a time'):
        read("soon")


@pytest.mark.parametrize(
    "given, kind, sentence",
    [
        ([{"id": "a"}], fabula.InputError, "articles:1.*text"),
        ([{"title": "t"}, {"id": "b", "title": 5}], fabula.InputError, "articles:2.*title"),
        ([{"id": "a", "title": "t"}] * 2, fabula.InputError, 'articles:2.*"a"'),
        ([{"id": "a", "text": object()}], TypeError, "article 1: text is a object, which cannot be read"),
        ([{"id": "a", "text": b"bytes"}], TypeError, "article 1: text is a bytes"),
        ([["a", "b"]], TypeError, "article 1 is a list; a dict"),
        ([{"title": "t"}, None], TypeError, "article 2 is a NoneType"),
        ([fabula.Article(title="t"), {"title": "t"}], TypeError, "article 2 is a dict among fabula.Article"),
        ([fabula.Article(title=5)], TypeError, "article 1: title is a int, not a str"),
        ("a text", TypeError, "a list of articles is needed, not one str"),
        ({"title": "t"}, TypeError, "not one dict"),
        (5, TypeError, "a frame or an Arrow table is needed, not a int"),
        (None, TypeError, "not a NoneType"),
    ],
)
def test_what_cannot_be_read_is_named(given, kind, sentence):
    with pytest.raises(kind, match=sentence):
        fabula.articles(given)


def test_bad_articles_can_be_left_out():
    made = fabula.articles([{"id": "a"}, {"id": "b", "title": "t"}], skip_bad_lines=True)
    assert made.ids == ["b"]
    assert made.bad_line_count == 1
    assert made.bad_lines[0].startswith("articles:1")


def test_what_an_iterator_raises_comes_out():
    def broken():
        yield {"title": "t"}
        raise LookupError("the feed is gone")

    with pytest.raises(LookupError, match="the feed is gone"):
        fabula.articles(broken())


def test_fields_and_labels():
    made = fabula.articles([{"nr": "1", "artikel": "text", "story": "s"}], fields={"text": "artikel", "id": "nr"}, labels=True)
    assert (made.ids, made.labels, made[0].text) == (["1"], ["s"], "text")


def test_files_that_are_missing(tmp_path):
    with pytest.raises(fabula.FileError, match="nowhere.jsonl") as caught:
        fabula.read_articles(tmp_path / "nowhere.jsonl")
    assert isinstance(caught.value, OSError)
    assert caught.value.code == "file_not_found"
    with pytest.raises(TypeError):
        fabula.read_articles()
    with pytest.raises(TypeError):
        fabula.read_articles(b"bytes")


def test_a_folder_of_several_kinds(tmp_path):
    (tmp_path / "one.txt").write_text("Harbour closed\n\nThe harbour was closed on Sunday.")
    (tmp_path / "two.csv").write_text("id,title,text\nx,Harbour,The harbour was closed.\n")
    made = fabula.read_articles(tmp_path)
    assert [one.title for one in made] == ["Harbour closed", "Harbour"]


def test_a_sequence_and_its_pickle():
    made = fabula.read_articles(EXAMPLES)
    assert made[-1] == made[len(made) - 1]
    assert made[:2] == [made[0], made[1]]
    with pytest.raises(IndexError):
        made[len(made)]
    copy = pickle.loads(pickle.dumps(made))
    assert list(copy) == list(made)
    assert repr(copy) == f"<{len(made)} articles>"
    assert list(fabula.articles([])) == []
