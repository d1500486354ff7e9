"""Lays the demo landlord's deliveries where the service looks for them, as an ERP's nightly job would."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

HERE = Path(__file__).parent
LANDLORD = "oph-estuaire"
DELIVERIES = HERE / f"{LANDLORD}.zip"
DECLARATION = HERE / f"{LANDLORD}.toml"
NOTICE = HERE / "DONNEES-SYNTHETIQUES.md"


def install(home: Path) -> list[date]:
    """Put the deliveries into `home`/inbox and declare the landlord under `home`/bailleurs; return the nights, oldest first.

    Doing it again changes nothing; a declaration that somebody edited is kept.
    """
    nights = _deliver(home / "inbox")
    declared = home / "bailleurs" / DECLARATION.name
    if not declared.exists():
        declared.parent.mkdir(parents=True, exist_ok=True)
        declared.write_bytes(DECLARATION.read_bytes())
    return nights


def _deliver(inbox: Path) -> list[date]:
    with ZipFile(DELIVERIES) as archive:
        archive.extractall(inbox)
        folders = {Path(name).parent.name for name in archive.namelist()}
    (inbox / NOTICE.name).write_bytes(NOTICE.read_bytes())
    return sorted(map(date.fromisoformat, folders))
