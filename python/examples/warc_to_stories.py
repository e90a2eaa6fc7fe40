# SPDX-License-Identifier: Apache-2.0
"""Common Crawl's news to stories on Apache Spark: WARC files in, Parquet out. Takes the files or globs of them, and last the
folder for `stories` and `articles`.

    pip install "fabula[spark]" warcio trafilatura
    spark-submit warc_to_stories.py crawl/CC-NEWS-*.warc.gz stories/

A worker reads a file at a time and holds one page of it. Pages without an article, and those that cannot be read,
stand in `articles` with the reason.
"""

import datetime as dt
import glob
import sys
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import trafilatura
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from warcio.archiveiterator import ArchiveIterator

import fabula.spark

#: A page that is larger is no article; what is looked at of it is its beginning.
MOST_BYTES = 4 << 20
AT_ONCE = 64
SCHEMA = "id string, title string, text string, source string, published timestamp, fetched timestamp"
ARROW = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "title", "text", "source")),
        ("published", pa.timestamp("us", "UTC")),
        ("fetched", pa.timestamp("us", "UTC")),
    ]
)


def time_of(text: str | None) -> dt.datetime | None:
    try:
        time = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.timezone.utc)


def article_of(address: str, fetched: str | None, html: bytes) -> dict[str, Any]:
    """Of a page without an article the text is null, which Fabula then says in `error`."""
    found = trafilatura.bare_extraction(html, url=address, include_comments=False, with_metadata=True)
    when = time_of(fetched)
    published = time_of(found.date) if found else None
    # Pages tell the day alone: on the day of the crawl its time is nearer than midnight.
    if published is None or (when and published.date() == when.date()):
        published = when
    return {
        "id": address,
        "title": found.title if found else None,
        "text": (found.text or None) if found else None,
        "source": urlsplit(address).hostname,
        "published": published,
        "fetched": when,
    }


def beginning(stream: Any) -> bytes:
    """A stream may give less at a time than it is asked for."""
    out = b""
    while len(out) < MOST_BYTES and (more := stream.read(MOST_BYTES - len(out))):
        out += more
    return out


def pages(path: str) -> Iterator[dict[str, Any]]:
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            address = record.rec_headers.get_header("WARC-Target-URI")
            http = record.http_headers
            if record.rec_type != "response" or not address or http is None or http.get_statuscode() != "200":
                continue
            kind = (http.get_header("Content-Type") or "").partition(";")[0].strip().lower()
            if kind in ("text/html", "application/xhtml+xml"):
                yield article_of(address.strip("<>"), record.rec_headers.get_header("WARC-Date"), beginning(record.content_stream()))


def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    held: list[dict[str, Any]] = []
    for batch in batches:
        for path in batch.column(0).to_pylist():
            for page in pages(path):
                held.append(page)
                if len(held) == AT_ONCE:
                    yield pa.RecordBatch.from_pylist(held, schema=ARROW)
                    held = []
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=ARROW)


def main(patterns: list[str], out: str) -> None:
    paths = sorted({path for pattern in patterns for path in glob.glob(pattern)})
    if not paths:
        sys.exit(f"no such file: {' '.join(patterns)}")
    spark = SparkSession.builder.appName("warc-to-stories").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    files = spark.createDataFrame([(path,) for path in paths], "path string").repartition(len(paths))
    # Written first: pages are costly to read, and an address that was crawled twice is one article, the latest.
    files.mapInArrow(read, SCHEMA).write.mode("overwrite").parquet(f"{out}/pages")
    latest = spark.read.parquet(f"{out}/pages").groupBy("id").agg(
        F.max_by(F.struct("title", "text", "source", "published"), F.struct("fetched", "text")).alias("page")
    )
    stories, articles = fabula.spark.cluster(
        latest.select("id", "page.*"), time_window=dt.timedelta(days=3), directory=f"{out}/steps"
    )
    stories.write.mode("overwrite").parquet(f"{out}/stories")
    articles.write.mode("overwrite").parquet(f"{out}/articles")
    print(f"{articles.count()} pages, {stories.count()} stories")
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:-1], sys.argv[-1])
