"""The points tables in force for a landlord on a day: those a person approved, read again from the text that was approved."""

from datetime import date

from sqlalchemy.orm import Session

from riskmodel.errors import TableFileError
from riskmodel.register import open_register, tables
from riskmodel.register.tables import KeptTable
from riskmodel.score import PublishedTable, parse, published
from riskmodel.score.reading import PUBLISHED
from riskmodel.settings import Settings


def in_force(settings: Settings, landlord_id: str, as_of: date) -> dict[str, PublishedTable]:
    """The table of each score on a day, by name: the one approved by then, or the hand-set one while there is none.

    Raises TableFileError when an approved text is no longer what was approved.
    """
    with open_register(settings.register_url)() as session:
        return {name: read(kept) if kept else published(name) for name, kept in kept_on(session, landlord_id, as_of).items()}


def kept_on(session: Session, landlord_id: str, as_of: date) -> dict[str, KeptTable | None]:
    """The approved table of each score on a day; None where the hand-set one serves."""
    return {name: tables.in_force(session, landlord_id, name, as_of) for name in PUBLISHED}


def read(kept: KeptTable) -> PublishedTable:
    """The table that a line of the register holds; raises TableFileError when its text is not what its digest says."""
    table = parse(kept.text)
    if table.digest != kept.digest:
        raise TableFileError(
            f"{kept.name}-{kept.version} : le texte gardé au registre a changé (empreinte {table.digest[:12]}, attendue "
            f"{kept.digest[:12]}). Cette table ne sert pas ; proposez-la de nouveau avec « riskmodel tables propose »."
        )
    return table
