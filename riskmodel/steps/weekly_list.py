"""Monday: past lists measured, then the lists of every unit, frozen in the register with who was drawn, then written as files."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import md5
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel import documents, explain, people, register
from riskmodel.backtest import rankers
from riskmodel.casework import decisions, reviews
from riskmodel.casework.key import week_of
from riskmodel.contracts import TABLES
from riskmodel.documents import record
from riskmodel.errors import ListRefused
from riskmodel.features import switched_off
from riskmodel.lake import Source
from riskmodel.people import corrections
from riskmodel.register import draws, lists
from riskmodel.register.lists import keep_only
from riskmodel.settings import Settings
from riskmodel.steps import features, household_files, score, track
from riskmodel.steps.calendar import day_before
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.household_files import Files
from riskmodel.steps.serving import serving
from riskmodel.steps.source import source
from riskmodel.weekly.compose import Composed, compose, explained
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.freezing import freeze, last_before, thaw
from riskmodel.weekly.frozen import TABS, FrozenList, Row
from riskmodel.weekly.stock import assemble, place


def build(settings: Settings, landlord_id: str, monday: date) -> dict[str, Any]:
    """Freeze the list of every unit for the week of `monday` and write its files; counts and folders back.

    All lists of a landlord are frozen in one transaction; the same week built again from the same facts changes nothing, and a
    list whose review has begun is not replaced whatever was learnt since: `kept` names its unit. Raises
    NothingKnown, or ListRefused when the day is not a Monday or the newest delivery is too old.
    """
    if monday.isoweekday() != 1:
        raise ListRefused(f"{monday.isoformat()} n'est pas un lundi. Donnez le lundi de la semaine voulue.")
    as_of = day_before(monday)
    pinned, last_delivery = source(settings, landlord_id, as_of)
    if last_delivery > as_of:
        raise ListRefused(f"{landlord_id} : aucune livraison avant le {monday.isoformat()}. Choisissez un lundi plus récent.")
    edition = _edition(settings, landlord_id, monday, last_delivery, pinned)
    edition.warnings()
    stock = place(_stock(settings, pinned, edition), edition)
    composed = _composed(settings, pinned, stock, edition)
    files = household_files.gather(pinned, as_of, composed.lists, (edition.drift, edition.contact))
    kept, replaced = _freeze(settings, composed, edition, files)
    shown = [kept.get(frozen.management_unit, frozen) for frozen in composed.lists]
    folders = [_render(settings, frozen) for frozen in shown]
    return _summary(shown, replaced) | {"kept": list(kept), "folders": [str(folder) for folder in folders]}


def _edition(settings: Settings, landlord_id: str, monday: date, last_delivery: date, pinned: Source) -> Edition:
    """What all lists of the week share, once past ones have been measured."""
    as_of = day_before(monday)
    track.mature(settings, landlord_id, as_of)
    served = serving(settings, landlord_id, as_of)
    with register.open_register(settings.register_url)() as session:
        muted = decisions.muted(session, landlord_id, monday)
        silent = decisions.silent(session, landlord_id, week_of(monday))
        disputed = corrections.neutralised(session, landlord_id, as_of)
        contested = corrections.sentences(session, landlord_id, as_of)
    return Edition(
        landlord=landlord_on(settings, landlord_id, monday),
        monday=monday,
        last_delivery=last_delivery,
        drift=served.drift,
        contact=served.contact,
        switched_off=tuple(_off(name) for name in switched_off(pinned.pins)),
        orders=served.orders,
        rules={name: rankers.NAMES[order] for name, order in served.orders.items() if order in rankers.NAMES},
        statements=served.statements,
        track=served.track,
        disputed=disputed,
        contested=contested,
        muted=muted,
        silent=silent,
    )


def _off(table: str) -> str:
    return f"La table « {TABLES[table].french} » n'est pas livrée : les signaux qui en dépendent sont éteints, 0 point."


def _stock(settings: Settings, pinned: Source, edition: Edition) -> pd.DataFrame:
    """Features and scores made anew from what is known now: a delivery may have come after the night's own. Where a rule serves,
    its value stands beside them."""
    folder = settings.runs / edition.landlord.landlord_id / edition.as_of.isoformat()
    for step in (features.build, score.score):
        step(settings, edition.landlord.landlord_id, edition.as_of)
    scores = pd.read_parquet(folder / "scores.parquet", dtype_backend="numpy_nullable")
    stock = assemble(score.read_features(folder / "features.parquet"), scores, people.rights(pinned, edition.as_of))
    told = corrections.unknown(stock, edition.disputed).assign(as_of=edition.as_of)
    rules = {f"rule_{name}": rankers.rank(told, rule) for name, rule in _rules(edition).items()}
    return stock.assign(**rules)


def _rules(edition: Edition) -> dict[str, str]:
    return {name: rule for name in edition.orders if (rule := edition.rule(name))}


def _composed(settings: Settings, pinned: Source, stock: pd.DataFrame, edition: Edition) -> Composed:
    """The lists, and on each row that a score flags what would have removed it."""
    landlord_id = edition.landlord.landlord_id
    with register.open_register(settings.register_url)() as session:
        units = sorted(stock["management_unit"].unique())
        before = {unit: last_before(session, landlord_id, unit, edition.week) for unit in units}
    composed = compose(stock, edition, {unit: frozen for unit, frozen in before.items() if frozen})
    tables = {"derive": edition.drift, "decrochage": edition.contact}
    flagged = {name: _flagged(composed.lists, name, table.minimum) for name, table in tables.items() if not edition.rule(name)}
    # the account cannot tell what would have removed a flag when the household says that the account is wrong
    flagged = {name: [lease for lease in leases if lease not in edition.disputed] for name, leases in flagged.items()}
    found = explain.removals(pinned, edition.as_of, flagged, tables)
    told = {lease: (removal.sentences, removal.is_exact) for (_, lease), removal in found.items()}
    return Composed(explained(composed.lists, told), composed.draws)


def _flagged(lists: Sequence[FrozenList], name: str, minimum: int) -> list[str]:
    """Leases that a score put on its tab."""
    return [row.lease_id for frozen in lists for row in frozen.rows if row.tab == name and (_score(row, name) or 0) >= minimum]


def _score(row: Row, name: str) -> int | None:
    return row.drift if name == "derive" else row.decrochage


def _freeze(settings: Settings, composed: Composed, edition: Edition, files: Files) -> tuple[dict[str, FrozenList], int]:
    """Lists, files of their households and draws in one transaction. The lists under review, which stay as they were, by unit;
    and how many of the others were new or changed."""
    landlord_id, week = edition.landlord.landlord_id, edition.week
    with register.open_register(settings.register_url).begin() as session:
        begun = reviews.begun(session, landlord_id, week)
        keep_only(session, landlord_id, week, [*begun, *(frozen.management_unit for frozen in composed.lists)])
        drawn = [asdict(drawn) for drawn in composed.draws if drawn.management_unit not in begun]
        stay = [row for row in draws.read(session, landlord_id, week) if row["management_unit"] in begun]
        draws.keep(session, landlord_id, week, [*drawn, *stay])
        free = [frozen for frozen in composed.lists if frozen.management_unit not in begun]
        replaced = sum(freeze(session, frozen) | household_files.save(session, frozen, files) for frozen in free)
        under_review = {unit: thaw(session, landlord_id, unit, week) for unit in sorted(begun)}
        return {unit: frozen for unit, frozen in under_review.items() if frozen}, replaced


def _render(settings: Settings, frozen: FrozenList) -> Path:
    folder = settings.outputs / frozen.landlord_id / frozen.week / folder_name(frozen.management_unit)
    documents.write(frozen, folder)
    return folder


def newest_head(settings: Settings, landlord_id: str) -> list[str]:
    """What page one of a landlord's newest lists says of what serves them and of what past ones were worth; empty before any."""
    with register.open_register(settings.register_url)() as session:
        days = lists.days(session, landlord_id, date.max)
        if not days:
            return []
        evidence, _ = lists.of_day(session, landlord_id, days[-1])[0]
        frozen = thaw(session, landlord_id, evidence["management_unit"], evidence["week"])
    return record.head(frozen) if frozen else []


def folder_name(unit: str) -> str:
    """A unit's name as a folder on any system; a name that has to be changed gets a mark of its own."""
    safe = re.sub(r"[^\w .-]", "-", unit).strip(" .")
    return safe if safe == unit else f"{safe}-{md5(unit.encode(), usedforsecurity=False).hexdigest()[:6]}"


def _summary(lists: list[FrozenList], replaced: int) -> dict[str, Any]:
    rows = Counter(row.tab for frozen in lists for row in frozen.rows)
    return {"units": len(lists), "written": replaced, **{str(tab): rows[tab] for tab in TABS}}
