"""What each key of a scheme's file must look like, said so that a wrong one can be put right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskmodel.schemes.vocabulary import ACTORS, DOCUMENTS, PARTIES, PURPOSES

MOST_MONTHS, MOST_DAYS, MOST_COUNT = 120, 400, 10_000


@dataclass(frozen=True)
class Key:
    """One key: whether a value is right, what a right one is, in French, and whether it may be left out."""

    is_right: Callable[[Any], bool]
    expected: str
    is_required: bool = True


def _whole(low: int, high: int, is_required: bool = False) -> Key:
    return Key(lambda v: type(v) is int and low <= v <= high, f"un nombre entier de {low} à {high}", is_required)


def _one_of(codes: Mapping[str, str], is_required: bool = True) -> Key:
    return Key(lambda v: isinstance(v, str) and v in codes, "l'un de : " + ", ".join(codes), is_required)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value == value.strip()


def is_code(value: Any) -> bool:
    """Whether a value may name something: small letters, digits and underscores, a letter first."""
    return isinstance(value, str) and value.isascii() and value.isidentifier() and value == value.lower() and value[0] != "_"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(entry) for entry in value)


def _is_labels(value: Any) -> bool:
    return isinstance(value, dict) and all(is_code(code) and _is_text(label) for code, label in value.items())


def _is_signatures(value: Any) -> bool:
    return isinstance(value, dict) and all(
        code in DOCUMENTS and isinstance(signers, list) and all(isinstance(s, str) and s in PARTIES for s in signers)
        for code, signers in value.items()
    )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 5 and bool(date.fromisoformat(f"2025-{value}"))
    except ValueError:
        return False


_TEXT, _TABLE = Key(_is_text, "un texte non vide, sans espace au bord"), Key(lambda v: isinstance(v, dict), "une table", False)
_CODE = Key(is_code, "un code en minuscules (lettres sans accent, chiffres, soulignés)")
_FLAG = Key(lambda v: isinstance(v, bool), "true ou false", False)
_TABLES = Key(lambda v: isinstance(v, list) and all(isinstance(e, dict) for e in v), "des blocs répétés, [[…]]", False)
_LABELS = Key(_is_labels, 'des lignes code = "libellé"', False)
_SIGNED = Key(
    _is_signatures, f"document = [signataires], documents : {', '.join(DOCUMENTS)} ; signataires : {', '.join(PARTIES)}", False
)
_MONTHS, _COUNT = _whole(1, MOST_MONTHS), _whole(1, MOST_COUNT)
_NAMED = {"code": _CODE, "label": _TEXT}
_ANY = Key(lambda _: True, "une valeur")
_DOCUMENT = _one_of(DOCUMENTS, is_required=False)

HEAD = {
    **dict.fromkeys(("name", "source", "rung_why", "public"), _TEXT),
    "purpose": _one_of(PURPOSES),
    "rung": _whole(1, 999, is_required=True),
    "uses_place": Key(lambda v: isinstance(v, bool), "true ou false"),
    **dict.fromkeys(("is_sublease", "claims_arrears"), _FLAG),
    "aftercare_months": _whole(0, MOST_MONTHS),
    "to_confirm": Key(_is_texts, "une liste de textes", False),
    **dict.fromkeys(("duration", "slide", "capacity"), _TABLE),
    **dict.fromkeys(("condition", "step", "meeting", "report"), _TABLES),
    "documents": _SIGNED,
    "ends": Key(lambda v: bool(v) and _is_labels(v), 'au moins une ligne code = "libellé"'),
    **dict.fromkeys(("goals", "actions"), _LABELS),
}
"""Keys at the top of a file."""
BLOCKS: dict[str, dict[str, Key]] = {
    "duration": {"months": _MONTHS, "max_months": _MONTHS, "renewals": _COUNT},
    "slide": {"earliest_months": _MONTHS, "latest_months": _MONTHS, "notice_months": _MONTHS},
    "capacity": {"households_per_worker": _COUNT, "landlord_fte_hundredths": _COUNT, "line": _TABLES},
    "line": {**_NAMED, "measures": _COUNT, "measure_months": _COUNT, "places": _COUNT},
    "condition": {"fact": _CODE, "test": _TEXT, "value": _ANY, "text": _TEXT, "is_lenient": _FLAG, "or": _TABLES},
    "or": {"fact": _CODE, "test": _TEXT, "value": _ANY},
    "step": {
        **_NAMED,
        "by": _one_of(ACTORS),
        "after": Key(is_code, "le code d'une étape précédente", False),
        "within_days": _whole(0, MOST_DAYS, is_required=True),
        "document": _DOCUMENT,
    },
    "meeting": {
        **_NAMED,
        "every_weeks": _whole(1, 52),
        "every_months": _whole(1, 12),
        "yearly_before": Key(_is_day, 'un jour de l\'année, « "03-31" » pour le 31 mars', False),
        "by_unit": _FLAG,
    },
    "report": {**_NAMED, "by": _one_of(ACTORS), "document": _DOCUMENT, "every_months": _whole(1, 24), "at_end": _FLAG},
}
"""Keys of each block, by the name it is written under."""


def shape_faults(said: Mapping[str, Any]) -> Iterator[str]:
    """Every key that is missing, unknown or wrong, wherever it stands in a parsed file."""
    yield from _keys("en-tête", said, HEAD)
    for name in ("duration", "slide", "capacity"):
        if isinstance(said.get(name), dict):
            yield from _keys(f"[{name}]", said[name], BLOCKS[name])
    for name in ("condition", "step", "meeting", "report"):
        yield from _listed(f"[[{name}]]", said.get(name), BLOCKS[name])
    capacity = said.get("capacity")
    yield from _listed("[[capacity.line]]", capacity.get("line") if isinstance(capacity, dict) else None, BLOCKS["line"])


def _listed(place: str, entries: Any, keys: Mapping[str, Key]) -> Iterator[str]:
    for rank, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        if isinstance(entry, dict):
            yield from _keys(f"{place} n° {rank}", entry, keys)
            yield from _listed(f"{place} n° {rank}, « or »", entry.get("or") if "or" in keys else None, BLOCKS["or"])


def _keys(place: str, said: Mapping[str, Any], keys: Mapping[str, Key]) -> Iterator[str]:
    for name in [name for name, key in keys.items() if key.is_required and name not in said]:
        yield f"{place} : la clé « {name} » manque ; ajoutez {keys[name].expected}."
    for name, value in said.items():
        if name not in keys:
            yield f"{place} : clé inconnue « {name} » ; retirez-la, ou choisissez parmi : {', '.join(keys)}."
        elif not keys[name].is_right(value):
            yield f"{place}, « {name} » : lu {value!r}, attendu {keys[name].expected}."
