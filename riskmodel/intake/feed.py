"""Files as streams of text cells with their line number: CSV in any encoding Python knows, and Parquet.

Nothing is held in memory but the batch under way, and columns that the profile does not read are never kept.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from riskmodel.intake.door import Drop
from riskmodel.intake.faults import Fault
from riskmodel.intake.profile import Format, TableMap

BLOCK = 8 << 20
"""Bytes read at a time; no line of a ledger comes near."""

BAD_LINES = 20_000
"""Lines with a wrong number of columns told one by one."""


@dataclass
class Feed:
    """One file being read: `reader` gives the cells of `headers` as r0, r1, … and `line`; it is None when nothing can be read.

    `faults` and `bad_lines` (lines whose number of columns is wrong) are complete once the reader is exhausted.
    """

    table: str
    file: str
    headers: list[str]
    reader: pa.RecordBatchReader | None = None
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    bad_lines: list[int] = field(default_factory=list)
    last_byte: bytes = b""
    opened: BinaryIO | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self.opened is not None:
            self.opened.close()

    def refuse(self, rule: str, value: str, expected: str, column: str = "") -> None:
        """Note a fault of the file itself, whatever its rows say."""
        self.faults.append(Fault(rule, self.table, self.file, None, column, value, expected))

    def bad_line(self, row: pa_csv.InvalidRow) -> str:
        """Note a line that has too few or too many columns, and skip it. Its text is not kept: it may hold a label or a name."""
        self.bad_lines.append(row.number)
        if len(self.bad_lines) <= BAD_LINES:
            seen, expected = f"{row.actual_columns} colonnes", f"{row.expected_columns} colonnes"
            self.faults.append(Fault("column_count", self.table, self.file, row.number, "", seen, expected))
        return "skip"


def open_feed(drop: Drop, file: str, table: str, mapped: TableMap, written: Format) -> Feed:
    """A feed on one file; when nothing can be read it has no reader, and its faults say why."""
    feed = Feed(table, file, mapped.headers)
    try:
        if file.lower().endswith(".parquet"):
            _open_parquet(feed, drop, mapped)
        else:
            _open_csv(feed, drop, mapped, written)
    except (pa.ArrowException, OSError) as fault:
        feed.refuse("unreadable_file", str(fault).split("\n")[0][:120], "un fichier entier, CSV ou Parquet")
    return feed


def header(drop: Drop, file: str, written: Format) -> list[str]:
    """Names on the first line of a CSV file; empty when the file is."""
    with drop.open(file) as opened:
        start = opened.read(1 << 20).decode(_codec(written.encoding), "replace")
    first = start.splitlines()[:1]
    quote = {"quotechar": written.quote} if written.quote else {"quoting": csv.QUOTE_NONE}
    return [name.strip() for name in next(csv.reader(first, delimiter=written.separator, **quote), [])]


def _open_parquet(feed: Feed, drop: Drop, mapped: TableMap) -> None:
    feed.opened = drop.open(feed.file)
    parquet = pq.ParquetFile(feed.opened)
    if not _has_headers(feed, parquet.schema_arrow.names, mapped):
        return
    kept = [parquet.schema_arrow.field(name).type for name in feed.headers]
    schema = _schema([_plain(kind) for kind in kept])
    feed.reader = pa.RecordBatchReader.from_batches(schema, _parquet_batches(parquet, feed.headers, schema))


def _parquet_batches(parquet: pq.ParquetFile, headers: list[str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    row = 1
    for batch in parquet.iter_batches(200_000, columns=headers):
        cells = [batch.column(name).cast(kind) for name, kind in zip(headers, schema.types[:-1], strict=True)]
        yield pa.RecordBatch.from_arrays([*cells, pa.array(np.arange(row, row + len(batch)))], schema=schema)
        row += len(batch)


def _open_csv(feed: Feed, drop: Drop, mapped: TableMap, written: Format) -> None:
    names = header(drop, feed.file, written)
    if not names:
        feed.refuse("empty_file", "aucune ligne", "une ligne d'en-tête")
    elif _has_headers(feed, names, mapped):
        schema = _schema([pa.string()] * len(feed.headers))
        feed.reader = pa.RecordBatchReader.from_batches(schema, _csv_batches(feed, drop, names, written, schema))


def _csv_batches(feed: Feed, drop: Drop, names: list[str], written: Format, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    position = {name: f"c{rank}" for rank, name in enumerate(names)}
    kept = [position[name] for name in feed.headers]
    feed.opened = drop.open(feed.file)
    stream = pa.TransformInputStream(pa.PythonFile(feed.opened, "r"), _to_utf8(feed, written.encoding))
    reader = _reader(feed, stream, list(position.values()), kept, written)
    good = 0
    for batch in reader or []:
        lines = _lines(good, len(batch), feed.bad_lines)
        yield pa.RecordBatch.from_arrays([*(batch.column(name) for name in kept), pa.array(lines)], schema=schema)
        good += len(batch)
    _judge_end(feed, good)


def _reader(feed: Feed, stream: Any, names: list[str], kept: list[str], written: Format) -> pa_csv.CSVStreamingReader | None:
    parse = pa_csv.ParseOptions(
        delimiter=written.separator,
        quote_char=written.quote or False,
        ignore_empty_lines=False,
        invalid_row_handler=feed.bad_line,
    )
    convert = pa_csv.ConvertOptions(include_columns=kept, column_types={name: pa.string() for name in kept}, check_utf8=False)
    read = pa_csv.ReadOptions(use_threads=False, column_names=names, skip_rows=1, block_size=BLOCK)
    try:
        return pa_csv.open_csv(stream, read_options=read, parse_options=parse, convert_options=convert)
    except pa.ArrowInvalid as fault:
        if "Empty CSV file" in str(fault):
            return None
        raise


def _lines(good: int, count: int, bad_lines: list[int]) -> np.ndarray[Any, Any]:
    """Line numbers of the next `count` good rows: after the header, after `good` rows, and past the bad lines among them."""
    plain = np.arange(good, good + count) + 2
    bad = np.asarray(bad_lines, dtype=np.int64)
    return plain + np.searchsorted(bad - np.arange(len(bad)), plain, side="right")


def _judge_end(feed: Feed, good: int) -> None:
    last = good + len(feed.bad_lines) + 1
    if feed.bad_lines and feed.bad_lines[-1] == last and feed.last_byte not in (b"\n", b"\r"):
        feed.refuse("truncated", f"ligne {last} coupée", "une dernière ligne entière, finie par un retour à la ligne")


def _to_utf8(feed: Feed, encoding: str) -> Callable[[pa.Buffer], bytes]:
    """Decode as declared and give UTF-8; a byte that cannot be read becomes U+FFFD, which stops its row and no other."""
    decoder = codecs.getincrementaldecoder(_codec(encoding))("replace")

    def transform(read: pa.Buffer) -> bytes:
        data = bytes(read)
        feed.last_byte = data[-1:] or feed.last_byte
        return decoder.decode(data, final=not data).encode()

    return transform


def _codec(encoding: str) -> str:
    """Excel puts a mark before UTF-8 text: it is not part of the first header."""
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


def _has_headers(feed: Feed, names: list[str], mapped: TableMap) -> bool:
    """Whether every header that the profile reads is there, once."""
    for name, times in Counter(names).items():
        if times > 1:
            feed.refuse("missing_column", f"« {name} » {times} fois", "un en-tête où chaque nom est unique", name)
    for name in feed.headers:
        if name not in names:
            feed.refuse("missing_column", ", ".join(names)[:200], f"une colonne « {name} »", name)
    feed.ignored = [name for name in names if name not in feed.headers and name not in mapped.dropped]
    return not feed.faults


def _plain(kind: pa.DataType) -> pa.DataType:
    """Text stays text, whatever its encoding in the file."""
    is_dictionary = pa.types.is_dictionary(kind) or pa.types.is_large_string(kind)
    return pa.string() if is_dictionary or pa.types.is_null(kind) else kind


def _schema(kinds: list[pa.DataType]) -> pa.Schema:
    cells = [(f"r{rank}", kind) for rank, kind in enumerate(kinds)]
    return pa.schema([*cells, ("line", pa.int64())])
