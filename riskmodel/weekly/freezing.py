"""A frozen list in the register and back, equal to the letter."""

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.register import lists
from riskmodel.weekly.frozen import Departure, FrozenList, Reason, Row

_DATE = "date"
_COLUMNS = ("tab", "position", "lease_id", "change", "reasons")


def freeze(session: Session, frozen: FrozenList) -> bool:
    """Keep a list; False when the register already holds the same one, which then is not touched."""
    evidence = {key: _plain(value) for key, value in asdict(frozen).items() if key != "rows"}
    return lists.save(session, frozen.as_of, evidence, [_stored(row) for row in frozen.rows])


def thaw(session: Session, landlord_id: str, management_unit: str, week: str) -> FrozenList | None:
    """The list of a unit for a week, as it was frozen; None if there is none."""
    return _list(lists.read(session, landlord_id, management_unit, week))


def last_before(session: Session, landlord_id: str, management_unit: str, week: str) -> FrozenList | None:
    """The unit's newest list of an earlier week."""
    return _list(lists.read_before(session, landlord_id, management_unit, week))


def thaw_head(evidence: dict[str, Any]) -> FrozenList:
    """What heads a list, from the evidence kept with it and without its rows: a page shows a few of them at a time."""
    told = {key: _alive(value) for key, value in evidence.items() if key in {f.name for f in fields(FrozenList)}}
    return FrozenList(**told | {"departures": tuple(Departure(**departure) for departure in told["departures"])})


def thaw_row(stored: dict[str, Any]) -> Row:
    """One row, from the columns of the register (tab, position, lease_id, change, facts, reasons)."""
    told = {key: _alive(value) for key, value in stored.items() if key not in ("facts", "reasons")}
    rest = _alive(stored["facts"])
    return Row(**told, **rest, reasons=tuple(Reason(**reason) for reason in stored["reasons"]))


def _stored(row: Row) -> dict[str, Any]:
    plain = {key: _plain(value) for key, value in asdict(row).items()}
    return {key: plain[key] for key in _COLUMNS} | {"facts": {k: v for k, v in plain.items() if k not in _COLUMNS}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _alive(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value[_DATE]) if value.keys() == {_DATE} else {k: _alive(v) for k, v in value.items()}
    return tuple(_alive(item) for item in value) if isinstance(value, list) else value


def _list(kept: tuple[dict[str, Any], list[dict[str, Any]]] | None) -> FrozenList | None:
    if kept is None:
        return None
    return replace(thaw_head(kept[0]), rows=tuple(thaw_row(stored) for stored in kept[1]))
