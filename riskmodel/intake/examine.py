"""One delivery examined from end to end, making nothing visible: what was read, what is wrong, whether it can be accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from riskmodel.contracts import TABLES, Table
from riskmodel.intake import checks, limits, manifest, reading, waiting
from riskmodel.intake.door import Drop
from riskmodel.intake.faults import Fault
from riskmodel.intake.manifest import Manifest
from riskmodel.intake.profile import Profile
from riskmodel.intake.reading import Read
from riskmodel.intake.waiting import Waited
from riskmodel.lake import Source

FATAL = frozenset({"unreadable_file", "empty_file", "truncated", "missing_column"})
"""Faults of a file that refuse the delivery: what is missing from it cannot be known."""


TOLD_AMOUNTS = 3
"""Unreadable amounts named in a refusal; the report lists the others."""


@dataclass(frozen=True)
class Known:
    """What the landlord's lake already holds, the day of the newest accepted delivery (None before the first), and the files
    of its quarantine by table: rows that wait are read there."""

    source: Source
    as_of: date | None
    quarantine: Mapping[str, Path] = field(default_factory=dict)


@dataclass
class Examination:
    """Everything found out about a delivery. It is accepted when `refusals` is empty."""

    drop: Drop
    manifest: Manifest
    known: Known
    tables: dict[str, Read] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    waited: dict[str, Waited] = field(default_factory=dict)
    row_faults: list[Fault] = field(default_factory=list)
    gaps: list[Fault] = field(default_factory=list)
    balances: int = 0
    refusals: list[Fault] = field(default_factory=list)
    con: duckdb.DuckDBPyConnection | None = None

    @property
    def mode(self) -> str:
        """`full` or `incremental`."""
        return self.manifest.mode

    @property
    def is_accepted(self) -> bool:
        """Whether no table rule is broken."""
        return not self.refusals

    def accepted_rows(self, table: str) -> int:
        """Rows of a table that no rule stopped."""
        return self.tables[table].rows - self.quarantined[table]

    def released_rows(self, table: str) -> int:
        """Rows of a table that waited in quarantine and that this delivery releases, if it is accepted."""
        return self.waited[table].released if table in self.waited else 0

    def replaces(self, table: str) -> bool:
        """Whether the delivery tells all there is to know of a table."""
        return self.mode == "full" and table in self.tables


def examine(
    drop: Drop, profile: Profile, known: Known, folder: Path, *, memory: str = "1GB", has_context: bool = True
) -> Examination:
    """Read, check and judge a delivery; staged rows are left as Parquet under `folder`, which must be empty and private."""
    said, refusals = manifest.read(drop)
    found = Examination(drop, said, known, refusals=list(refusals))
    found.refusals += _age(found)
    found.con = _connect(folder, memory)
    found.tables = reading.read(found.con, drop, profile, folder)
    for read in found.tables.values():
        found.refusals += [fault for fault in read.faults if fault.rule in FATAL]
        found.row_faults += [fault for fault in read.faults if fault.rule not in FATAL]
    _check(found, has_context)
    found.refusals += _judge(found, profile, has_context)
    return found


def _connect(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A connection that streams and spills beside the staged rows; it reads no order into files.

    Joins run as the checks write them, the small side last: guesses about the rows a check leaves would hold a whole ledger in
    memory.
    """
    spill = str(folder / "debordement")
    return duckdb.connect(
        config={
            "memory_limit": memory,
            "preserve_insertion_order": "false",
            "temp_directory": spill,
            "disabled_optimizers": "join_order,build_side_probe_side",
        }
    )


def _check(found: Examination, has_context: bool) -> None:
    assert found.con is not None
    is_full, held, as_of = found.mode == "full", found.known.quarantine, found.drop.as_of
    arrived = waiting.bring(found.con, held, found.tables, as_of, is_full=is_full)
    checks.prepare(found.con, found.known.source, found.tables, arrived, is_full=is_full)
    unread = {fault.table for fault in found.refusals if fault.rule in FATAL}
    found.row_faults += checks.run(found.con, arrived, unread, has_context=has_context)
    found.waited = waiting.settle(found.con, held, as_of)
    for name, read in found.tables.items():
        own = f"table_name = '{name}' AND file <> '{waiting.PLACE}'"
        stopped = _number(found.con, f"SELECT count(DISTINCT (file, line)) FROM stopped WHERE {own}")
        found.quarantined[name] = read.doubtful + read.lines_lost + stopped
    if "balances" in found.tables and has_context and "entries" not in unread:
        found.gaps = checks.gaps(found.con)
        found.balances = found.accepted_rows("balances")


def _judge(found: Examination, profile: Profile, has_context: bool) -> Iterator[Fault]:
    yield from _missing(found, profile, has_context)
    yield from _controls(found)
    yield from _shares(found)
    yield from _shrunk(found)


def _age(found: Examination) -> Iterator[Fault]:
    last = found.known.as_of
    if last is not None and found.drop.as_of < last:
        yield _whole("older", "", "", found.drop.as_of.isoformat(), f"un arrêté du {last} ou plus récent")


def _missing(found: Examination, profile: Profile, has_context: bool) -> Iterator[Fault]:
    """The first delivery must bring every required table; a table announced by the manifest must always be there."""
    for table in TABLES.values():
        if table.name in found.tables:
            continue
        mapped = profile.tables.get(table.name)
        expected = " ou ".join(mapped.files) if mapped else "un fichier décrit par le profil"
        is_first = found.known.as_of is None and has_context
        if (table.is_required and is_first) or table.name in found.manifest.totals:
            yield _whole("missing_table", table.name, expected, "fichier absent", f"{expected} ({table.french})")


def _controls(found: Examination) -> Iterator[Fault]:
    for name, totals in found.manifest.totals.items():
        if name not in found.tables:
            continue
        read = found.tables[name]
        place = ", ".join(read.files)
        if totals.rows is not None and totals.rows != read.rows:
            yield _whole("control_rows", name, place, f"{read.rows} ligne(s) lue(s)", f"{totals.rows} ligne(s)")
        if totals.amount_cents is not None and totals.amount_cents != read.amount_cents:
            seen = f"{euros(read.amount_cents or 0)} lus{_unread_amounts(found, read)}"
            yield _whole("control_amount", name, place, seen, euros(totals.amount_cents))


def _unread_amounts(found: Examination, read: Read) -> str:
    """How many amounts a total misses, and where the first of them are."""
    if not read.amounts_lost:
        return ""
    assert found.con is not None
    seen = "concat(file, ':', line, ' (', coalesce(raw ->> 'amount_cents', 'vide'), ')')"
    unread = f"SELECT {seen} FROM read_{read.table.name} WHERE amount_cents IS NULL ORDER BY file, line LIMIT {TOLD_AMOUNTS}"
    places = [place for (place,) in found.con.execute(unread).fetchall()]
    places += [fault.place for fault in read.faults if fault.rule == "column_count"]
    more = ", …" if read.amounts_lost > TOLD_AMOUNTS else ""
    return f", {read.amounts_lost} montant(s) illisible(s) : {', '.join(places[:TOLD_AMOUNTS])}{more}"


def _shares(found: Examination) -> Iterator[Fault]:
    for name, read in found.tables.items():
        lost, place = found.quarantined[name], ", ".join(read.files)
        if limits.exceeds(lost, read.rows, limits.QUARANTINED_SHARE, limits.QUARANTINED_ROWS):
            yield _share("quarantine_share", name, place, lost, read.rows, limits.QUARANTINED_SHARE)
        repeated = sum(fault.rule == "duplicate_key" and fault.table == name for fault in found.row_faults)
        if limits.exceeds(repeated, read.rows, limits.COLLISION_SHARE, limits.COLLISION_ROWS):
            yield _share("collision_share", name, place, repeated, read.rows, limits.COLLISION_SHARE)
    if limits.exceeds(len(found.gaps), found.balances, limits.BALANCE_SHARE, limits.BALANCE_LEASES):
        place = ", ".join(found.tables["balances"].files)
        yield _share("balance_share", "balances", place, len(found.gaps), found.balances, limits.BALANCE_SHARE)


def _shrunk(found: Examination) -> Iterator[Fault]:
    assert found.con is not None
    for name in found.tables if found.mode == "full" else []:
        before, after = (_number(found.con, f"SELECT count(*) FROM {view}_{name}") for view in ("current", "known"))
        if after < before * (1 - limits.SHRINK_SHARE) and before - after > limits.QUARANTINED_ROWS:
            place = ", ".join(found.tables[name].files)
            yield _whole(
                "shrunk",
                name,
                place,
                f"{after} ligne(s) au lieu de {before}",
                f"au moins {_percent(1 - limits.SHRINK_SHARE)} du connu",
            )


def euros(cents: int) -> str:
    """An amount in cents as French euros: `-1 234,56 €`, with no-break spaces."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' * (cents < 0)}{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u00a0€"


def stage(found: Examination, table: Table, target: Path) -> None:
    """Write the rows of one table that the lake must compare with what it knows: staged ones, and those that quarantine keeps."""
    assert found.con is not None
    source = f"known_{table.name}" if found.replaces(table.name) else f"staged_{table.name}"
    found.con.execute(f"COPY (SELECT {', '.join(table.stored_columns)} FROM {source}) TO '{target}' (FORMAT parquet)")


def _share(rule: str, table: str, file: str, count: int, total: int, limit: float) -> Fault:
    return _whole(rule, table, file, f"{count} sur {total} ({_percent(count / max(total, 1))})", f"au plus {_percent(limit)}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0").replace(".", ",") + "\u00a0%"


def _whole(rule: str, table: str, file: str, value: str, expected: str) -> Fault:
    return Fault(rule, table, file, None, "", value, expected)


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
