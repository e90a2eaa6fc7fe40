# SPDX-License-Identifier: Apache-2.0
"""Whatever is called with whatever: exceptions, never a crash. Each group runs in a process of its own."""

import subprocess
import sys
import tempfile
import textwrap

import pytest


def run(code: str, status: int = 0) -> str:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=1200, cwd=folder,
        )  # fmt: skip
    assert done.returncode == status, done.stderr[-3000:]
    return done.stdout


COMMON = """
import itertools, os, pickle, random, sys, threading, time
import numpy as np
import fabula
from fabula import _fabula
words = "harbour storm minister bank court train river election price school".split()
def many(n):
    return [fabula.Article(id=str(i), text=" ".join(f"{words[(i*k)%10]}{(i//7*k)%997}" for k in range(1, 60))) for i in range(n)]
"""


def test_thousands_of_wrong_types():
    counts = run(
        COMMON
        + """
class Evil:
    def __getattr__(self, name): raise RuntimeError(name)
class Endless(dict):
    def items(self): raise MemoryError
class Liar(str):
    def encode(self, *a): raise ValueError
loop = {}; loop["text"] = loop
deep = []
for _ in range(100_000): deep = [deep]
values = [None, True, -1, 0, 2**31, 2**63, -2**63, 2**64, 10**400, 1.5, float("nan"), float("inf"), 1j, "", "x", "\\0", "\\ud83d",
    Liar("x"), b"x", bytearray(3), memoryview(b"abc"), [], [None], [[]], (), {}, {"text": 5}, [{"text": 5}], [{"text": {}}], [loop],
    [{"text": deep}], [{"published": 10**30, "title": "t"}], [{"id": "a", "title": "t", "language": 7}], set(), object(), object,
    Evil(), [Evil()], Endless(), [Endless()], lambda *a: None, iter([]), range(3), np.zeros(3), np.zeros((2, 2)), np.zeros((0, 0)),
    np.full((1, 3), np.nan), np.full((2, 3), np.nan), np.array([["a"]]), np.array(None), np.datetime64("NaT"), [fabula.Article(title=5)],
    [fabula.Article(published=10**30)], [fabula.Article(published=float("nan"))], [fabula.Article(id="a", title="t")], fabula, type, Ellipsis,
    "x" * 100_000, ["text"] * 3, fabula.articles([]), fabula.Model("/nowhere"), os.devnull, os]
stream = fabula.Stream(0)
closed = fabula.Stream(); closed.close()
store = fabula.Store("one.db", 0, durability="normal"); shut = fabula.Store("two.db"); shut.close()
raw_articles = _fabula.Articles
ok = [fabula.Article(id="a", title="storm at the harbour"), fabula.Article(id="b", title="harbour closed by storm")]
model = fabula.Model(); stories = fabula.cluster(ok); how = _fabula.Clustering(model._core, 0.5, "branches", 0, 512, 1000, "", 6, 1)
calls = {
    "articles": lambda v, w: fabula.articles(v), "read": lambda v, w: fabula.read_articles(v),
    "cluster": lambda v, w: fabula.cluster(v, w), "cluster ok": lambda v, w: fabula.cluster(ok, v),
    "min": lambda v, w: fabula.cluster(ok, min_probability=v), "method": lambda v, w: fabula.cluster(ok, method=v),
    "window": lambda v, w: fabula.cluster(ok, time_window=v), "neighbours": lambda v, w: fabula.cluster(ok, max_neighbours=v),
    "exact": lambda v, w: fabula.cluster(ok, exact_below=v), "scratch": lambda v, w: fabula.cluster(ok, scratch_directory=v),
    "terms": lambda v, w: fabula.cluster(ok, key_terms=v), "threads": lambda v, w: fabula.cluster(ok, threads=v),
    "explain": lambda v, w: fabula.cluster(ok, explain=v), "progress": lambda v, w: fabula.cluster(ok, progress=v),
    "model": lambda v, w: fabula.cluster(ok, model=v), "embed": lambda v, w: fabula.embed(v, word_weight=w),
    "title": lambda v, w: fabula.embed(ok, title_weight=v, threads=w), "compare": lambda v, w: fabula.compare(v, w),
    "comparer": lambda v, w: fabula.Comparer(v, time_window=w), "identify": lambda v, w: fabula.identify(v),
    "evaluate": lambda v, w: fabula.evaluate(v, w), "evaluate ok": lambda v, w: fabula.evaluate(ok, v, w),
    "stream": lambda v, w: fabula.Stream(v, settle_every=w), "stream min": lambda v, w: fabula.Stream(min_probability=v, threads=w),
    "add": lambda v, w: stream.add(v, w), "update": lambda v, w: stream.update(v, w), "remove": lambda v, w: stream.remove(v),
    "expire": lambda v, w: stream.expire(v), "near": lambda v, w: stream.near(v, w), "of": lambda v, w: stream.story_of(v),
    "closed": lambda v, w: closed.add(v, w), "article": lambda v, w: fabula.articles([fabula.Article(v, w, v, w, v, w)]),
    "fields": lambda v, w: fabula.articles(ok and [{"title": "t"}], fields=v, first_number=w),
    "set": lambda v, w: fabula.StoryClusterer(method=v).set_params(threads=w).fit(ok),
    "Stories": lambda v, w: list(fabula.Stories(v, w)), "Articles": lambda v, w: list(fabula.Articles(v)),
    "store": lambda v, w: fabula.Store(v, w).close(), "store add": lambda v, w: store.add(v, w), "shut": lambda v, w: shut.add(v, w),
    "store how": lambda v, w: fabula.Store("three.db", durability=v, forget=w).close(),
    "store wait": lambda v, w: fabula.Store("one.db", wait=0, rebuild=w, min_probability=v).close(),
    "store near": lambda v, w: store.near(v, w), "store of": lambda v, w: store.story_of(v), "must": lambda v, w: store.must_link(v, w),
    "cannot": lambda v, w: stream.cannot_link(v, w), "unlink": lambda v, w: store.unlink(v, w),
    "stories of": lambda v, w: fabula.read_stories(v, since=w), "stories how": lambda v, w: fabula.read_stories("one.db", stories=v, min_size=w),
    "stories in": lambda v, w: fabula.read_stories("one.db", language=v, since=w), "events": lambda v, w: fabula.read_events(v, w),
    "events how": lambda v, w: fabula.read_events("one.db", v, w), "salvage": lambda v, w: fabula.salvage_store(v, w),
    "html": lambda v, w: stories.to_html(v, title=w), "html how": lambda v, w: stories.to_html("r.html", max_bytes=v, lead_characters=w),
    "raw how": lambda v, w: _fabula.Clustering(model._core, v, w, v, w, v, w, v, w), "raw report": lambda v, w: _fabula.report(how, v, w, v, w, v, w),
    "raw store": lambda v, w: _fabula.Store(model._core, v, w, 0.5, w, True, 1, True, w, False, v),
    "raw tuples": lambda v, w: raw_articles.of_tuples(v), "raw tuple": lambda v, w: raw_articles.of_tuples([(v, w, v, w, v, w)]),
    "raw lines": lambda v, w: raw_articles.of_lines(v, w), "raw at": lambda v, w: fabula.articles(ok)._core.at(v),
    "raw new": lambda v, w: [raw_articles.__new__(raw_articles).ids()], "raw cluster": lambda v, w: [_fabula.cluster(v, w, *[v] * 3), _fabula.cluster(how, v, w, v, w)],
    "raw evaluate": lambda v, w: _fabula.evaluate(v, w, v), "raw time": lambda v, w: _fabula.parse_time(v),
    "raw model": lambda v, w: _fabula.Model.open(v), "raw stream": lambda v, w: _fabula.Stream(model._core, v, 0.5, w, True, 1),
    "raw reading": lambda v, w: _fabula.Reading(v, w, v, w, v, w), "raw embed": lambda v, w: _fabula.embed(model._core, v, w, 1.0, 1.0),
}
random.seed(7)
raised = done = 0
sys.stdin.close()
for name, call in calls.items():
    others = random.sample(values, 3) + [None]
    for value, other in itertools.product(values, others):
        try:
            call(value, other)
            done += 1
        except Exception as error:
            raised += 1
print(raised, done)
"""
    )
    raised, done = map(int, counts.split())
    assert raised + done >= 10_000
    assert raised > 5_000


def test_vectors_that_are_no_numbers():
    run(
        COMMON
        + """
articles = many(4)
for bad in (np.nan, np.inf, -np.inf):
    for row, column in itertools.product((0, 3), (0, 7)):
        vectors = np.ones((4, 8), np.float32); vectors[row, column] = bad
        for call in (lambda: fabula.cluster(articles, vectors), lambda: fabula.cluster(articles, vectors.astype(np.float64), explain=True),
                     lambda: fabula.cluster(articles, np.asfortranarray(vectors)), lambda: fabula.cluster(articles, vectors.tolist())):
            try: call()
            except fabula.InputError as error: assert "finite" in str(error) or "number" in str(error), error
            else: raise SystemExit(f"{bad} at {row}, {column} was taken")
"""
    )


def test_threads_share_everything():
    run(
        COMMON
        + """
articles = fabula.articles(many(300)); stream = fabula.Stream(0); comparer = fabula.Comparer(); wanted = fabula.cluster(articles).to_json_lines()
failures = []
def work(seed):
    try:
        for turn in range(3):
            assert fabula.cluster(articles).to_json_lines() == wanted
            stream.add(articles[seed * 20 : seed * 20 + 20], 0); stream.near(articles[0], 2); stream.stories()
            comparer.compare(articles[seed], articles[turn]); fabula.identify("Der Ausschuss tagt"); fabula.embed(articles[:50])
            if seed == 3 and turn == 2: stream.settle()
    except BaseException as error:
        failures.append(repr(error))
threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
[t.start() for t in threads]; [t.join() for t in threads]
assert not failures, failures
"""
    )


def test_use_after_fork():
    run(
        COMMON
        + """
articles = fabula.articles(many(400)); wanted = fabula.cluster(articles).to_json_lines(); stream = fabula.Stream(0); stream.add(articles[:50], 0)
busy = threading.Thread(target=fabula.cluster, args=(many(3000),)); busy.start()
for _ in range(3):
    child = os.fork()
    if child == 0:
        try:
            assert fabula.cluster(articles).to_json_lines() == wanted
            assert fabula.embed(articles).vectors.shape[0] == 400
            assert len(stream) == 50
            assert fabula.identify("Der Ausschuss tagt morgen.").language == "de"
            sys.exit(0)  # with the handlers of the end
        except BaseException as error:
            os._exit(0 if isinstance(error, SystemExit) and not error.code else 9)
    assert os.waitpid(child, 0)[1] == 0
busy.join()
import multiprocessing
with multiprocessing.get_context("fork").Pool(2) as pool:
    assert [s.to_json_lines() for s in pool.map(fabula.cluster, [articles] * 4)] == [wanted] * 4
"""
    )


@pytest.mark.parametrize("daemon", [True, False])
def test_the_interpreter_ends_in_the_middle(daemon):
    run(
        COMMON
        + f"""
articles = fabula.articles(many(6000)); stream = fabula.Stream(0); store = fabula.Store("end.db", 0)
def endless():
    while True:
        fabula.cluster(articles, progress=lambda *a: None) if {daemon} else fabula.cluster(articles[:500])
        if not {daemon}: return
def small():
    while {daemon}:
        fabula.identify("Der Ausschuss"); fabula.embed(articles[:5]); stream.add(articles[:10], 0)
def keep():
    while {daemon}:
        store.add(articles[:10], 0); store.remove([str(i) for i in range(10)])
for target in (endless, small, small, keep):
    threading.Thread(target=target, daemon={daemon}).start()
time.sleep(0.7)
sys.exit(0)
"""
    )


def test_handles_do_not_pickle_or_copy_into_nonsense():
    run(
        COMMON
        + """
import copy
for core in (fabula.Stream()._core, fabula.Store("s.db")._core, fabula.Comparer()._core, fabula.Model()._core, fabula.articles([])._core):
    for how in (pickle.dumps, copy.copy, copy.deepcopy):
        try: how(core)
        except Exception: continue
        raise SystemExit(f"{how} of {core}")
for whole in (fabula.Stream(), fabula.Store("t.db"), fabula.Comparer()):
    try: pickle.dumps(whole)
    except Exception: continue
    raise SystemExit("pickled")
for made in (fabula.articles(many(3)), fabula.cluster(many(3)), fabula.compare("storm at the harbour", "storm"), fabula.Model(), fabula.identify("x")):
    assert type(pickle.loads(pickle.dumps(made))) is type(made)
assert fabula.evaluate(many(2), ["a", "b"]) == pickle.loads(pickle.dumps(fabula.evaluate(many(2), ["a", "b"])))
"""
    )


def test_arrays_outlive_all_else():
    run(
        COMMON
        + """
import gc, ctypes
views = []
for _ in range(30):
    views.append(fabula.embed(many(100)).vectors[::7, :5]); views.append(fabula.cluster(many(20)).labels[1:])
gc.collect()
assert all(np.isfinite(view).all() for view in views)
"""
    )


def test_a_signal_while_it_works():
    run(
        COMMON
        + """
import signal
articles = fabula.articles(many(20_000))
got = []
signal.signal(signal.SIGALRM, lambda *a: got.append(a))
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
fabula.embed(articles)
signal.setitimer(signal.ITIMER_REAL, 0)
assert len(got) > 1
"""
    )
