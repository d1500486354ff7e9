"""Values of the law by their dates of effect, read from text files and asked for a day; never copied into code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from riskmodel.errors import LawUnknown
from riskmodel.law.findings import Dated
from riskmodel.law.shape import faults, period_faults

FOLDER = Path(__file__).parent / "parameters"


@dataclass(frozen=True)
class Topic:
    """One file of dated values: what a jurist reads first, and its values in the order of the file."""

    code: str
    title: str
    text: str
    values: tuple[Dated, ...]


def load(folder: Path = FOLDER) -> tuple[Topic, ...]:
    """The topics of a folder, in the order they say. Raises LawUnknown listing every fault of all files."""
    files = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    found = [f"{name}.toml : {fault}" for name, (_, told) in files.items() for fault in told]
    found += [fault for code, entries in _by_code(files).items() for fault in period_faults(code, entries)] if not found else []
    if not files:
        found = [f"aucun fichier .toml dans {folder.name} ; donnez le dossier des valeurs datées."]
    if found:
        raise LawUnknown(f"Valeurs du droit refusées, {len(found)} défaut(s) à corriger.\n" + "\n".join(f"- {f}" for f in found))
    in_order = sorted(files.items(), key=lambda file: (file[1][0]["rank"], file[0]))
    return tuple(_topic(name, said) for name, (said, _) in in_order)


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return {}, [f"illisible ({fault}). Un fichier de valeurs est du TOML en UTF-8."]
    return said, faults(said)


def _by_code(files: Mapping[str, tuple[dict[str, Any], list[str]]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for said, _ in files.values():
        for entry in said["value"]:
            found.setdefault(entry["code"], []).append(entry)
    return found


def _topic(name: str, said: Mapping[str, Any]) -> Topic:
    return Topic(name, said["title"], said["text"], tuple(_dated(entry) for entry in said["value"]))


def _dated(entry: Mapping[str, Any]) -> Dated:
    rest = {name: entry[name] for name in ("code", "label", "unit", "asked_by", "reference", "certainty", "note")}
    return Dated(
        from_on=entry.get("from_on", date.min),
        until_on=entry.get("until_on"),
        value=entry.get("value"),
        is_before=entry.get("is_before", False),
        **rest,
    )


@cache
def shipped() -> Mapping[str, tuple[Dated, ...]]:
    """The values this service applies, by code, each code's oldest first."""
    found: dict[str, list[Dated]] = {}
    for topic in load():
        for value in topic.values:
            found.setdefault(value.code, []).append(value)
    return {code: tuple(sorted(values, key=lambda value: value.from_on)) for code, values in found.items()}


def asked(code: str, on: date) -> Dated:
    """The value of a code on a day; its `value` may be None, « à confirmer ». Raises LawUnknown for a code nobody wrote, or a day
    on which nothing written applies."""
    history = shipped().get(code)
    if history is None:
        raise LawUnknown(f"« {code} » : code inconnu. Codes écrits : {', '.join(sorted(shipped()))}.")
    for value in history:
        if value.from_on <= on <= (value.until_on or date.max):
            return value
    raise LawUnknown(f"« {code} » : rien n'est écrit pour le {on:%d/%m/%Y}. Périodes connues : {_periods(history)}.")


def after(value: Dated) -> Dated | None:
    """The value that follows one, where its last day is written."""
    later = [found for found in shipped()[value.code] if value.until_on and found.from_on > value.until_on]
    return later[0] if later else None


def number(code: str, on: date) -> int:
    """A value that is a number on a day, for what is compared. Raises LawUnknown when it is not known, or is no number."""
    value = asked(code, on)
    if not isinstance(value.value, int):
        raise LawUnknown(f"« {code} » au {on:%d/%m/%Y} : lu {value.value!r}, attendu un nombre ; à confirmer par un juriste.")
    return value.value


def _periods(history: tuple[Dated, ...]) -> str:
    return " ; ".join(
        f"du {value.from_on:%d/%m/%Y} " + (f"au {value.until_on:%d/%m/%Y}" if value.until_on else "à ce jour")
        for value in history
    )
