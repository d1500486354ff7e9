"""`riskmodel docs`: pages that are written from the code, so that they cannot drift from it."""

import json

import typer

from riskmodel import REPOSITORY
from riskmodel.access import page as access_page
from riskmodel.cli import app, console
from riskmodel.contracts import pages
from riskmodel.documents.ccapex import samples as ccapex_samples
from riskmodel.documents.orientation.samples import samples
from riskmodel.people import pages as people_pages
from riskmodel.web import api_page, api_schema

docs = typer.Typer(no_args_is_help=True, help="Les pages de documentation produites à partir du code.")
app.add_typer(docs, name="docs")


@docs.command("contract")
def write_contract() -> None:
    """Réécrit docs/contract.md, le contrat d'entrée."""
    page = REPOSITORY / "docs" / "contract.md"
    page.write_text(pages.contract(), encoding="utf-8")
    console.print(f"Écrit : {page}", soft_wrap=True)


@docs.command("access")
def write_access() -> None:
    """Réécrit docs/acces.md, les rôles et les accès."""
    page = REPOSITORY / "docs" / "acces.md"
    page.write_text(access_page.page(), encoding="utf-8")
    console.print(f"Écrit : {page}", soft_wrap=True)


@docs.command("retention")
def write_retention() -> None:
    """Réécrit docs/conservation.md, les durées de conservation."""
    page = REPOSITORY / "docs" / "conservation.md"
    page.write_text(people_pages.retention(), encoding="utf-8")
    console.print(f"Écrit : {page}", soft_wrap=True)


@docs.command("rights")
def write_rights() -> None:
    """Réécrit docs/droits.md, les droits des ménages."""
    page = REPOSITORY / "docs" / "droits.md"
    page.write_text(people_pages.rights(), encoding="utf-8")
    console.print(f"Écrit : {page}", soft_wrap=True)


@docs.command("api")
def write_api() -> None:
    """Réécrit docs/api.md et docs/openapi.json, l'API des partenaires, et l'exemple de leur avis par courriel."""
    folder = REPOSITORY / "reports" / "exemples" / "partenaires"
    folder.mkdir(parents=True, exist_ok=True)
    described = json.dumps(api_schema.document(), ensure_ascii=False, indent=1) + "\n"
    files = {"docs/api.md": api_page.page(), "docs/openapi.json": described, f"{folder}/avis.txt": api_page.sample()}
    for name, text in files.items():
        (REPOSITORY / name).write_text(text, encoding="utf-8")
    console.print(f"Écrits : {', '.join(files)}", soft_wrap=True)


@docs.command("orientation")
def write_orientation_samples() -> None:
    """Réécrit reports/exemples/orientation, un exemple de chaque document d'orientation (données synthétiques)."""
    folder = REPOSITORY / "reports" / "exemples" / "orientation"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in samples().items():
        (folder / name).write_bytes(content)
    console.print(f"Écrits : {folder}", soft_wrap=True)


@docs.command("ccapex")
def write_ccapex_samples() -> None:
    """Réécrit reports/exemples/ccapex, les fichiers d'une séance inventée (données synthétiques)."""
    folder = REPOSITORY / "reports" / "exemples" / "ccapex"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in ccapex_samples.samples().items():
        (folder / name).write_bytes(content)
    console.print(f"Écrits : {folder}", soft_wrap=True)
