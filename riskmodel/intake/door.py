"""Where deliveries wait, and how their files are opened: a folder or a zip today, SFTP and databases later behind the same door.

Zipped files are read through the archive, never unpacked: what a profile drops (labels, notes) never reaches our disk.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from riskmodel.errors import DeliveryRefused

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Drop(Protocol):
    """One delivery as it was dropped: a landlord, a day, named files that can be opened."""

    @property
    def landlord_id(self) -> str:
        """Whose it is."""

    @property
    def as_of(self) -> date:
        """The day it tells."""

    @property
    def address(self) -> str:
        """Where it is, as a person would look for it."""

    @property
    def short(self) -> str:
        """The same without the machine's own folders, for reports."""

    def names(self) -> list[str]:
        """File names, sorted."""

    def open(self, name: str) -> BinaryIO:
        """One file, as bytes."""


@dataclass(frozen=True)
class FolderDrop:
    """A delivery in a folder `<landlord>/<day>/`."""

    path: Path
    landlord_id: str
    as_of: date

    @property
    def address(self) -> str:
        return str(self.path)

    @property
    def short(self) -> str:
        return f"{self.landlord_id}/{self.as_of}"

    def names(self) -> list[str]:
        return sorted(path.name for path in self.path.iterdir() if path.is_file() and not path.name.startswith("."))

    def open(self, name: str) -> BinaryIO:
        return (self.path / name).open("rb")


@dataclass(frozen=True)
class ZipDrop:
    """A delivery in a zip file that holds the folder `<landlord>/<day>/`."""

    archive: Path
    prefix: str
    landlord_id: str
    as_of: date

    @property
    def address(self) -> str:
        return f"{self.archive}!{self.prefix}"

    @property
    def short(self) -> str:
        return f"{self.archive.name}!{self.prefix}"

    def names(self) -> list[str]:
        with zipfile.ZipFile(self.archive) as archive:
            inside = [name.removeprefix(self.prefix) for name in archive.namelist() if name.startswith(self.prefix)]
        return sorted(name for name in inside if name and "/" not in name)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, zipfile.ZipFile(self.archive).open(self.prefix + name))


def waiting(inbox: Path, landlord_id: str) -> list[Drop]:
    """Deliveries of a landlord in `inbox`, oldest day first: `<landlord>/<day>/` folders, and zips that hold one."""
    return sorted(_found(inbox, landlord_id), key=lambda drop: (drop.as_of, drop.address))


def at(address: Path) -> Drop:
    """The delivery at `address`, a folder named by its day or a zip that holds one; else raises DeliveryRefused."""
    if address.is_dir() and (day := _day(address.name)):
        return FolderDrop(address, address.resolve().parent.name, day)
    drops = list(_in_zip(address, None)) if address.is_file() and zipfile.is_zipfile(address) else []
    if not drops:
        raise DeliveryRefused(
            f"{address} : ce n'est pas une livraison. Attendu : un dossier <bailleur>/<AAAA-MM-JJ>/, ou un zip qui le contient."
        )
    return max(drops, key=lambda drop: drop.as_of)


def digest(drop: Drop) -> str:
    """Fingerprint of the delivery's content: the same files give the same digest wherever they lie, zipped or not."""
    total = hashlib.sha256()
    for name in drop.names():
        with drop.open(name) as file:
            content = hashlib.file_digest(cast(io.BufferedIOBase, file), "sha256").hexdigest()
            total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()


def _found(inbox: Path, landlord_id: str) -> Iterator[Drop]:
    own = inbox / landlord_id
    for path in own.iterdir() if own.is_dir() else []:
        if path.is_dir() and (day := _day(path.name)):
            yield FolderDrop(path, landlord_id, day)
    for archive in [*inbox.glob("*.zip"), *own.glob("*.zip")]:
        if zipfile.is_zipfile(archive):
            yield from _in_zip(archive, landlord_id)


def _in_zip(archive: Path, landlord_id: str | None) -> Iterator[Drop]:
    with zipfile.ZipFile(archive) as opened:
        folders = {name.rpartition("/")[0] for name in opened.namelist() if "/" in name}
    for folder in sorted(folders):
        owner, day = Path(folder).parent.name, _day(Path(folder).name)
        if day and landlord_id in (None, owner):
            yield ZipDrop(archive, folder + "/", owner, day)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if DAY.fullmatch(name) else None
    except ValueError:
        return None
