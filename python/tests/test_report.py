# SPDX-License-Identifier: Apache-2.0
import os
import pickle
import threading
import webbrowser

import numpy as np
import pytest

import fabula
from conftest import EXAMPLES


def test_the_bytes_are_those_of_the_program(program, stories, tmp_path):
    report = stories.to_html(tmp_path / "ours.html")
    program("cluster", EXAMPLES, "--html", tmp_path / "theirs.html")
    page = (tmp_path / "ours.html").read_bytes()
    assert page == (tmp_path / "theirs.html").read_bytes()
    assert report.path == tmp_path / "ours.html"
    assert report.bytes == len(page)
    assert (report.stories, report.articles) == (len(stories), len(stories.labels))
    assert report.explained_pairs > 0
    assert sorted(os.listdir(tmp_path)) == ["ours.html", "theirs.html"]


def test_options_and_progress(stories, tmp_path):
    told = []
    small = stories.to_html(tmp_path / "a.html", title="Über <b>", max_bytes=200_000, lead_characters=0, progress=lambda *a: told.append(a))
    assert small.bytes <= 200_000
    assert "Über" in (tmp_path / "a.html").read_text() and "<title>Über <b>" not in (tmp_path / "a.html").read_text()
    assert all(0 <= of_all <= 1 for _, _, of_all in told)
    for options in ({"max_bytes": 1}, {"max_bytes": -1}, {"lead_characters": 9999}):
        with pytest.raises(fabula.InputError):
            stories.to_html(tmp_path / "b.html", **options)
    assert os.listdir(tmp_path) == ["a.html"]


def test_a_link_and_a_pipe_stay_what_they_are(stories, tmp_path):
    page = stories.to_html(tmp_path / "page.html").path.read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "behind.html")
    stories.to_html(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "behind.html").read_bytes() == page
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    stories.to_html(tmp_path / "pipe")
    reader.join(60)
    assert (tmp_path / "pipe").is_fifo() and read == [page]


def test_it_is_shown(stories, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    stories.to_html(tmp_path / "a b.html", show=True)
    assert opened == [(tmp_path / "a b.html").as_uri()]


def test_own_vectors_and_options_are_those_of_the_clustering(rows, tmp_path):
    vectors = fabula.embed(rows).vectors
    with_them = fabula.cluster(rows, vectors, method="connected", min_probability=0.4).to_html(tmp_path / "a.html")
    again = fabula.cluster(rows, np.array(vectors), method="connected", min_probability=0.4).to_html(tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert with_them.stories == again.stories == len(fabula.cluster(rows, vectors, method="connected", min_probability=0.4))


def test_where_it_cannot_be_written(stories, tmp_path):
    (tmp_path / "kept.html").write_text("old")
    for path in (tmp_path, tmp_path / "no" / "a.html", tmp_path / ("x" * 300)):
        with pytest.raises(fabula.FileError, match="cannot be written") as caught:
            stories.to_html(path)
        assert caught.value.code == "unwritable"
    assert (tmp_path / "kept.html").read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.html"]
    with pytest.raises(fabula.InputError, match="without their articles"):
        pickle.loads(pickle.dumps(stories)).to_html(tmp_path / "kept.html")
