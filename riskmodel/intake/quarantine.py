"""Rows that a rule stopped, kept apart as Parquet with their reasons, for whoever corrects them at the source.

Personal tables go to a folder of their own. Dropped columns were never read: no label and no note can be here.
"""

from pathlib import Path

import pyarrow as pa

from riskmodel.intake.examine import Examination
from riskmodel.intake.faults import Fault

REASONS = pa.schema([("file", pa.string()), ("line", pa.int64()), ("reason", pa.string())])


def write(found: Examination, root: Path) -> None:
    """One Parquet file a table under `root`/<landlord>/<day>/, replacing what an earlier judgement of that day left there."""
    for name, read in found.tables.items():
        room = "personnes" if read.table.is_personal else "faits"
        target = root / found.drop.landlord_id / room / found.drop.as_of.isoformat() / f"{name}.parquet"
        target.unlink(missing_ok=True)
        if found.quarantined[name]:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_table(found, name, target)


def _write_table(found: Examination, name: str, target: Path) -> None:
    assert found.con is not None
    stored = ", ".join(f"'{column}': r.{column}" for column in found.tables[name].table.stored_columns)
    found.con.register("reasons", _reasons([fault for fault in found.row_faults if fault.table == name]))
    stopped = f"SELECT file, line FROM stopped WHERE table_name = '{name}'"
    found.con.execute(
        f"COPY (WITH why AS (SELECT file, line, list_sort(list(DISTINCT reason)) AS reasons FROM reasons GROUP BY ALL), "
        f"held AS (SELECT file, line, coalesce(raw, to_json({{{stored}}})) AS content FROM read_{name} AS r "
        f"WHERE raw IS NOT NULL OR EXISTS (SELECT 1 FROM ({stopped}) AS s WHERE s.file = r.file AND s.line = r.line)) "
        f"SELECT file, line, content, reasons FROM held FULL JOIN why USING (file, line) ORDER BY file, line) "
        f"TO '{target}' (FORMAT parquet)"
    )
    found.con.unregister("reasons")


def _reasons(faults: list[Fault]) -> pa.Table:
    rows = [{"file": fault.file, "line": fault.line, "reason": f"{fault.title} ({fault.column})"} for fault in faults]
    return pa.Table.from_pylist(rows, schema=REASONS)
