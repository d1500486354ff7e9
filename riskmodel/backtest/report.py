"""The report of a backtest for whoever runs the teams: the answer, what was asked, each figure, the limits, the words."""

from datetime import date
from typing import Any

from riskmodel.backtest.answer import answer
from riskmodel.backtest.chapters import chapter
from riskmodel.backtest.evidence import Evidence
from riskmodel.backtest.wording import texts
from riskmodel.documents.french import counted, day
from riskmodel.documents.page import Bullets, Page, Section, Terms


def report(evidence: Evidence) -> Page:
    """The page of one landlord's backtest; the same files give the same page."""
    context, said = evidence.context, texts()
    return Page(
        title=said["titre"],
        subtitle=context["landlord_name"],
        facts=_facts(evidence),
        sections=(
            answer(evidence),
            *(section for question in evidence.questions for section in chapter(question)),
            _limits(context),
            Section("Les mots", (Terms(tuple(said["mots"].items())),)),
        ),
        as_of=date.fromisoformat(context["last_delivery"]),
        is_synthetic=bool(context["is_synthetic"]),
        footer=said["pied"],
    )


def _facts(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    context, days = evidence.context, evidence.days
    last = day(date.fromisoformat(context["last_delivery"]))
    tables = " ; ".join(f"{one['title']}, version {one['version']} ({one['hash'][:12]})" for one in context["tables"].values())
    return (
        ("Mesuré sur", f"{counted(len(days), 'dimanche')}, un sur quatre, du {day(days[0])} au {day(days[-1])}"),
        (
            "Suivi",
            f"{context['horizon_days']} jours après chaque dimanche ; dernière livraison le {last}",
        ),
        ("Capacité", f"{counted(context['capacity']['commun'], 'ligne')} par semaine, toutes équipes ensemble"),
        ("Tables posées", tables),
        ("Comment", texts()["methode"]),
    )


def _limits(context: dict[str, Any]) -> Section:
    said = texts()["limites"]
    lines = ([said["synthetique"]] if context["is_synthetic"] else []) + said["lignes"]
    return Section("Ce que ces chiffres ne disent pas", (Bullets(tuple(lines)),), is_chapter=True)
