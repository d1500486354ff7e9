"""Cross-table rules, run over what was staged and what the lake already knows: the SQL in sql/checks selects the bad rows.

`staged_<table>` is what the delivery brings and no rule has stopped; `known_<table>` what would be visible if it were accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Template

import duckdb

from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES, Table
from riskmodel.intake import limits
from riskmodel.intake.faults import Fault
from riskmodel.intake.reading import HIDDEN, Read
from riskmodel.intake.waiting import PLACE
from riskmodel.lake import Source
from riskmodel.lake.read import current


@dataclass(frozen=True)
class Check:
    """One rule applied to one table: the SQL of its bad rows, the columns concerned, what was expected of them."""

    rule: str
    sql: str
    column: str
    expected: str


def prepare(
    con: duckdb.DuckDBPyConnection, source: Source, delivered: dict[str, Read], arrived: set[str], *, is_full: bool
) -> None:
    """Create the views that the checks read.

    `read_<table>` must exist for every delivered table, and `arrived_<table>` for every table with rows to judge: the
    delivery's own, and those that waited for one of its rows.
    """
    con.execute("CREATE TABLE stopped (table_name VARCHAR, file VARCHAR, line BIGINT, rule VARCHAR)")
    con.execute("CREATE TABLE stopping AS FROM stopped")
    for table in TABLES.values():
        con.execute(f"CREATE VIEW current_{table.name} AS {current(source, table)}")
        if table.name not in arrived:
            con.execute(f"CREATE VIEW known_{table.name} AS SELECT {_columns(table)} FROM current_{table.name}")
            continue
        con.execute(f"CREATE VIEW staged_{table.name} AS {_staged(table, is_stopped=False)}")
        replaces = is_full and table.name in delivered and _has_every_key(con, delivered[table.name])
        con.execute(f"CREATE VIEW kept_{table.name} AS {_kept(table, replaces)}")
        both = " UNION ALL ".join(f"SELECT {_columns(table)} FROM {view}_{table.name}" for view in ("staged", "kept"))
        con.execute(f"CREATE VIEW known_{table.name} AS {both}")


def run(con: duckdb.DuckDBPyConnection, arrived: set[str], unread: set[str], *, has_context: bool = True) -> list[Fault]:
    """Run every row rule, parents before children, set aside the rows they select, and return the faults of the delivery's own.

    Without context (an incremental delivery checked away from its lake) rules that look at other rows cannot be judged. Nor can
    it be said that a parent is missing when its table is among those `unread`, whose file is broken.
    """
    faults: list[Fault] = []
    for table in (table for table in TABLES.values() if table.name in arrived):
        for check in _row_checks(table, has_context, unread):
            con.execute(f"CREATE OR REPLACE TEMP TABLE bad AS {check.sql}")
            faults += _told(con, table, check)
            con.execute(f"INSERT INTO stopping SELECT '{table.name}', file, line, '{check.rule}' FROM bad")
        con.execute("INSERT INTO stopped SELECT * FROM stopping; DELETE FROM stopping")
    return faults


def gaps(con: duckdb.DuckDBPyConnection) -> list[Fault]:
    """Balances of the ERP that are not the sum of the ledger: reported lease by lease, never put in quarantine."""
    check = Check("balance_gap", _sql("balance_gap"), "balance", "")
    con.execute(f"CREATE OR REPLACE TEMP TABLE bad AS {check.sql}")
    return _told(con, TABLES["balances"], check)


def _row_checks(table: Table, has_context: bool, unread: set[str]) -> Iterator[Check]:
    key = ", ".join(table.key)
    yield Check("duplicate_key", _sql("duplicate_key", table=table.name, key=key, columns=_columns(table)), key, "une clé unique")
    if table.parent and has_context and table.parent[1] not in unread:
        column, parent = table.parent
        sql = _sql("missing_parent", table=table.name, parent=parent, parent_key=column)
        yield Check("missing_parent", sql, column, f"une ligne connue de la table {parent} ({TABLES[parent].french})")
    for earlier, later in table.orders:
        sql = _sql("dates_order", table=table.name, earlier=earlier, later=later)
        yield Check("dates_order", sql, f"{earlier}, {later}", f"{later} égale ou postérieure à {earlier}")
    if table.signs:
        signs = ", ".join(f"('{kind}', {sign})" for kind, sign in table.signs.items())
        yield Check("sign", _sql("sign", table=table.name, signs=signs), "amount", "")
    if table.name == "entries" and has_context:
        expected = "l'identifiant d'un paiement du même bail, livré ou déjà connu"
        yield Check("reject_without_payment", _sql("reject_without_payment"), "reverses", expected)


def _told(con: duckdb.DuckDBPyConnection, table: Table, check: Check) -> list[Fault]:
    rows = con.execute(f"FROM bad WHERE file <> '{PLACE}' ORDER BY file, line LIMIT {limits.DETAILED_ROWS}").fetchall()
    hides = table.is_personal and check.rule != "missing_parent"
    return [
        Fault(check.rule, table.name, file, line, check.column, HIDDEN if hides else str(value)[:80], check.expected or stated[0])
        for file, line, value, *stated in rows
    ]


def _staged(table: Table, *, is_stopped: bool) -> str:
    """Rows that nothing stopped, or those that something did."""
    stopped = f"(SELECT file, line FROM stopped WHERE table_name = '{table.name}') USING (file, line)"
    if is_stopped:
        return (
            f"FROM read_{table.name} WHERE raw IS NOT NULL UNION ALL FROM read_{table.name} SEMI JOIN {stopped} WHERE raw IS NULL"
        )
    return f"FROM arrived_{table.name} ANTI JOIN {stopped} WHERE raw IS NULL"


def _has_every_key(con: duckdb.DuckDBPyConnection, read: Read) -> bool:
    """Whether every row that was read says which one it is."""
    unreadable = " OR ".join(f"{key} IS NULL" for key in read.table.key)
    return not read.lines_lost and not con.execute(f"FROM read_{read.table.name} WHERE {unreadable} LIMIT 1").fetchall()


def _kept(table: Table, replaces: bool) -> str:
    """Known rows that the delivery leaves as they are. A full delivery replaces all; but a row that it does bring, and that a
    rule stopped, keeps its last good version (and when its key cannot be read, no row is removed that night): quarantine
    never makes a household vanish."""
    keys = ", ".join(table.key)
    if not replaces:
        return f"FROM current_{table.name} ANTI JOIN staged_{table.name} USING ({keys})"
    stopped = f"SEMI JOIN ({_staged(table, is_stopped=True)}) USING ({keys})"
    return f"FROM current_{table.name} {stopped} ANTI JOIN (FROM staged_{table.name} {stopped}) USING ({keys})"


def _columns(table: Table) -> str:
    return ", ".join(table.stored_columns)


def _sql(name: str, **values: str) -> str:
    return Template((REPOSITORY / "sql" / "checks" / f"{name}.sql").read_text(encoding="utf-8")).substitute(values)
