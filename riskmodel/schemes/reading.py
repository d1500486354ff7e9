"""Schemes from their text files, refused with all the faults of all the files at once."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from riskmodel.errors import SchemeRefused
from riskmodel.schemes.checks import faults
from riskmodel.schemes.implied import implied
from riskmodel.schemes.scheme import Capacity, Condition, Duration, Line, Meeting, Report, Scheme, Slide, Step
from riskmodel.schemes.shape import is_code

FOLDER = Path(__file__).parent / "shipped"
_NATURE = ("purpose", "uses_place", "is_sublease", "claims_arrears")
"""What a landlord's own version of a shipped scheme cannot change: households are protected by it."""


def load(folder: Path | None = None) -> dict[str, Scheme]:
    """The shipped schemes, by code, with those of a landlord's own folder; an own file replaces the shipped one of its name.

    Raises SchemeRefused listing every fault of every file.
    """
    if folder is not None and not folder.is_dir():
        raise SchemeRefused(
            f"{folder} : dossier introuvable. Donnez le dossier qui contient vos dispositifs, un fichier .toml chacun."
        )
    shipped, found = _parsed(FOLDER)
    own, own_faults = _parsed(folder) if folder else ({}, [])
    found += own_faults + [fault for code in own if code in shipped for fault in _changed(code, shipped[code], own[code])]
    if found:
        raise SchemeRefused(f"Dispositifs refusés, {len(found)} défaut(s) à corriger.\n" + "\n".join(f"- {f}" for f in found))
    return {code: scheme(code, said) for code, said in sorted((shipped | own).items(), key=_by_rung)}


def _by_rung(entry: tuple[str, Mapping[str, Any]]) -> tuple[int, str]:
    return entry[1]["rung"], entry[0]


def _parsed(folder: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The files of a folder that are right, by code, and the faults of all others."""
    right: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        said, told = _read(path)
        wrong += [f"{path.name} : {fault}" for fault in told]
        if not told:
            right[path.stem] = said
    return right, wrong


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    if not is_code(path.stem):
        return {}, [f"nom de fichier lu « {path.stem} », attendu un code en minuscules, sans accent ni tiret ; renommez-le."]
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return {}, [f"illisible ({fault}). Un dispositif est un fichier TOML en UTF-8."]
    return said, faults(said)


def _changed(code: str, shipped: Mapping[str, Any], own: Mapping[str, Any]) -> Iterable[str]:
    for key in _NATURE:
        was, now = shipped.get(key, False), own.get(key, False)
        if was != now:
            yield (
                f"{code}.toml : en-tête, « {key} » : lu {now!r}, attendu {was!r} comme dans le dispositif fourni. "
                "Pour un dispositif d'une autre nature, choisissez un autre nom de fichier."
            )


def scheme(code: str, said: Mapping[str, Any]) -> Scheme:
    """The scheme that a parsed file without a fault describes."""
    capacity = said.get("capacity", {})
    head = {key: said[key] for key in ("name", "source", "purpose", "rung", "rung_why", "public", "uses_place")}
    return Scheme(
        code=code,
        **head,
        is_sublease=said.get("is_sublease", False),
        claims_arrears=said.get("claims_arrears", False),
        aftercare_months=said.get("aftercare_months", 0),
        to_confirm=tuple(said.get("to_confirm", ())),
        conditions=(*implied(said), *(_condition(entry) for entry in said.get("condition", []))),
        steps=tuple(_step(entry) for entry in said.get("step", [])),
        documents=tuple(said.get("documents", {})),
        parties={document: tuple(signers) for document, signers in said.get("documents", {}).items()},
        duration=Duration(**said.get("duration", {})),
        slide=_slide(said["slide"]) if "slide" in said else None,
        capacity=Capacity(
            capacity.get("households_per_worker"),
            capacity.get("landlord_fte_hundredths"),
            tuple(Line(**line) for line in capacity.get("line", [])),
        ),
        meetings=tuple(Meeting(**entry) for entry in said.get("meeting", [])),
        reports=tuple(Report(**entry) for entry in said.get("report", [])),
        ends=said["ends"],
        goals=said.get("goals", {}),
        actions=said.get("actions", {}),
    )


def _condition(entry: Mapping[str, Any]) -> Condition:
    others = tuple(_way(other, entry["text"]) for other in entry.get("or", []))
    return _way(entry, entry["text"], entry.get("is_lenient", False), others)


def _way(entry: Mapping[str, Any], text: str, is_lenient: bool = False, others: tuple[Condition, ...] = ()) -> Condition:
    value = tuple(entry["value"]) if isinstance(entry["value"], list) else entry["value"]
    return Condition(entry["fact"], entry["test"], value, text, is_lenient, others)


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(entry["code"], entry["label"], entry["by"], entry.get("after"), entry["within_days"], entry.get("document"))


def _slide(entry: Mapping[str, Any]) -> Slide:
    return Slide(entry.get("earliest_months"), entry.get("latest_months"), entry.get("notice_months"))
