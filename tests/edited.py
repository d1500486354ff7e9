"""Rows with the facts of an explanation undone by hand: what the real pipeline is given to judge the explanation."""

from collections.abc import Iterable

from riskmodel.contracts import TABLES
from riskmodel.features.scenarios import Edit
from tests.lakes import Rows


def edited(rows: Rows, lease_id: str, edits: Iterable[Edit]) -> Rows:
    """The same tables, the edits made in those of one lease."""
    edits = list(edits)
    removed = {gone for edit in edits for gone in edit.removed}
    kept = {
        name: [row for row in lines if row.get("lease_id") != lease_id or (name, _key(name, row)) not in removed]
        for name, lines in rows.items()
    }
    for name, row in (added for edit in edits for added in edit.added):
        kept[name].append({**row, "lease_id": lease_id})
    return kept


def _key(table: str, row: dict[str, object]) -> str:
    return "|".join(str(row[column]) for column in TABLES[table].key if column != "lease_id")
