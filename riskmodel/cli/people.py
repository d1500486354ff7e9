"""`riskmodel people`: objections, corrections, a household's letter and its complete file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from riskmodel import settings
from riskmodel.cli import app, console
from riskmodel.documents import letter as letters
from riskmodel.documents import person
from riskmodel.people.corrections import OUTCOMES
from riskmodel.people.days import day_of
from riskmodel.people.facts import facts
from riskmodel.steps import people, rights

commands = typer.Typer(no_args_is_help=True, help="Droits des ménages : opposition, correction, lettre, dossier complet.")
app.add_typer(commands, name="people")

Lease = Annotated[str, typer.Option("--lease", help="Identifiant du bail.")]
By = Annotated[str, typer.Option("--by", help="Identifiant du compte qui agit, jamais un nom.")]
To = Annotated[Path, typer.Option("--to", help="Fichier à écrire ; à remettre, puis à effacer.")]


@commands.command("object")
def object_(
    bailleur: str,
    lease: Lease,
    by: By,
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour où le ménage l'a dite, AAAA-MM-JJ.")],
) -> None:
    """Enregistre une opposition : le ménage sort des scores dès cette nuit."""
    is_new = rights.record_objection(settings.load(), bailleur, lease, on.date(), by, datetime.now(UTC))
    console.print(f"Bail {lease} : opposition {'enregistrée' if is_new else 'déjà enregistrée'}.", highlight=False)


@commands.command()
def lift(bailleur: str, lease: Lease, by: By) -> None:
    """Lève une opposition que l'équipe avait enregistrée."""
    was = rights.lift_objection(settings.load(), bailleur, lease, by, datetime.now(UTC))
    console.print(f"Bail {lease} : {'opposition levée' if was else 'aucune opposition à lever'}.", highlight=False)


@commands.command()
def contest(
    bailleur: str,
    lease: Lease,
    by: By,
    fact: Annotated[str, typer.Option("--fact", help="Fait contesté : " + ", ".join(facts()) + ".")],
) -> None:
    """Enregistre une demande de correction : le fait ne compte plus dans le score tant qu'elle est ouverte."""
    request = rights.contest(settings.load(), bailleur, lease, fact, by, datetime.now(UTC))
    console.print(f"Bail {lease}, demande n° {request.id} : {request.fact.label}. {request.fact.check}", highlight=False)


@commands.command()
def settle(
    bailleur: str,
    number: Annotated[int, typer.Argument(help="Numéro de la demande.")],
    by: By,
    outcome: Annotated[str, typer.Option("--outcome", help="Issue : " + ", ".join(OUTCOMES) + ".")],
) -> None:
    """Clôt une demande de correction."""
    request = rights.settle(settings.load(), bailleur, number, outcome, by, datetime.now(UTC))
    console.print(f"Demande n° {number} : {request.outcome_label}.", highlight=False)


@commands.command()
def letter(bailleur: str, lease: Lease, to: To) -> None:
    """Écrit la lettre d'information d'un ménage (PDF, avec son nom et son adresse)."""
    told = people.letter(settings.load(), bailleur, lease, day_of(datetime.now(UTC)), is_named=True)
    to.write_bytes(letters.pdf(told))
    console.print(f"Écrit : {to}", highlight=False, soft_wrap=True)


@commands.command("file")
def file_(bailleur: str, lease: Lease, to: To) -> None:
    """Écrit le dossier complet d'un ménage : JSON si le nom finit par « .json », sinon PDF."""
    found = people.person_file(settings.load(), bailleur, lease, datetime.now(UTC))
    to.write_bytes(person.as_json(found) if to.suffix == ".json" else person.pdf(found))
    console.print(f"Écrit : {to}", highlight=False, soft_wrap=True)
