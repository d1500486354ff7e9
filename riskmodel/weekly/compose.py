"""From a placed stock to frozen lists, unit by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from riskmodel.score import PublishedTable, probability, reasons
from riskmodel.score.french import counted, euros
from riskmodel.weekly import rules
from riskmodel.weekly.changes import WORKED, change, departures
from riskmodel.weekly.cohort import ONE_TERM, is_installed, sure
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.exploration import Draw, places
from riskmodel.weekly.facts import facts, plain
from riskmodel.weekly.frozen import CAUSES, DISPUTED_FACT, SILENT_FACT, FrozenList, Reason, Row, Tab
from riskmodel.weekly.selection import Selection, select

FIRST_LIST = "Première liste de cette unité : rien à comparer, tout y est nouveau."
DRAWN = (
    "De 10 à 15 % des lignes sont tirées au sort parmi les ménages que le classement ne retient pas, "
    "pour mesurer ce qu'il manque. Aucune marque ne les distingue avant la décision : jugez chaque ligne sur ses faits."
)
NOT_DRAWN = (
    "Aucune ligne n'est tirée au sort : à moins de 7 lignes par semaine, une seule dépasserait 15 % de la liste. "
    "Ce que cette liste manque n'est donc pas mesuré."
)
SCORED: tuple[Tab, ...] = ("derive", "decrochage")
HORIZON_DAYS = 90
"""Of the probability shown beside a score."""
SHORT_ROWS = 10
"""Rows shown on the two tabs that ask for a call or a check; the counts tell how many there are in all."""


@dataclass(frozen=True)
class Composed:
    """The lists of a week, and who was drawn: the register keeps both in one transaction, and the lists never tell the draws."""

    lists: list[FrozenList]
    draws: tuple[Draw, ...]


def compose(stock: pd.DataFrame, edition: Edition, previous: Mapping[str, FrozenList]) -> Composed:
    """One list a management unit of the stock, in order of unit, even where nobody is to be seen.

    `stock` is placed (weekly.stock.place); `previous` holds each unit's last earlier list. Raises ListRefused on stale data.
    """
    units = sorted(stock["management_unit"].unique())
    chosen = {
        unit: select(stock[stock["management_unit"] == unit], edition.landlord.rows_a_week(unit), edition) for unit in units
    }
    lists = [_list(stock, unit, chosen[unit], edition, previous.get(unit)) for unit in units]
    return Composed(lists, tuple(draw for selection in chosen.values() for draw in selection.draws))


def explained(lists: Sequence[FrozenList], removals: Mapping[str, tuple[tuple[str, ...], bool]]) -> list[FrozenList]:
    """The lists with, on each scored row, what would have removed it: sentences by lease, and whether no smaller set would."""
    return [replace(frozen, rows=tuple(_explained(row, removals) for row in frozen.rows)) for frozen in lists]


def _explained(row: Row, removals: Mapping[str, tuple[tuple[str, ...], bool]]) -> Row:
    if row.tab not in SCORED or row.lease_id not in removals:
        return row
    sentences, is_exact = removals[row.lease_id]
    return replace(row, removal=sentences, removal_is_exact=is_exact)


def _list(stock: pd.DataFrame, unit: str, chosen: Selection, edition: Edition, previous: FrozenList | None) -> FrozenList:
    rows = _rows(chosen.unit, chosen, edition, previous)
    capacity = edition.landlord.rows_a_week(unit)
    return FrozenList(
        landlord_id=edition.landlord.landlord_id,
        landlord_name=edition.landlord.name,
        is_synthetic=edition.landlord.is_synthetic,
        management_unit=unit,
        week=edition.week,
        monday=edition.monday,
        as_of=edition.as_of,
        capacity=capacity,
        last_delivery=edition.last_delivery,
        tables=(edition.drift.identity(), edition.contact.identity()),
        warnings=(*edition.warnings(), *_silence_told(rows), *(() if previous else (FIRST_LIST,))),
        rows=rows,
        departures=departures(rows, previous, stock),
        counts=_counts(chosen.unit, chosen, edition),
        track=edition.track,
        statements=(*edition.statements, DRAWN if places(capacity) else NOT_DRAWN),
        orders={score: edition.rule(score) or "score" for score in SCORED},
    )


def _rows(unit: pd.DataFrame, chosen: Selection, edition: Edition, previous: FrozenList | None) -> tuple[Row, ...]:
    tabs: dict[Tab, pd.DataFrame] = {
        "urgence": _in_order(unit, "urgence", ["stake_on", "lot"], edition),
        "derive": chosen.drift,
        "decrochage": chosen.contact,
        "ne_peut_pas_dire": _largest_first(unit, "ne_peut_pas_dire", "legal_cents", edition)[:SHORT_ROWS],
        "ecarte": _largest_first(unit[_is_told(unit)], "ecarte", "amount_cents", edition),
        "a_contacter": _largest_first(unit, "a_contacter", "overdue_terms", edition)[:SHORT_ROWS],
    }
    return tuple(
        _row({str(name): value for name, value in household.items()}, tab, position, edition, previous)
        for tab, households in tabs.items()
        for position, household in enumerate(households.to_dict("records"), start=1)
    )


def _is_told(unit: pd.DataFrame) -> pd.Series:
    """A payment on its way is everybody's case after the due day: it is counted, and shown only where there was a reject or a
    term left unpaid, so that a reviewer may wonder."""
    troubled = sure(unit["rejects_120d"] > 0) | sure(unit["unpaid_terms_3"] > 0)
    return (unit["cause"] != "paiement_en_chemin") | troubled


def _in_order(unit: pd.DataFrame, tab: Tab, keys: list[str], edition: Edition, *, ascending: bool = True) -> pd.DataFrame:
    rows = unit[unit["tab"] == tab]
    lots = pd.Series([edition.lot(lease) for lease in rows["lease_id"]], index=rows.index, dtype="object")
    return rows.assign(lot=lots).sort_values(keys, ascending=[ascending] * (len(keys) - 1) + [True])


def _largest_first(unit: pd.DataFrame, tab: Tab, key: str, edition: Edition) -> pd.DataFrame:
    return _in_order(unit, tab, [key, "lot"], edition, ascending=False)


def _row(household: dict[str, Any], tab: Tab, position: int, edition: Edition, previous: FrozenList | None) -> Row:
    is_scored = tab in SCORED
    shown = {score for score in SCORED if is_scored and not edition.rule(tab) and not edition.rule(score)}
    drift = "derive" in shown and household["in_cohort"]
    told, before = change(household["lease_id"], tab, previous)
    return Row(
        tab=tab,
        position=position,
        lease_id=household["lease_id"],
        household_id=household["household_id"],
        change=told,
        previous_position=before,
        facts=facts(household) | _contested(household["lease_id"], edition) | _silence(household, tab, edition, previous),
        drift=plain(household["derive"]) if drift else None,
        decrochage=plain(household["decrochage"]) if "decrochage" in shown else None,
        stratum=_stratum(household) if is_scored and household["in_cohort"] else None,
        why=_why(household, tab, edition),
        until=household["until"] if tab == "ecarte" else None,
        reasons=(*_reasons(edition.drift, household, drift), *_reasons(edition.contact, household, "decrochage" in shown)),
        probability=_chance(edition.drift if tab == "derive" else edition.contact, household[tab]) if tab in shown else None,
    )


def _contested(lease_id: str, edition: Edition) -> dict[str, str]:
    return {DISPUTED_FACT: edition.contested[lease_id]} if lease_id in edition.contested else {}


def _silence(household: dict[str, Any], tab: Tab, edition: Edition, previous: FrozenList | None) -> dict[str, int]:
    """How long lists have shown the household without an answer, from two weeks on."""
    lease_id = household["lease_id"]
    if tab not in WORKED or lease_id not in edition.silent.get(household["management_unit"], ()):
        return {}
    before = [row.facts.get(SILENT_FACT, 1) for row in previous.rows if row.lease_id == lease_id] if previous else []
    return {SILENT_FACT: max(before, default=1) + 1}


def _silence_told(rows: Sequence[Row]) -> tuple[str, ...]:
    waiting = {row.lease_id for row in rows if SILENT_FACT in row.facts}
    shown = counted(len(waiting), "ménage montré", "ménages montrés")
    return (f"{shown} depuis deux semaines ou plus sans décision : à voir en premier.",) if waiting else ()


def _stratum(household: dict[str, Any]) -> str:
    return "précoce" if household["overdue_terms"] < ONE_TERM else "avancé"


def _why(household: dict[str, Any], tab: Tab, edition: Edition) -> str | None:
    if tab == "ecarte":
        cause = CAUSES[household["cause"]]
        return f"{cause[0].upper()}{cause[1:]} : {euros(household['amount_cents'])}."
    rule = edition.rule(tab)
    why: str | None = rules.said(rule, edition.rules.get(tab, rule), household) if rule else plain(household["why"])
    return why


def _chance(table: PublishedTable, score: Any) -> float | None:
    return probability(table, int(score), HORIZON_DAYS)


def _reasons(table: PublishedTable, household: dict[str, Any], is_wanted: bool) -> tuple[Reason, ...]:
    return tuple(Reason(**reason) for reason in reasons(table, household)) if is_wanted else ()


def _counts(unit: pd.DataFrame, chosen: Selection, edition: Edition) -> dict[str, int]:
    tabs = unit["tab"].value_counts()
    causes = unit.loc[unit["tab"] == "ecarte", "cause"].value_counts()
    return {
        "menages": len(unit),
        "qualifies_derive": int(unit["drifts"].sum()),
        "qualifies_decrochage": int(unit["loses_contact"].sum()),
        **_beyond("derive", chosen.drift_left, edition),
        **_beyond("decrochage", chosen.contact_left, edition),
        "installes": int(is_installed(unit).sum()),
        "a_contacter": int(tabs.get("a_contacter", 0)),
        "ne_peut_pas_dire": int(tabs.get("ne_peut_pas_dire", 0)),
        "oppositions": int(unit["has_objected"].sum()),
        "deces": int(unit["is_deceased"].sum()),
        "muets": int(unit["muted_until"].notna().sum()),
        "ecartes": int(causes.sum()),
        **{f"ecarte_{cause}": int(causes.get(cause, 0)) for cause in CAUSES},
    }


def _beyond(score: str, left: pd.DataFrame, edition: Edition) -> dict[str, int]:
    """How many qualify beyond the capacity, and the highest score among them where the score serves: k is a choice of means, not
    a verdict."""
    highest = {} if edition.rule(score) else {f"coupe_{score}_score": int(left[score].max()) if len(left) else 0}
    return {f"coupe_{score}": len(left)} | highest
