"""`riskmodel features`: features of a night, one lease's account as the engine reads it, and the dictionary's page."""

from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from riskmodel import REPOSITORY, settings
from riskmodel.cli import app, console
from riskmodel.documents.french import counted, day, decimal, euros, integer
from riskmodel.features import FEATURES, Account, Feature, dictionary_markdown
from riskmodel.steps import features as step

commands = typer.Typer(no_args_is_help=True, help="Traits : ce que le compte et les contacts disent de chaque bail.")
app.add_typer(commands, name="features")

Day = Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Jour de la question, AAAA-MM-JJ.")]


@commands.command()
def build(bailleur: str, as_of: Day) -> None:
    """Calcule les traits de tous les baux en cours."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Traits", total=None)
        summary = step.build(
            settings.load(),
            bailleur,
            as_of.date(),
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    console.print(f"{bailleur}, {day(as_of.date())} : {counted(summary['leases'], 'bail', 'baux')}.", highlight=False)
    if summary["switched_off"]:
        console.print(f"Tables jamais livrées, signaux éteints : {summary['switched_off']}.", highlight=False)


@commands.command()
def explain(bailleur: str, bail: str, as_of: Day) -> None:
    """Montre le compte d'un bail : termes, débits restant dus et traits, avec leur sens."""
    account = step.explain(settings.load(), bailleur, as_of.date(), bail)
    console.print(f"[bold]Bail {bail}[/] au {day(as_of.date())}", highlight=False)
    for grid in (_terms(account), _debits(account), _features(account)):
        console.print(grid, highlight=False)


@commands.command()
def dictionary() -> None:
    """Réécrit docs/features.md, le dictionnaire des traits."""
    page = REPOSITORY / "docs" / "features.md"
    page.write_text(dictionary_markdown(), encoding="utf-8")
    console.print(f"Écrit : {page}", soft_wrap=True)


def _terms(account: Account) -> Table:
    grid = Table("Période", "Échéance", "Appelé", "Aide comptée", "Net", "Payé à temps", "", title="Termes échus")
    for term in account.terms:
        benefit = (
            f"{euros(term['counted_cents'])} {'reçue' if term['is_received'] else 'attendue'}" if term["counted_cents"] else "—"
        )
        paid = "—" if term["paid_cents"] is None else euros(term["paid_cents"])
        state = {None: "", True: "non soldé", False: "soldé"}[term["is_unpaid"]]
        grid.add_row(
            term["period"], day(term["due_on"]), euros(term["gross_cents"]), benefit, euros(term["net_cents"]), paid, state
        )
    return grid


def _debits(account: Account) -> Table:
    grid = Table("Jour", "Nature", "Montant", "Reste dû", title="Débits restant dus, du plus ancien au plus récent")
    for debit in account.debits:
        kind = "technique" if debit["is_technical"] else "courant"
        grid.add_row(day(debit["day"]), kind, euros(debit["amount_cents"]), euros(debit["unpaid_cents"]))
    return grid


def _features(account: Account) -> Table:
    grid = Table("Trait", "Valeur", "Sens", title="Traits")
    for feature in FEATURES:
        grid.add_row(feature.name, _shown(feature, account.features[feature.name]), feature.meaning)
    return grid


def _shown(feature: Feature, value: Any) -> str:
    if value is None:
        return "inconnu"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return day(value)
    if feature.unit == "centimes":
        return euros(value)
    figure = decimal(value) if isinstance(value, float) else integer(value) if isinstance(value, int) else str(value)
    return f"{figure} {feature.unit}".rstrip()
