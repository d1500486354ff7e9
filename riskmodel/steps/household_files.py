"""The file of each listed household: account, history and points, gathered for all leases of the lists being frozen."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.explain.household import households
from riskmodel.lake import Source
from riskmodel.register import files as register
from riskmodel.score import PublishedTable
from riskmodel.weekly.frozen import FrozenList, Row

Files = Mapping[str, str]
"""JSON by lease: fifty thousand files are half a gigabyte so, and several as objects."""


def gather(known: Source, as_of: date, lists: Sequence[FrozenList], tables: Iterable[PublishedTable]) -> Files:
    """The file of every lease on `lists`, in the form of register.models.HouseholdFile, of what was known at the end of `as_of`.

    Points are those frozen on the rows, so that a page can never contradict its list.
    """
    rows = {row.lease_id: row for frozen in lists for row in sorted(frozen.rows, key=_points_last)}
    by_name: dict[str, PublishedTable] = {table.name: table for table in tables}
    return {
        lease_id: json.dumps({**found, "waterfall": _waterfall(rows[lease_id], by_name)})
        for lease_id, found in households(known, as_of, rows)
    }


def save(session: Session, frozen: FrozenList, files: Files) -> bool:
    """Keep the files of a list's leases, in the transaction that freezes the list; False when they are there already."""
    wanted = {row.lease_id: json.loads(files[row.lease_id]) for row in frozen.rows}
    return register.save(session, frozen.landlord_id, frozen.week, frozen.management_unit, wanted)


def _points_last(row: Row) -> bool:
    """Of a lease on two tabs, the row that carries points is the one kept."""
    return row.drift is not None or row.decrochage is not None


def _waterfall(row: Row, tables: Mapping[str, PublishedTable]) -> list[dict[str, Any]]:
    """One entry a score shown on the row: its table, its threshold, and the points of each reason in order."""
    scores = {"derive": row.drift, "decrochage": row.decrochage}
    return [
        {
            "score": name,
            "title": tables[name].title,
            "version": tables[name].version,
            "minimum": tables[name].minimum,
            "total": tables[name].total,
            "steps": [{"text": reason.text, "points": reason.points} for reason in row.reasons if reason.score == name],
        }
        for name, score in scores.items()
        if score is not None
    ]
