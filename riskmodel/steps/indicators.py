"""Indicators of a landlord: debts read in the lake at the end of each month, what people did read in the register; as files."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskmodel import register, settings
from riskmodel.coordination.indicators import ledger, path
from riskmodel.coordination.indicators.figures import Figures, last_day, span
from riskmodel.coordination.indicators.packs import pack
from riskmodel.coordination.indicators.words import MONTH, YEAR
from riskmodel.errors import NothingKnown
from riskmodel.lake import Source
from riskmodel.register import organisations
from riskmodel.settings import Settings
from riskmodel.steps.coordination import FORMS, put
from riskmodel.steps.coverage import recorded
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.source import source

FOLDER = "indicateurs"
DECEMBER = 12
RUN = ("indicators",)
"""The name in the journal of how a month's indicators went."""


def gather(given: Settings, landlord_id: str, kind: str, on: date) -> Figures:
    """All figures of a pack asked for on a day, « mois » or « annee ».

    Debts and delays are those known at the end of each month, acts and decisions those known on `on`: the same day asked again
    gives the same figures. Raises NothingKnown before the first delivery.
    """
    days = span(kind, on)
    ends = {month: _known(given, landlord_id, last_day(month)) for month in (days.before, *days.months)}
    acts, hearings = ledger.done(source(given, landlord_id, on)[0], on)
    with register.open_register(given.register_url)() as session:
        return Figures(
            kind=kind,
            span=days,
            stocks={month: ledger.stock(*known) for month, known in ends.items()},
            read_on={month: day for month, (_, day) in ends.items()},
            acts=acts,
            defaults=ledger.defaults(*ends[days.month]),
            hearings=hearings,
            reached=path.reached(session, landlord_id, schemes_of(given, landlord_id), days.first, days.last, on),
            names=organisations.names(session, landlord_id, "agency"),
        )


def _known(given: Settings, landlord_id: str, end: date) -> tuple[Source, date]:
    """The lake as known at the end of a day, and that day; or the day of the newest delivery, when that is older: later on, terms
    fall due and what was paid of them is not known yet."""
    known, delivered = source(given, landlord_id, end)
    return known, min(end, delivered)


def write(given: Settings, landlord_id: str, kind: str, on: date) -> list[Path]:
    """Count a pack as of a day and write it; gives its files."""
    return keep(given, landlord_id, gather(given, landlord_id, kind, on))


def keep(given: Settings, landlord_id: str, found: Figures) -> list[Path]:
    """Write figures in every form, and what the application shows of them, in a folder of the day they were asked for."""
    landlord = settings.landlord(given, landlord_id)
    made = pack(found, landlord.name, is_synthetic=landlord.is_synthetic)
    folder = given.outputs / landlord_id / FOLDER / found.span.on.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    files = [put(folder / f"{found.kind}.{end}", write_as(made)) for end, write_as in FORMS.items()]
    told = json.dumps(_told(found), ensure_ascii=False, indent=1, sort_keys=True)
    return [*files, put(folder / f"{found.kind}.json", told.encode())]


def month(given: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Write the indicators of the month that ends on `as_of`, and in December those of the year, noted like the other steps; how
    many files. A landlord without an accepted delivery has none, and does not fail."""
    summary = recorded(given, landlord_id, as_of, RUN[0], _due)
    return {name: value for name, value in summary.items() if isinstance(value, int)}


def _due(given: Settings, landlord_id: str, as_of: date) -> Mapping[str, Any]:
    kinds = (MONTH, YEAR) if as_of.month == DECEMBER else (MONTH,)
    try:
        return {"files": sum(len(write(given, landlord_id, kind, as_of)) for kind in kinds)}
    except NothingKnown:
        return {"files": 0}


def _told(found: Figures) -> dict[str, Any]:
    """What a page shows of a pack: each unit at the end of the newest month, and its acts of that month and of twelve."""
    return {
        "month": found.span.month,
        "last": found.read_on[found.span.month].isoformat(),
        "units": [_line(found, unit) for unit in found.units],
    }


def _line(found: Figures, unit: str) -> dict[str, Any]:
    mine = found.only(unit)
    stock = mine.stock(found.span.month)
    return {
        "unit": unit,
        "name": found.unit(unit),
        "households": stock.households,
        "owing": stock.owing,
        "three_months": stock.three_months,
        "twelve_months": stock.twelve_months,
        "frozen": stock.frozen,
        "payment_orders": mine.done("payment_order", found.span.months),
        "summonses": mine.done("summons", found.span.months),
        "flagged": len(mine.reached),
        "helped": sum(one.has("helped") for one in mine.reached),
    }


def written(given: Settings, landlord_id: str) -> dict[date, tuple[str, ...]]:
    """Days on which packs were written, newest first, each with the kinds that are there."""
    folder = given.outputs / landlord_id / FOLDER
    days = sorted(folder.glob("????-??-??"), reverse=True)
    found = {date.fromisoformat(day.name): tuple(sorted(file.stem for file in day.glob("*.json"))) for day in days}
    return {day: kinds for day, kinds in found.items() if kinds}


def read(given: Settings, landlord_id: str, kind: str, on: date, end: str) -> bytes | None:
    """A file of a pack that was written, by the end of its name; None when there is none."""
    file = given.outputs / landlord_id / FOLDER / on.isoformat() / f"{kind}.{end}"
    return file.read_bytes() if file.is_file() else None
