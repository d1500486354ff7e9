"""Qualité des données and Exécutions: what each delivery was worth, how each night ended, and what to do when it did not."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy import select

from riskmodel.access.policy import Action
from riskmodel.register.deliveries import REFUSED
from riskmodel.register.models import DeliveryRow, Run
from riskmodel.steps.coverage import ENDED_WELL, NOT_REACHED, WORDS
from riskmodel.web import admin
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
QUALITY, RUNS = "/admin/qualite", "/admin/executions"
DELIVERIES = 60
NIGHTS = 30
STEPS = {
    "receive": "Réception",
    "features": "Mesures",
    "score": "Scores",
    "deadlines": "Échéances",
    "track": "Bilan",
    "weekly_list": "Listes",
    "propose": "Proposition",
    "monthly_watch": "Surveillance",
    "indicators": "Indicateurs",
    "retention": "Conservation",
    "notices": "Avis aux partenaires",
}
MOVES = {
    "receive": "Lisez le rapport de qualité : toutes les fautes y sont. Faites renvoyer la livraison, puis relancez la nuit.",
    "features": "Recevez d’abord une livraison complète, puis relancez la nuit.",
    "score": "Ne diffusez rien. Gardez les fichiers de la nuit et signalez le défaut.",
    "deadlines": "Relancez les mesures, puis les échéances : la même nuit redonne les mêmes. Sinon, signalez le défaut.",
    "track": "Relancez : chaque dimanche échu n’est compté qu’une fois.",
    "weekly_list": "Réparez la nuit du bailleur, puis relancez les listes : la même nuit redonne les mêmes listes.",
    "propose": "Rien ne presse : la table en place sert. Relancez, ou attendez le trimestre suivant.",
    "retention": "Relancez : ce qui était commencé s’achève, avec sa preuve.",
    "indicators": "Relancez : le même mois redonne les mêmes chiffres.",
    "notices": "Corrigez l’adresse ou le serveur de courrier nommé, puis relancez : un avis parti ne repart pas.",
}
"""The next move by step, as docs/exploitation.md tells it at length."""
READ = "Lisez le journal de la tâche, corrigez la cause, puis relancez."
LATER = "Rien : cette étape suivra quand celle d’avant sera relancée."


@dataclass(frozen=True)
class Judged:
    """One delivery in a line: rows read and set aside, how many of its rules refused it."""

    as_of: date
    mode: str
    is_refused: bool
    read: int
    quarantined: int
    waiting: int
    refusals: int
    gaps: int


@dataclass(frozen=True)
class Night:
    """One day's steps by name."""

    as_of: date
    runs: dict[str, Run]

    @property
    def stopped(self) -> list[tuple[Run, str]]:
        """Steps that did not end well, each with the next move."""
        red = [run for run in self.runs.values() if run.status not in ENDED_WELL]
        return [(run, LATER if run.status == NOT_REACHED else MOVES.get(run.step, READ)) for run in red]


@routes.get(QUALITY, Action.QUALITY)
def quality(asked: Asked, bailleur: str = "") -> Response:
    """The last deliveries, newest first."""
    about = admin.chosen(asked, Action.QUALITY, bailleur)
    mine = select(DeliveryRow).filter_by(landlord_id=about["landlord_id"])
    found = asked.session.scalars(mine.order_by(DeliveryRow.as_of.desc(), DeliveryRow.id.desc()).limit(DELIVERIES))
    return admin.page(asked, "quality.html", lines=[_judged(row) for row in found], **about)


@routes.get(QUALITY + "/{landlord_id}/{day}", Action.QUALITY)
def report(asked: Asked, landlord_id: str, day: date) -> Response:
    """What was found in one day's delivery: rules, counts by table, next moves; no value of any row."""
    path = asked.settings.outputs / landlord_id / "qualite" / day.isoformat() / "qualite.json"
    if not path.is_file():
        raise PageUnknown(f"Aucun rapport de qualité pour le {day:%d/%m/%Y}.")
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return admin.page(asked, "delivery.html", report=said, delivered=day, landlord_id=landlord_id)


@routes.get(RUNS, Action.RUNS)
def runs(asked: Asked, bailleur: str = "") -> Response:
    """How the last nights ended, step by step; those that stopped say why and what to do."""
    about = admin.chosen(asked, Action.RUNS, bailleur)
    mine = select(Run).filter_by(landlord_id=about["landlord_id"])
    days = mine.with_only_columns(Run.as_of).distinct().order_by(Run.as_of.desc()).limit(NIGHTS)
    nights: dict[date, Night] = {}
    for run in asked.session.scalars(mine.where(Run.as_of.in_(days)).order_by(Run.as_of.desc(), Run.id)):
        nights.setdefault(run.as_of, Night(run.as_of, {})).runs[run.step] = run
    seen = dict.fromkeys(step for night in nights.values() for step in night.runs)
    names = {step: STEPS.get(step, step) for step in sorted(seen, key=[*STEPS, *seen].index)}
    return admin.page(asked, "runs.html", nights=list(nights.values()), names=names, words=WORDS, well=ENDED_WELL, **about)


def _judged(row: DeliveryRow) -> Judged:
    tables = row.summary.get("tables", {}).values()
    return Judged(
        as_of=row.as_of,
        mode=row.mode,
        is_refused=row.status == REFUSED,
        read=sum(table["read"] for table in tables),
        quarantined=sum(table["quarantined"] for table in tables),
        waiting=sum(table["waiting"] for table in row.summary.get("waiting", {}).values()),
        refusals=len(row.summary.get("refusals", ())),
        gaps=row.summary.get("balances", {}).get("gaps", 0),
    )
