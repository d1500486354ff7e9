"""What changed since the unit's last list: who is new, who stays, who left and why, said from today's facts.

No sentence quotes a score or a threshold: a household that had been drawn leaves with the same words as one whose score fell.
"""

from typing import Any

import pandas as pd

from riskmodel.score.french import counted, day, euros, terms
from riskmodel.weekly.cohort import TWO_TERMS
from riskmodel.weekly.facts import plain
from riskmodel.weekly.frozen import CAUSES, Change, Departure, FrozenList, Row, Tab

WORKED: tuple[Tab, ...] = ("urgence", "derive", "decrochage")
"""Tabs a team works on; moving from one to another is not leaving the list."""
SETTLING = ("entrant", "incident", "plan_tenu", "surendettement")
"""Causes that say more than a payment would; beside the others a payment is told first."""


def change(lease_id: str, tab: Tab, previous: FrozenList | None) -> tuple[Change, int | None]:
    """Whether a household was already there, and its former position when it was on the same tab."""
    tabs = WORKED if tab in WORKED else (tab,)
    found = [row for row in previous.rows if row.lease_id == lease_id and row.tab in tabs] if previous else []
    if not found:
        return "nouveau", None
    return "maintenu", found[0].position if found[0].tab == tab else None


def departures(rows: tuple[Row, ...], previous: FrozenList | None, stock: pd.DataFrame) -> tuple[Departure, ...]:
    """Households of the last list's worked tabs that are on none of them now, in the order they had."""
    present = {row.lease_id for row in rows if row.tab in WORKED}
    gone = [row for row in previous.rows if row.tab in WORKED and row.lease_id not in present] if previous else []
    unit = previous.management_unit if previous else ""
    return tuple(Departure(row.lease_id, row.tab, row.position, _why(row, stock, unit)) for row in gone)


def _why(before: Row, stock: pd.DataFrame, unit: str) -> str:
    if before.lease_id not in stock.index:
        return "Bail terminé : le ménage est parti."
    now = {str(name): plain(value) for name, value in stock.loc[before.lease_id].items()}
    if now["management_unit"] != unit:
        return f"Logement suivi désormais par l'unité {now['management_unit']}."
    return _withdrawn(now) or _muted(now) or _beyond(before, now) or _settled(before, now) or _set_aside(now) or _no_longer(now)


def _withdrawn(now: dict[str, Any]) -> str | None:
    """Reasons that no score can outweigh."""
    if now["is_deceased"]:
        return "Dossier en succession, suivi à part."
    if now["has_objected"]:
        return "Opposition au profilage enregistrée."
    if now["tab"] == "ne_peut_pas_dire":
        return str(now["doubt"])
    return _set_aside(now) if now["cause"] in SETTLING else None


def _muted(now: dict[str, Any]) -> str | None:
    until = now["muted_until"]
    return f"Réponse de l'équipe : ce signalement se tait jusqu'au {day(until)}, sauf urgence." if until else None


def _set_aside(now: dict[str, Any]) -> str | None:
    if now["tab"] != "ecarte":
        return None
    cause = CAUSES[now["cause"]]
    return f"Écarté jusqu'au {day(now['until'])} au plus tard : {cause} ({euros(now['amount_cents'])})."


def _beyond(before: Row, now: dict[str, Any]) -> str | None:
    if now["tab"] in ("derive", "decrochage"):
        return "Remplit les critères de la liste, au-delà de la capacité de la semaine."
    if before.tab == "derive" and now["is_lawful"]:
        return "Dette couverte par un plan respecté ou par un surendettement recevable."
    if before.tab != "urgence" and now["is_terminated"]:
        return "Bail résilié : suivi avec la procédure."
    if before.tab != "urgence" and (now["overdue_terms"] or 0) >= TWO_TERMS:
        return f"Passé en impayé installé : {terms(now['overdue_terms'])}."
    return None


def _settled(before: Row, now: dict[str, Any]) -> str | None:
    """What the household, or the calendar, did."""
    if before.tab == "urgence":
        return _no_longer_urgent(before, now)
    exchange = now["days_since_two_way"]
    if before.tab == "decrochage" and exchange is not None and exchange <= 7:
        return f"Échange retrouvé il y a {counted(exchange, 'jour', 'jours')}."
    owed = before.facts["overdue_cents"]
    if before.tab == "derive" and owed and now["overdue_cents"] < owed:
        return f"A payé : dette courante de {euros(owed)} à {euros(now['overdue_cents'])}."
    return None


def _no_longer_urgent(before: Row, now: dict[str, Any]) -> str:
    hearing = before.facts["hearing_on"]
    if hearing and now["hearing_on"] is None:
        return f"Audience du {day(hearing)} passée ou annulée."
    return "Paiements repris : plus d'échéance en jeu."


def _no_longer(now: dict[str, Any]) -> str:
    owed, exchange = now["overdue_cents"], now["days_since_two_way"]
    debt = f"dette courante de {euros(owed)}" if owed and owed > 0 else "aucune dette courante"
    known = "aucun échange connu" if exchange is None else f"dernier échange il y a {counted(exchange, 'jour', 'jours')}"
    return f"Plus retenu cette semaine : {debt}, {known}."
