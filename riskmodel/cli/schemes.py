"""`riskmodel schemes`: what a flagged household may be offered, checked, shown, and written as a page."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown

from riskmodel import REPOSITORY, schemes
from riskmodel.cli import app, console
from riskmodel.errors import SchemeRefused
from riskmodel.schemes.page import markdown, section

commands = typer.Typer(
    no_args_is_help=True, help="Dispositifs vers lesquels un ménage peut être orienté : des fichiers relisibles."
)
app.add_typer(commands, name="schemes")

Own = Annotated[Path | None, typer.Option("--folder", help="Dossier des dispositifs du bailleur, un fichier .toml chacun.")]


@commands.command()
def check(dossier: Annotated[Path | None, typer.Argument(metavar="DOSSIER", help="Dispositifs du bailleur.")] = None) -> None:
    """Lit les dispositifs fournis et ceux d'un dossier, et dit tous leurs défauts à la fois."""
    loaded = schemes.load(dossier)
    unsure = sum(len(scheme.to_confirm) for scheme in loaded.values())
    console.print(f"{len(loaded)} dispositifs lus, sans défaut ; {unsure} points à confirmer.", highlight=False)


@commands.command()
def show(code: str, folder: Own = None) -> None:
    """Montre un dispositif : public, conditions, étapes, documents, places, fins, points à confirmer."""
    loaded = schemes.load(folder)
    if code not in loaded:
        raise SchemeRefused(f"« {code} » : dispositif inconnu. Choisissez parmi : {', '.join(loaded)}.")
    console.print(Markdown(section(loaded[code])))


@commands.command()
def page() -> None:
    """Réécrit docs/dispositifs.md à partir des dispositifs fournis."""
    target = REPOSITORY / "docs" / "dispositifs.md"
    target.write_text(markdown(schemes.load()), encoding="utf-8")
    console.print(f"{target} réécrit.", markup=False, highlight=False, soft_wrap=True)
