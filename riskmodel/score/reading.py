"""A points table from its text file, refused with all its faults at once."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from riskmodel.errors import TableFileError
from riskmodel.score.faults import faults
from riskmodel.score.fitted import links
from riskmodel.score.points import Bin, Input, PublishedTable, Unknown

FOLDER = Path(__file__).parent / "tables"
PUBLISHED = {"derive": "derive-2026-11", "decrochage": "decrochage-2026-11"}
"""The table in use for each score."""


def published(name: str) -> PublishedTable:
    """The table in use for a score, `derive` or `decrochage`; raises TableFileError for any other name."""
    if name not in PUBLISHED:
        raise TableFileError(f"« {name} » : aucune table publiée sous ce nom. Tables publiées : {', '.join(PUBLISHED)}.")
    return load(FOLDER / f"{PUBLISHED[name]}.toml")


def load(path: Path) -> PublishedTable:
    """The table written in `path`; raises TableFileError listing every fault of the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise _unreadable(str(path), fault) from fault
    return parse(text, str(path))


def parse(text: str, place: str = "table de points") -> PublishedTable:
    """The table written in `text`, as the register keeps it; raises TableFileError listing every fault, each under `place`."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _unreadable(place, fault) from fault
    check(content, place)
    return _table(content)


def check(content: dict[str, Any], place: str) -> None:
    """Raises TableFileError with every fault of a parsed file."""
    found = faults(content)
    if found:
        told = "\n".join(f"- {fault}" for fault in found)
        raise TableFileError(f"{place} : table refusée, {len(found)} défaut(s) à corriger.\n{told}")


def _unreadable(place: str, fault: Exception) -> TableFileError:
    return TableFileError(f"{place} : illisible ({fault}). Une table de points est un fichier TOML en UTF-8.")


def _table(content: dict[str, Any]) -> PublishedTable:
    head = {key: content[key] for key in ("name", "version", "title", "outcome", "cohort", "approval", "minimum")}
    return PublishedTable(
        **head,
        inputs=tuple(_input(entry) for entry in content["input"]),
        digest=_digest(content),
        links=links(content),
        training=content.get("training", {}),
        metrics=content.get("metrics", {}),
    )


def _input(entry: dict[str, Any]) -> Input:
    rows = tuple(Bin(_bound(row.get("from")), row["points"], row.get("text", "")) for row in entry["rows"])
    head = {key: entry[key] for key in ("feature", "label", "topic", "sign", "effect_days")}
    return Input(**head, rows=rows, unknown=Unknown(**entry["unknown"]))


def _bound(value: Any) -> float | None:
    return None if value is None else float(value)


def _digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
