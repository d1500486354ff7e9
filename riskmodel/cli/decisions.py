"""`riskmodel decisions`: what a person decided about a row of a weekly list, one at a time or from an edited workbook."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.casework.key import PARIS, ListKey
from riskmodel.casework.returned import Returned
from riskmodel.cli import app, console
from riskmodel.documents.french import counted
from riskmodel.errors import DecisionRefused
from riskmodel.steps import decisions as step
from riskmodel.weekly.answers import ACTING, DECISIONS, PAUSING

commands = typer.Typer(no_args_is_help=True, help="Décisions des équipes sur les lignes des listes figées.")
app.add_typer(commands, name="decisions")

Week = Annotated[str, typer.Option("--week", help="Semaine de la liste, par exemple 2026-S45.")]
Unit = Annotated[str, typer.Option("--unit", help="Unité de gestion.")]
Lease = Annotated[str, typer.Option("--lease", help="Identifiant du bail.")]
Code = Annotated[str, typer.Option("--code", help="Code de la décision : " + ", ".join(DECISIONS) + ".")]
Reason = Annotated[
    str | None,
    typer.Option("--reason", help=f"Code du motif. Pour agir : {', '.join(ACTING)} ; pour attendre : {', '.join(PAUSING)}."),
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Fin de l'attente, AAAA-MM-JJ, avec « pause » seulement.")
]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour de la décision, AAAA-MM-JJ ; aujourd'hui si absent.")
]
By = Annotated[str, typer.Option("--by", help="Identifiant du compte qui décide ou annule, jamais un nom.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Le classeur « liste.xlsx » rempli par l'équipe.")]
Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", help="Bail dont la décision enregistrée est remplacée par celle du classeur. À répéter."),
]


@commands.command()
def record(
    bailleur: str,
    week: Week,
    unit: Unit,
    lease: Lease,
    code: Code,
    by: By,
    reason: Reason = None,
    until: Until = None,
    on: Day = None,
) -> None:
    """Enregistre la décision prise sur une ligne."""
    key = ListKey(bailleur, week, unit)
    is_new = step.record(settings.load(), key, lease, code, by, _instant(on), reason, until.date() if until else None)
    console.print(f"Bail {lease}, {week} : {DECISIONS[code]}{'' if is_new else ' (déjà enregistré)'}.", highlight=False)


@commands.command()
def undo(bailleur: str, week: Week, unit: Unit, lease: Lease, by: By) -> None:
    """Annule la décision prise sur une ligne ; elle reste dans l'historique, avec le compte qui l'annule."""
    is_gone = step.undo(settings.load(), ListKey(bailleur, week, unit), lease, by, datetime.now(UTC))
    console.print(f"Bail {lease}, {week} : {'décision annulée' if is_gone else 'aucune décision à annuler'}.", highlight=False)


@commands.command("import")
def bring_back(file: File, by: By, accept: Accept = None) -> None:
    """Enregistre les réponses d'un classeur rempli ; ce qui contredit une décision est montré, pas remplacé."""
    accepted = frozenset(accept or ())
    key, found = step.bring_back(settings.load(), file, accepted, by, datetime.now(UTC))
    left = [conflict for conflict in found.conflicts if conflict.answer.lease_id not in accepted]
    replaced = len(found.conflicts) - len(left)
    new = counted(len(found.new) + replaced, "décision enregistrée", "décisions enregistrées")
    same = counted(len(found.same), "déjà connue", "déjà connues")
    console.print(f"{key} : {new} (dont {replaced} à la place d'une autre), {same}.", highlight=False)
    told = [*_contradictions(found, accepted), *map(str, found.faults)]
    if told:
        raise DecisionRefused("\n".join([f"{key} : ceci n'a pas été enregistré.", *told]))


def _instant(on: datetime | None) -> datetime:
    """Now; for a day gone by, its noon in France, since nobody wrote the hour down."""
    return datetime.now(UTC) if on is None else datetime.combine(on.date(), time(12), PARIS)


def _contradictions(found: Returned, accepted: frozenset[str]) -> list[str]:
    return [
        f"Bail {one.answer.lease_id} : le classeur dit « {one.answer.label} », le registre « {one.decided.label} » "
        f"({one.decided.decided_by}, {one.decided.decided_on:%d/%m/%Y}). Pour le remplacer : --accept {one.answer.lease_id}"
        for one in found.conflicts
        if one.answer.lease_id not in accepted
    ]
