"""Monday: the lists of every unit, frozen in the register, then written as files."""

import re
from collections import Counter
from datetime import date
from hashlib import md5
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel import documents, people, register
from riskmodel.contracts import TABLES
from riskmodel.errors import ListRefused
from riskmodel.features import switched_off
from riskmodel.lake import Source
from riskmodel.register.lists import keep_only
from riskmodel.score import published
from riskmodel.settings import Settings, landlord
from riskmodel.steps import features, score
from riskmodel.steps.calendar import day_before
from riskmodel.steps.source import source
from riskmodel.weekly.compose import compose
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.freezing import freeze, last_before
from riskmodel.weekly.frozen import TABS, FrozenList
from riskmodel.weekly.stock import assemble, place


def build(settings: Settings, landlord_id: str, monday: date) -> dict[str, Any]:
    """Freeze the list of every unit for the week of `monday` and write its files; counts and folders back.

    All lists of a landlord are frozen in one transaction; the same week built again from the same facts changes nothing. Raises
    NothingKnown, or ListRefused when the day is not a Monday or the newest delivery is too old.
    """
    if monday.isoweekday() != 1:
        raise ListRefused(f"{monday.isoformat()} n'est pas un lundi. Donnez le lundi de la semaine voulue.")
    pinned, last_delivery = source(settings, landlord_id, day_before(monday))
    if last_delivery > day_before(monday):
        raise ListRefused(f"{landlord_id} : aucune livraison avant le {monday.isoformat()}. Choisissez un lundi plus récent.")
    edition = Edition(
        landlord=landlord(settings, landlord_id),
        monday=monday,
        last_delivery=last_delivery,
        drift=published("derive"),
        contact=published("decrochage"),
        switched_off=tuple(_off(name) for name in switched_off(pinned.pins)),
    )
    edition.warnings()
    stock = place(_stock(settings, pinned, edition), edition)
    lists, replaced = _freeze(settings, stock, edition)
    folders = [_render(settings, frozen) for frozen in lists]
    return _summary(lists, replaced) | {"folders": [str(folder) for folder in folders]}


def _off(table: str) -> str:
    return f"La table « {TABLES[table].french} » n'est pas livrée : les signaux qui en dépendent sont éteints, 0 point."


def _stock(settings: Settings, pinned: Source, edition: Edition) -> pd.DataFrame:
    """Features and scores made anew from what is known now: a delivery may have come after the night's own."""
    folder = settings.runs / edition.landlord.landlord_id / edition.as_of.isoformat()
    for step in (features.build, score.score):
        step(settings, edition.landlord.landlord_id, edition.as_of)
    scores = pd.read_parquet(folder / "scores.parquet", dtype_backend="numpy_nullable")
    return assemble(score.read_features(folder / "features.parquet"), scores, people.rights(pinned, edition.as_of))


def _freeze(settings: Settings, stock: pd.DataFrame, edition: Edition) -> tuple[list[FrozenList], int]:
    landlord_id = edition.landlord.landlord_id
    with register.open_register(settings.register_url).begin() as session:
        units = stock["management_unit"].unique()
        before = {unit: last_before(session, landlord_id, unit, edition.week) for unit in units}
        composed = compose(stock, edition, {unit: frozen for unit, frozen in before.items() if frozen})
        keep_only(session, landlord_id, edition.week, list(units))
        return composed.lists, sum(freeze(session, frozen) for frozen in composed.lists)


def _render(settings: Settings, frozen: FrozenList) -> Path:
    folder = settings.outputs / frozen.landlord_id / frozen.week / folder_name(frozen.management_unit)
    documents.write(frozen, folder)
    return folder


def folder_name(unit: str) -> str:
    """A unit's name as a folder on any system; a name that has to be changed gets a mark of its own."""
    safe = re.sub(r"[^\w .-]", "-", unit).strip(" .")
    return safe if safe == unit else f"{safe}-{md5(unit.encode(), usedforsecurity=False).hexdigest()[:6]}"


def _summary(lists: list[FrozenList], replaced: int) -> dict[str, Any]:
    rows = Counter(row.tab for frozen in lists for row in frozen.rows)
    return {"units": len(lists), "written": replaced, **{str(tab): rows[tab] for tab in TABS}}
