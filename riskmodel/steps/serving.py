"""What serves a landlord's lists on a Sunday: the tables in force, what orders each score's tab, and what page one says of it.

A score serves while, over matured weeks, it is at least as good as the best simple rule at equal length; otherwise that rule
does. Stops named by the monthly watch take a score out whatever it was worth.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel import register
from riskmodel.backtest import rankers
from riskmodel.register.runs import newest
from riskmodel.register.tables import KeptTable
from riskmodel.score import PublishedTable, published
from riskmodel.score.french import counted, day
from riskmodel.score.reading import PUBLISHED
from riskmodel.settings import Settings
from riskmodel.steps.approved import kept_on, read
from riskmodel.steps.maturing import SCORE
from riskmodel.steps.worth import PROOF, Worth, judged

TITLES = {"derive": "Dérive d'impayé", "decrochage": "Décrochage"}
FALLBACK = {"derive": "balance_terms", "decrochage": "silence"}
"""What orders a tab whose score is stopped before any rule could prove itself: the order that teams without a score use."""
COLD = "rien n'est encore prouvé. Le score sert en attendant."


@dataclass(frozen=True)
class Serving:
    """`orders` names what orders each score's tab, "score" or a rule of sql/rankers; `statements` are for the head of the lists;
    `track` is what past lists were worth, in the shape of `weekly.frozen.FrozenList.track`."""

    drift: PublishedTable
    contact: PublishedTable
    orders: dict[str, str]
    statements: tuple[str, ...]
    track: tuple[dict[str, Any], ...]


def serving(settings: Settings, landlord_id: str, as_of: date) -> Serving:
    """What serves the lists of a Sunday, from what had been approved, had matured and had been stopped by then.

    Raises TableFileError when an approved text is no longer what was approved.
    """
    with register.open_register(settings.register_url)() as session:
        kept = kept_on(session, landlord_id, as_of)
        worths = {name: judged(session, landlord_id, as_of, name) for name in PUBLISHED}
        stops = _stops(session, landlord_id, as_of)
    tables = {name: read(table) if table else published(name) for name, table in kept.items()}
    orders = {name: _order(name, worths[name], stops[name]) for name in PUBLISHED}
    said = [
        sentence
        for name in PUBLISHED
        for sentence in (_table(name, tables[name], kept[name]), *_proof(name, orders[name], worths[name], stops[name]))
    ]
    track = tuple(worth.entry() for worth in worths.values() if worth)
    return Serving(tables["derive"], tables["decrochage"], orders, tuple(said), track)


def _stops(session: Session, landlord_id: str, as_of: date) -> dict[str, list[str]]:
    """Sentences of the stops in force, by score; a stop that names no score stops both."""
    run = newest(session, landlord_id, "watch", as_of)
    stops = run.summary.get("stops", []) if run else []
    return {name: [stop["sentence"] for stop in stops if stop["score"] in (None, name)] for name in PUBLISHED}


def _order(name: str, worth: Worth | None, stops: list[str]) -> str:
    if stops:
        return worth.verdict.rule if worth else FALLBACK[name]
    return SCORE if worth is None or worth.weeks < PROOF else worth.verdict.serves


def _table(name: str, table: PublishedTable, kept: KeptTable | None) -> str:
    if kept is None or kept.approved_on is None:
        return (
            f"{TITLES[name]} : table de points posée à la main, version {table.version}, ni apprise ni ajustée sur des données ; "
            "aucune table ajustée n'est approuvée."
        )
    return f"{TITLES[name]} : table de points {table.version}, approuvée le {day(kept.approved_on)}."


def _proof(name: str, order: str, worth: Worth | None, stops: list[str]) -> list[str]:
    """Why this order serves, and what allows to say it."""
    if stops:
        return [f"{TITLES[name]} : score arrêté. {' '.join(stops)} La règle « {rankers.NAMES[order]} » ordonne la liste."]
    if worth is None:
        return [f"{TITLES[name]} : aucune semaine passée n'est encore échue, {COLD}"]
    if worth.weeks < PROOF:
        closed = counted(worth.weeks, "semaine échue", "semaines échues")
        return [f"{TITLES[name]} : {closed} seulement, il en faut {PROOF} : {COLD}"]
    if order == SCORE:
        proof = "sur les semaines échues, il a fait au moins aussi bien que la meilleure règle simple, à longueur égale"
        return [f"{TITLES[name]} : le score ordonne la liste ; {proof}."]
    proof = "sur les semaines échues, elle a fait mieux que le score, à longueur égale"
    return [f"{TITLES[name]} : la règle « {rankers.NAMES[order]} » ordonne la liste, sans points ; {proof}."]
