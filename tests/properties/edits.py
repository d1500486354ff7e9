"""Edits of drawn ledgers: each household beside a twin that differs by one thing, both read by the same computation."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from riskmodel.contracts import TABLES
from riskmodel.score.admitted import ADMITTED, Admitted
from tests.lakes import Rows
from tests.properties.test_ledger import computed
from tests.reference.agreement import plain

TWIN = "-bis"
Values = dict[str, Any]
Edit = Callable[[str, Rows], None]
"""Changes the rows of one lease, in place."""


def with_twins(rows: Rows, edit: Edit) -> Rows:
    """The landlord with a twin of every lease, to which `edit` was done."""
    found = {name: list(lines) for name, lines in rows.items()}
    for lease in rows["leases"]:
        own = _renamed(rows, lease["lease_id"])
        edit(lease["lease_id"] + TWIN, own)
        for name, lines in own.items():
            found[name] += lines
    return found


def pairs(rows: Rows, edit: Edit, as_of: date) -> list[tuple[Values, Values]]:
    """Features of every household in place and of its twin."""
    found = plain(computed(with_twins(rows, edit), as_of))
    return [(found[lease_id], found[lease_id + TWIN]) for lease_id in found if not lease_id.endswith(TWIN)]


def frame(pair: tuple[Values, Values]) -> pd.DataFrame:
    """A household and its twin as a features frame."""
    return pd.DataFrame(list(pair), dtype=object)


def levels(score: str, values: Values) -> dict[str, float]:
    """How high each published input stands, as far as any legal cut can see; what is unknown stands lowest."""
    return {name: _level(values[name], admitted) for name, admitted in ADMITTED[score].items()}


def _level(value: Any, admitted: Admitted) -> float:
    if value is None or (admitted.lowest is not None and value < admitted.lowest):
        return -1.0
    return min(float(value), admitted.highest or float("inf"))


def _renamed(rows: Rows, lease_id: str) -> Rows:
    """The rows of one lease under its twin's name, with keys of their own."""
    return {name: [_copy(name, row) for row in lines if row.get("lease_id") == lease_id] for name, lines in rows.items()}


def _copy(name: str, row: Values) -> Values:
    changed = {key: row[key] + TWIN for key in {TABLES[name].key[0], "lease_id"}}
    if row.get("reverses"):
        changed["reverses"] = row["reverses"] + TWIN
    return row | changed
