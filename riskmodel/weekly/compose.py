"""From a placed stock to frozen lists, unit by unit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from riskmodel.score import PublishedTable, reasons
from riskmodel.score.french import euros
from riskmodel.weekly.changes import change, departures
from riskmodel.weekly.cohort import ONE_TERM, is_installed, sure
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.facts import facts, plain
from riskmodel.weekly.frozen import CAUSES, FrozenList, Reason, Row, Tab
from riskmodel.weekly.selection import Selection, select

FIRST_LIST = "Première liste de cette unité : rien à comparer, tout y est nouveau."
SHORT_ROWS = 10
"""Rows shown on the two tabs that ask for a call or a check; the counts tell how many there are in all."""


def compose(stock: pd.DataFrame, edition: Edition, previous: Mapping[str, FrozenList]) -> list[FrozenList]:
    """One list a management unit of the stock, in order of unit, even where nobody is to be seen.

    `stock` is placed (weekly.stock.place); `previous` holds each unit's last earlier list. Raises ListRefused on stale data.
    """
    units = sorted(stock["management_unit"].unique())
    return [_list(stock, unit, edition, previous.get(unit)) for unit in units]


def _list(stock: pd.DataFrame, unit: str, edition: Edition, previous: FrozenList | None) -> FrozenList:
    of_unit = stock[stock["management_unit"] == unit]
    capacity = edition.landlord.rows_a_week(unit)
    chosen = select(of_unit, capacity, edition)
    rows = _rows(of_unit, chosen, edition, previous)
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
        warnings=edition.warnings() if previous else (*edition.warnings(), FIRST_LIST),
        rows=rows,
        departures=departures(rows, previous, stock, edition),
        counts=_counts(of_unit, chosen),
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
    is_scored = tab in ("derive", "decrochage")
    drift = is_scored and household["in_cohort"]
    told, before = change(household["lease_id"], tab, previous)
    return Row(
        tab=tab,
        position=position,
        lease_id=household["lease_id"],
        household_id=household["household_id"],
        change=told,
        previous_position=before,
        facts=facts(household),
        drift=plain(household["derive"]) if drift else None,
        decrochage=plain(household["decrochage"]) if is_scored else None,
        stratum=_stratum(household) if drift else None,
        why=_why(household) if tab == "ecarte" else plain(household["why"]),
        until=household["until"] if tab == "ecarte" else None,
        reasons=(*_reasons(edition.drift, household, drift), *_reasons(edition.contact, household, is_scored)),
    )


def _stratum(household: dict[str, Any]) -> str:
    return "précoce" if household["overdue_terms"] < ONE_TERM else "avancé"


def _why(household: dict[str, Any]) -> str:
    cause = CAUSES[household["cause"]]
    return f"{cause[0].upper()}{cause[1:]} : {euros(household['amount_cents'])}."


def _reasons(table: PublishedTable, household: dict[str, Any], is_wanted: bool) -> tuple[Reason, ...]:
    return tuple(Reason(**reason) for reason in reasons(table, household)) if is_wanted else ()


def _counts(unit: pd.DataFrame, chosen: Selection) -> dict[str, int]:
    tabs = unit["tab"].value_counts()
    causes = unit.loc[unit["tab"] == "ecarte", "cause"].value_counts()
    return {
        "menages": len(unit),
        "qualifies_derive": int(unit["drifts"].sum()),
        "qualifies_decrochage": int(unit["loses_contact"].sum()),
        **_beyond("coupe_derive", chosen.drift_left["derive"]),
        **_beyond("coupe_decrochage", chosen.contact_left["decrochage"]),
        "installes": int(is_installed(unit).sum()),
        "a_contacter": int(tabs.get("a_contacter", 0)),
        "ne_peut_pas_dire": int(tabs.get("ne_peut_pas_dire", 0)),
        "oppositions": int(unit["has_objected"].sum()),
        "deces": int(unit["is_deceased"].sum()),
        "ecartes": int(causes.sum()),
        **{f"ecarte_{cause}": int(causes.get(cause, 0)) for cause in CAUSES},
    }


def _beyond(key: str, scores: pd.Series) -> dict[str, int]:
    """How many qualify beyond the capacity, and the highest score among them: k is a choice of means, not a verdict."""
    return {key: len(scores), f"{key}_score": int(scores.max()) if len(scores) else 0}
