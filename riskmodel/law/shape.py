"""What a file of dated values must look like, said so that a wrong one can be put right: keys, values of a unit, periods."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from riskmodel.law.findings import TO_CONFIRM

CERTAINTIES = {"sure": "sûr", "probable": "probable", "to_confirm": TO_CONFIRM}
"""How sure a value is, with what a French reader sees."""
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """One key: whether a value is right, what a right one is, in French, and whether it may be left out."""

    is_right: Callable[[Any], bool]
    expected: str
    is_required: bool = True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value == value.strip()


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isidentifier() and value == value.lower() and value[0] != "_"


def _is_month_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 5 and bool(date.fromisoformat(f"2025-{value}"))
    except ValueError:
        return False


def _whole(least: int, most: int) -> Key:
    return Key(lambda v: type(v) is int and least <= v <= most, f"un nombre entier de {least} à {most}")


UNITS: Mapping[str, Key] = {
    "days": _whole(0, 3650),
    "weeks": _whole(1, 520),
    "months": _whole(1, 120),
    "working_days": _whole(1, 60),
    "cents": _whole(1, 100_000_000),
    "terms": _whole(1, 36),
    "percent": _whole(1, 100),
    "month_day": Key(_is_month_day, "un jour de l'année, « 03-31 » pour la fin mars"),
    "text": Key(_is_text, "un texte non vide"),
}
"""What a value of each unit may be."""
_TEXT = Key(_is_text, "un texte non vide, sans espace au bord")
_DAY = Key(lambda v: type(v) is date, "une date AAAA-MM-JJ, sans guillemets", is_required=False)
_CODE = Key(_is_code, "un code en minuscules (lettres sans accent, chiffres, soulignés)")
HEAD = {
    "title": _TEXT,
    "text": _TEXT,
    "rank": _whole(1, 99),
    "value": Key(lambda v: isinstance(v, list) and bool(v), "des blocs répétés, [[value]]"),
}
"""Keys at the top of a file."""
VALUE = {
    "code": _CODE,
    **dict.fromkeys(("label", "asked_by", "reference"), _TEXT),
    **dict.fromkeys(("from_on", "until_on"), _DAY),
    "value": Key(lambda _: True, "une valeur", is_required=False),
    "unit": Key(lambda v: isinstance(v, str) and v in UNITS, "l'un de : " + ", ".join(UNITS)),
    "is_before": Key(lambda v: isinstance(v, bool), "true ou false", is_required=False),
    "certainty": Key(lambda v: isinstance(v, str) and v in CERTAINTIES, "l'un de : " + ", ".join(CERTAINTIES)),
    "note": Key(lambda v: isinstance(v, str) and v == v.strip(), "un texte, éventuellement vide"),
}
"""Keys of one dated value."""


def faults(said: Said) -> list[str]:
    """Every fault of one parsed file, in reading order; empty when its values may be used."""
    found = list(_keys("en-tête", said, HEAD))
    entries = said.get("value") if isinstance(said.get("value"), list) else []
    for rank, entry in enumerate(entries or [], start=1):
        place = f"[[value]] n° {rank}"
        wrong = list(_keys(place, entry, VALUE)) if isinstance(entry, dict) else [f"{place} : attendu des lignes clé = valeur."]
        found += wrong or _value(place, entry)
    return found


def _keys(place: str, said: Said, keys: Mapping[str, Key]) -> Iterator[str]:
    for name in [name for name, key in keys.items() if key.is_required and name not in said]:
        yield f"{place} : la clé « {name} » manque ; ajoutez {keys[name].expected}."
    for name, value in said.items():
        if name not in keys:
            yield f"{place} : clé inconnue « {name} » ; retirez-la, ou choisissez parmi : {', '.join(keys)}."
        elif not keys[name].is_right(value):
            yield f"{place}, « {name} » : lu {value!r}, attendu {keys[name].expected}."


def _value(place: str, entry: Said) -> Iterator[str]:
    """What one part of a value says against another: its unit, how sure it is, its two days."""
    unit, place = UNITS[entry["unit"]], f"{place} ({entry['code']})"
    if "value" in entry and not unit.is_right(entry["value"]):
        yield f"{place}, « value » : lu {entry['value']!r}, attendu {unit.expected} puisque l'unité est {entry['unit']}."
    if "value" not in entry and entry["certainty"] != "to_confirm":
        yield f"{place} : sans « value », la certitude est « to_confirm » ; lu « {entry['certainty']} »."
    if entry.get("from_on", date.min) > entry.get("until_on", date.max):
        yield f"{place} : « until_on » {entry['until_on']} précède « from_on » {entry['from_on']} ; corrigez l'une des deux."


def period_faults(code: str, entries: Sequence[Said]) -> Iterator[str]:
    """What the periods of one code say against each other: on any day one value at most, and no day forgotten between two."""
    ordered = sorted(entries, key=lambda entry: entry.get("from_on", date.min))
    for before, after in pairwise(ordered):
        end, start = before.get("until_on", date.max), after.get("from_on", date.min)
        if end >= start:
            yield f"« {code} » : deux valeurs le {start} ; la première doit finir la veille (« until_on »)."
        elif end + timedelta(days=1) < start:
            yield f"« {code} » : aucune valeur du {end + timedelta(days=1)} au {start - timedelta(days=1)} ; comblez ces jours."
    if len({entry.get("is_before", False) for entry in entries}) > 1:
        yield f"« {code} » : « is_before » doit être le même dans toutes ses valeurs."
