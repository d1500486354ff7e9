"""`riskmodel law`: the dated law this service applies, checked, shown for a day, explained, and written as a page."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from riskmodel import REPOSITORY
from riskmodel.cli import app, console
from riskmodel.errors import LawUnknown
from riskmodel.law import dated
from riskmodel.law.deadlines import KINDS, deadline
from riskmodel.law.findings import Dated
from riskmodel.law.page import markdown
from riskmodel.law.shape import CERTAINTIES
from riskmodel.law.wording import explained, shown

commands = typer.Typer(no_args_is_help=True, help="Droit appliqué : des valeurs datées, avec leurs textes, qu'un juriste relit.")
app.add_typer(commands, name="law")

Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Jour demandé ; aujourd'hui si absent.")]


@commands.command()
def check(dossier: Annotated[Path | None, typer.Argument(metavar="DOSSIER", help="Valeurs à vérifier.")] = None) -> None:
    """Lit les valeurs datées, fournies ou d'un dossier, et dit tous leurs défauts à la fois."""
    values = [value for topic in dated.load(dossier or dated.FOLDER) for value in topic.values]
    unsure = sum(value.to_confirm for value in values)
    console.print(f"{len(values)} valeurs datées lues, sans défaut ; {unsure} à confirmer par un juriste.", highlight=False)


@commands.command()
def show(on: Day = None) -> None:
    """Montre les valeurs qui s'appliquent un jour donné, avec leur texte et leur certitude."""
    day = (on or datetime.now(UTC)).date()
    table = Table("règle", "valeur", "texte", "certitude", title=f"Droit appliqué le {day:%d/%m/%Y}")
    for values in dated.shipped().values():
        for value in values:
            if value.from_on <= day and (value.until_on is None or day <= value.until_on):
                table.add_row(*_cells(value))
    console.print(table)


def _cells(value: Dated) -> tuple[str, str, str, str]:
    return f"{value.label} ({value.code})", shown(value), value.reference, CERTAINTIES[value.certainty]


@commands.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="ÉCHÉANCE", help="Code d'une échéance : " + ", ".join(KINDS) + ".")],
    from_on: Annotated[datetime, typer.Argument(metavar="JOUR", formats=["%Y-%m-%d"], help="Jour d'où elle se compte.")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Jour qui décide de la règle (colonne « quand ») ; à défaut JOUR."),
    ] = None,
) -> None:
    """Explique une échéance à partir d'un jour : règle en vigueur, calcul, certitude."""
    if code not in KINDS:
        raise LawUnknown(f"« {code} » : échéance inconnue. Choisissez parmi : {', '.join(KINDS)}.")
    rule = dated.asked(KINDS[code]["rule"], (on or from_on).date())
    console.print(explained(deadline(code, from_on.date(), rule)), highlight=False, markup=False)


@commands.command()
def page() -> None:
    """Réécrit docs/droit.md à partir des valeurs datées."""
    target = REPOSITORY / "docs" / "droit.md"
    target.write_text(markdown(dated.load()), encoding="utf-8")
    console.print(f"{target} réécrit.", markup=False, highlight=False, soft_wrap=True)
