"""Files that have had their time: set aside by a rename, proven, then deleted, so that a killed run counts each of them once."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import rmtree

from riskmodel.people.days import day_of
from riskmodel.people.retention import Due, Rule, is_proven, prove
from riskmodel.register import deliveries, open_register
from riskmodel.settings import Settings

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"(\d{4})-S(\d{2})")
_STAMP = "%Y%m%dT%H%M%S%fZ"
ROOTS = {
    "nuits": ("runs", "runs/histoire", "sorties/explications", "sorties/echeances"),
    "sorties": ("sorties", "sorties/qualite", "sorties/backtest", "sorties/coordination", "sorties/indicateurs"),
    "quarantaine": ("quarantaine/faits", "quarantaine/personnes"),
}
"""Stores of each rule: a place of the installation and, in a landlord's folder there, one of its folders."""


def due(settings: Settings, rule: Rule, landlord_id: str, today: date) -> list[Due]:
    """How many files of each store have had their time."""
    before = rule.before(today)
    found = {store: list(_old(settings, rule, landlord_id, store, before)) for store in _roots(settings, rule, landlord_id)}
    return [Due(rule.code, store, before, sum(map(_files, folders))) for store, folders in found.items()]


def remove(settings: Settings, rule: Rule, landlord_id: str, now: datetime) -> list[Due]:
    """Remove them, and whatever a killed run had set aside."""
    return [done for store in _roots(settings, rule, landlord_id) for done in _remove(settings, rule, landlord_id, store, now)]


def _remove(settings: Settings, rule: Rule, landlord_id: str, store: str, now: datetime) -> Iterator[Due]:
    root = _roots(settings, rule, landlord_id)[store]
    for aside in sorted(root.glob(f".effacement-{rule.code}-*")):
        begun = datetime.strptime(aside.name.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)
        yield _delete(settings, rule, landlord_id, store, aside, begun)
    old = list(_old(settings, rule, landlord_id, store, rule.before(day_of(now))))
    if old:
        begun = _unproven(settings, rule, landlord_id, store, now.astimezone(UTC))
        aside = root / f".effacement-{rule.code}-{begun.strftime(_STAMP)}"
        aside.mkdir()
        for number, folder in enumerate(old):
            folder.rename(aside / f"{number:05}")
        yield _delete(settings, rule, landlord_id, store, aside, begun)


def _unproven(settings: Settings, rule: Rule, landlord_id: str, store: str, now: datetime) -> datetime:
    """The instant that names what is set aside: a run killed and started again for the same instant has its own."""
    with open_register(settings.register_url)() as session:
        while is_proven(session, landlord_id, rule.code, store, now):
            now += timedelta(microseconds=1)
    return now


def _delete(settings: Settings, rule: Rule, landlord_id: str, store: str, aside: Path, begun: datetime) -> Due:
    """Prove what was set aside, unless a killed run already had, then delete it."""
    done = Due(rule.code, store, rule.before(day_of(begun)), _files(aside))
    with open_register(settings.register_url).begin() as session:
        if not is_proven(session, landlord_id, rule.code, store, begun):
            prove(session, landlord_id, done, begun)
    rmtree(aside)
    return done


def _roots(settings: Settings, rule: Rule, landlord_id: str) -> dict[str, Path]:
    """Where a rule looks, by the name of the store."""
    base = {"runs": settings.runs, "sorties": settings.outputs, "quarantaine": settings.home / "quarantaine"}
    found = {}
    for store in ROOTS[rule.code]:
        place, _, below = store.partition("/")
        found[store] = base[place] / landlord_id / below
    return {store: root for store, root in found.items() if root.is_dir()}


def _old(settings: Settings, rule: Rule, landlord_id: str, store: str, before: date) -> Iterator[Path]:
    """Folders of a store named by a day or a week before `before`; the quarantine that the next delivery reads stays."""
    kept = _last_delivery(settings, landlord_id) if rule.code == "quarantaine" else None
    for folder in sorted(_roots(settings, rule, landlord_id)[store].iterdir()):
        day = _day(folder.name)
        if folder.is_dir() and day is not None and day < before and day != kept:
            yield folder


def _last_delivery(settings: Settings, landlord_id: str) -> date | None:
    with open_register(settings.register_url)() as session:
        last = deliveries.last_accepted(session, landlord_id)
        return last.as_of if last else None


def _day(name: str) -> date | None:
    """The day that a folder's name tells: its own, or the Monday of its week."""
    if _DAY.fullmatch(name):
        return date.fromisoformat(name)
    week = _WEEK.fullmatch(name)
    return date.fromisocalendar(int(week[1]), int(week[2]), 1) if week else None


def _files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
