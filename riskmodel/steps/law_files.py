"""The files of a night of the law: echeances.xlsx, .csv and .html, and signalements-caf-msa.csv, each put in place whole."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from riskmodel.documents import caf_reports, statutory
from riskmodel.documents.hypertext import html
from riskmodel.documents.statutory import Digest
from riskmodel.settings import Landlord, Settings, landlord
from riskmodel.steps import law_told
from riskmodel.steps.law_told import Values

FOLDER = "echeances"
"""Under the landlord's outputs; one folder a night, removed with the other outputs when its time has come."""
Told = tuple[Sequence[Values], Sequence[Values], Sequence[Values]]
"""Situations, deadlines and statutory lists, as rows of the register."""


def write(settings: Settings, landlord_id: str, as_of: date, rows: Told) -> Path:
    """Write the night's files aside, rename them, and return their folder; the same night gives the same bytes."""
    declared = landlord(settings, landlord_id)
    told = digest(declared, as_of, rows, as_of)
    made = {
        "echeances.xlsx": statutory.workbook(told),
        "echeances.csv": statutory.flat(told),
        "echeances.html": html(statutory.page(told)).encode(),
        "signalements-caf-msa.csv": reports(declared, as_of, rows),
    }
    folder = settings.outputs / landlord_id / FOLDER / as_of.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        aside = folder / f".{name}.part"
        aside.write_bytes(content)
        aside.replace(folder / name)
    return folder


def digest(declared: Landlord, as_of: date, rows: Told, today: date) -> Digest:
    """What a night said, with the deadlines that come after `today`."""
    return Digest(declared.landlord_id, declared.name, as_of, declared.is_synthetic, law_told.lines(*rows, today))


def reports(declared: Landlord, as_of: date, rows: Told) -> bytes:
    """The bytes of signalements-caf-msa.csv."""
    found = law_told.reports(rows[0], rows[2])
    return caf_reports.flat(declared.landlord_id, as_of, found, is_synthetic=declared.is_synthetic)
