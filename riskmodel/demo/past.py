"""The demo landlord before its first night: what its first delivery already knew, delivered on the days when it became known.

Nothing is made up: a row appears on the day its own dates say. Who had left before the first night is not in it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from riskmodel.demo import erp
from riskmodel.demo.carve import Tables, as_known, contents, news, read
from riskmodel.demo.inbox import DECLARATION, DELIVERIES, LANDLORD, NOTICE
from riskmodel.errors import NothingKnown


def declare(home: Path) -> None:
    """Declare the demo landlord in an empty home, with the notice of its synthetic data; raises NothingKnown where another is."""
    declared, inbox = home / "bailleurs" / DECLARATION.name, home / "inbox"
    if declared.exists() or inbox.exists():
        raise NothingKnown(
            f"{home} : un bailleur y est déjà. Donnez un dossier neuf par VIGIE_HOME : l'année s'y écrit en entier."
        )
    for folder in (declared.parent, inbox):
        folder.mkdir(parents=True)
    declared.write_bytes(DECLARATION.read_bytes())
    (inbox / NOTICE.name).write_bytes(NOTICE.read_bytes())


def first_night() -> date:
    """The day of the first delivery shipped: the past ends before it."""
    with ZipFile(DELIVERIES) as archive:
        return min(date.fromisoformat(Path(name).parent.name) for name in archive.namelist())


def deliver(home: Path, days: Sequence[date]) -> None:
    """Lay down a full delivery for the first of these days, then one of what changed for each of the others."""
    for (night, sent), is_full in zip(_deliveries(sorted(days)), [True] + [False] * len(days), strict=False):
        folder = home / "inbox" / LANDLORD / night.isoformat()
        folder.mkdir(parents=True)
        for name, content in contents(sent, night, is_full=is_full).items():
            (folder / name).write_bytes(content)


def _deliveries(days: Sequence[date]) -> Iterator[tuple[date, Tables]]:
    tables, before = _shipped(), None
    for night in days:
        known = as_known(tables, night)
        yield night, known if before is None else news(before, known)
        before = known


def _shipped() -> Tables:
    with TemporaryDirectory() as aside, ZipFile(DELIVERIES) as archive:
        folder = f"{LANDLORD}/{first_night()}"
        archive.extractall(aside, [name for name in archive.namelist() if name.startswith(folder)])
        accounts = {row[erp.LEASE] for row in erp.rows(Path(aside) / folder, erp.LEASES)}
        return read(Path(aside) / folder, accounts)
