"""Two points tables side by side, input by input, as a person compares them before approving one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from riskmodel.features.dictionary import FEATURES
from riskmodel.register import tables
from riskmodel.score import published
from riskmodel.score.page import bound
from riskmodel.score.points import Input
from riskmodel.steps.approved import read

Rows = tuple[tuple[str, int], ...]
"""From which value on, and how many points that gives."""
UNITS = {feature.name: feature.unit for feature in FEATURES}


@dataclass(frozen=True)
class Side:
    """One input: what gives points, and how many, in this table and in the one in force. An empty side gives none."""

    label: str
    unit: str
    here: Rows
    serving: Rows


@dataclass(frozen=True)
class Beside:
    """A table beside the one in force on a day: the versions' names, from how many points each lists a household, each input."""

    version: str
    serving: str
    minimum: int
    serving_minimum: int
    sides: tuple[Side, ...]


def beside(session: Session, landlord_id: str, name: str, version: str, on: date) -> Beside | None:
    """A table of the register beside the one that serves on a day; None when there is no such table. Raises TableFileError when
    one of the texts is no longer what its digest says."""
    kept = tables.find(session, landlord_id, name, version)
    if kept is None:
        return None
    serving = tables.in_force(session, landlord_id, name, on)
    here, there = read(kept), read(serving) if serving else published(name)
    mine, theirs = ({one.feature: one for one in table.inputs} for table in (here, there))
    inputs = {**theirs, **mine}
    order = [*mine, *(feature for feature in theirs if feature not in mine)]
    sides = [
        Side(inputs[feature].label, UNITS[feature], _rows(mine.get(feature)), _rows(theirs.get(feature))) for feature in order
    ]
    return Beside(here.version, there.version, here.minimum, there.minimum, tuple(sides))


def _rows(one: Input | None) -> Rows:
    if one is None:
        return ()
    rows = [(bound(row), row.points) for row in one.rows] + [("inconnu", one.unknown.points)]
    return tuple((low, points) for low, points in rows if points)
