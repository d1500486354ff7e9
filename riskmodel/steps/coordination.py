"""A meeting's pack of a landlord: computed from the register, then as files, or as one of them for a page that asks for it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from riskmodel import register, settings
from riskmodel.coordination.grids import Pack
from riskmodel.coordination.known import gather
from riskmodel.coordination.packs import pack
from riskmodel.coordination.sheets import workbook
from riskmodel.documents.hypertext import html
from riskmodel.documents.paper import pdf
from riskmodel.settings import Settings
from riskmodel.steps.orienting import schemes_of

FORMS: Mapping[str, Callable[[Pack], bytes]] = {
    "html": lambda made: html(made.page()).encode(),
    "pdf": lambda made: pdf(made.page()),
    "xlsx": workbook,
}
"""How a pack is written, by the end of its file's name."""


def made(session: Session, given: Settings, landlord_id: str, kind: str, on: date, unit: str | None = None) -> Pack:
    """The pack of a kind as of a day, of one management unit or of all. Raises NothingKnown when no scheme holds such a meeting,
    SchemeRefused for referrals of a scheme that is not described any more."""
    landlord = settings.landlord(given, landlord_id)
    known = gather(session, landlord_id, schemes_of(given, landlord_id), kind, on, unit)
    whose = f"{landlord.name}, unité {known.unit(unit)}" if unit else landlord.name
    return pack(known, whose, is_synthetic=landlord.is_synthetic)


def write(given: Settings, landlord_id: str, kind: str, on: date) -> list[Path]:
    """Write a pack in every form, in a folder of that day, and give the files. The same register and day give the same bytes."""
    with register.open_register(given.register_url)() as session:
        found = made(session, given, landlord_id, kind, on)
    folder = given.outputs / landlord_id / "coordination" / on.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    return [put(folder / f"{kind}.{end}", write_as(found)) for end, write_as in FORMS.items()]


def name(kind: str, on: date) -> str:
    """What a pack taken away alone is called, the end of its name apart."""
    return f"{kind}-{on.isoformat()}"


def put(path: Path, content: bytes) -> Path:
    """Write a file aside, then rename it: a killed run leaves the former file whole."""
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_bytes(content)
    return aside.replace(path)
