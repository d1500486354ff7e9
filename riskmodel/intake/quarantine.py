"""Rows that a rule stopped, kept apart as Parquet with their reasons: for whoever corrects them, and for the nights they wait.

Personal tables go to a folder of their own. Dropped columns were never read: no label and no note can be here.
"""

from datetime import date
from pathlib import Path

import pyarrow as pa

from riskmodel.contracts import TABLES, Table
from riskmodel.intake.examine import Examination
from riskmodel.intake.faults import Fault
from riskmodel.intake.waiting import still_stopped

REASONS = pa.schema([("file", pa.string()), ("line", pa.int64()), ("reason", pa.string())])
REFUSED = "refusee"


def write(found: Examination, root: Path, ordinal: int) -> None:
    """One Parquet file a table: the rows stopped tonight, and those of earlier nights that still wait (`is_waiting`).

    The quarantine of an accepted delivery has a folder of its own, named by its rank, which nothing rewrites once the register
    knows that rank. A refused one is replaced by the next judgement of the same day.
    """
    place = f"livraison-{ordinal}" if found.is_accepted else REFUSED
    for table in TABLES.values():
        folder = _folder(root, found.drop.landlord_id, found.drop.as_of, table)
        for name in (REFUSED, place):
            (folder / name / f"{table.name}.parquet").unlink(missing_ok=True)
        if selects := _selects(found, table):
            (folder / place).mkdir(parents=True, exist_ok=True)
            _write_table(found, table, selects, folder / place / f"{table.name}.parquet")


def files(root: Path, landlord_id: str, as_of: date, ordinal: int) -> dict[str, Path]:
    """The quarantine of one accepted delivery: a file for each table of which rows were stopped or wait."""
    found = {
        table.name: _folder(root, landlord_id, as_of, table) / f"livraison-{ordinal}" / f"{table.name}.parquet"
        for table in TABLES.values()
    }
    return {name: path for name, path in found.items() if path.exists()}


def _folder(root: Path, landlord_id: str, as_of: date, table: Table) -> Path:
    return root / landlord_id / ("personnes" if table.is_personal else "faits") / as_of.isoformat()


def _selects(found: Examination, table: Table) -> list[str]:
    """SQL of the rows to keep apart: the delivery's own, then those that waited and were stopped again."""
    assert found.con is not None
    selects = [_own(table, found.drop.as_of)] if found.quarantined.get(table.name) else []
    if table.name in found.known.quarantine and found.con.execute(f"{still_stopped(table.name)} LIMIT 1").fetchall():
        selects.append(still_stopped(table.name))
    return selects


def _own(table: Table, as_of: date) -> str:
    stored = ", ".join(f"'{column}': r.{column}" for column in table.stored_columns)
    stopped = f"SELECT file, line FROM stopped WHERE table_name = '{table.name}'"
    waiting = f"(SELECT file, line, true AS waits FROM waiting WHERE table_name = '{table.name}')"
    return (
        f"WITH why AS (SELECT file, line, list_sort(list(DISTINCT reason)) AS reasons FROM reasons GROUP BY ALL), "
        f"held AS (SELECT file, line, coalesce(raw, to_json({{{stored}}})) AS content FROM read_{table.name} AS r "
        f"WHERE raw IS NOT NULL OR EXISTS (SELECT 1 FROM ({stopped}) AS s WHERE s.file = r.file AND s.line = r.line)) "
        f"SELECT file, line, content, reasons, DATE '{as_of}' AS delivered_on, coalesce(waits, false) AS is_waiting "
        f"FROM held FULL JOIN why USING (file, line) LEFT JOIN {waiting} USING (file, line)"
    )


def _write_table(found: Examination, table: Table, selects: list[str], target: Path) -> None:
    assert found.con is not None
    found.con.register("reasons", _reasons([fault for fault in found.row_faults if fault.table == table.name]))
    rows = " UNION ALL ".join(f"({select})" for select in selects)
    found.con.execute(f"COPY (FROM ({rows}) ORDER BY delivered_on DESC, file, line) TO '{target}' (FORMAT parquet)")
    found.con.unregister("reasons")


def _reasons(faults: list[Fault]) -> pa.Table:
    rows = [{"file": fault.file, "line": fault.line, "reason": f"{fault.title} ({fault.column})"} for fault in faults]
    return pa.Table.from_pylist(rows, schema=REASONS)
