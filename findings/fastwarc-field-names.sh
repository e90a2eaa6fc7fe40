#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# FastWARC 2.0.1 passes over the responses of an archive whose field names are in lower case.
#
# Names of fields have no case in WARC (ISO 28500, section 4), and a crawler that passes names through a library of HTTP/2
# writes them in small letters. warcio 1.8.1 reads such records as any others, and so was expected of FastWARC. Seen: the
# record's type is "unknown", although its header answers to "WARC-Type", so that the usual filter for responses gives
# nothing of it, without a word. A chunk with an extension ("5;x=1", RFC 9112, 7.1.1), which warcio decodes, is an OSError
# there. Who counts the pages of an archive with both gets two numbers.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'fastwarc==2.0.1' 'warcio==1.8.1'
cat > "$work/run.py" <<'PYTHON'
import io
from importlib.metadata import version

import fastwarc.warc as fast
import warcio.archiveiterator as slow


def record(number, names, http, body):
    block = http + b"\r\n\r\n" + body
    head = b"WARC/1.1\r\n%s: response\r\n%s: <urn:uuid:%d>\r\n%s: 2026-03-03T15:20:00Z\r\n%s: https://n.example/\r\n"
    return (
        head % (names[0], names[1], number, names[2], names[3])
        + b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(block)
        + block
        + b"\r\n\r\n"
    )


usual = (b"WARC-Type", b"WARC-Record-ID", b"WARC-Date", b"WARC-Target-URI")
small = tuple(name.lower() for name in usual)
archive = (
    record(1, usual, b"HTTP/1.1 200 OK\r\nContent-Type: text/plain", b"one")
    + record(2, small, b"HTTP/1.1 200 OK\r\nContent-Type: text/plain", b"two")
    + record(3, usual, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", b"5;x=1\r\nthree\r\n0\r\n\r\n")
)

print("warcio", version("warcio"), "fastwarc", version("fastwarc"))
for one in slow.ArchiveIterator(io.BytesIO(archive)):
    print("warcio", one.rec_type, one.rec_headers.get_header("WARC-Record-ID"), one.content_stream().read())
for one in fast.ArchiveIterator(io.BytesIO(archive)):
    print("fastwarc", one.record_type, one.record_id, one.headers.get("WARC-Type"))
wanted = fast.ArchiveIterator(io.BytesIO(archive), record_types=fast.WarcRecordType.response)
print("fastwarc, responses:", [one.record_id for one in wanted])
try:
    for one in fast.ArchiveIterator(io.BytesIO(archive), auto_decode="all"):
        print("fastwarc", one.record_id, one.reader.read())
except OSError as error:
    print("fastwarc", one.record_id, "OSError", error)
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
warcio 1.8.1 fastwarc 2.0.1
warcio response <urn:uuid:1> b'one'
warcio response <urn:uuid:2> b'two'
warcio response <urn:uuid:3> b'three'
fastwarc response <urn:uuid:1> response
fastwarc unknown <urn:uuid:2> response
fastwarc response <urn:uuid:3> response
fastwarc, responses: ['<urn:uuid:1>', '<urn:uuid:3>']
fastwarc <urn:uuid:1> b'one'
fastwarc <urn:uuid:2> b'two'
fastwarc <urn:uuid:3> OSError Invalid chunk header: '5;x=1'
SEEN
diff "$work/expected" "$work/seen"
