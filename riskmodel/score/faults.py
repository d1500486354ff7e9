"""All that can be wrong in a points table's file, said in sentences that name the place and the next move."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import isfinite
from operator import gt, lt
from typing import Any

from riskmodel.features.dictionary import FEATURES
from riskmodel.score.admitted import ADMITTED, Admitted
from riskmodel.score.fitted import fitted_faults
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.french import placeholders

HIGHEST = 100
_HEAD = {"name": str, "version": str, "title": str, "outcome": str, "cohort": str, "approval": str, "minimum": int, "total": int}
_INPUT = {"feature": str, "label": str, "topic": str, "sign": str, "effect_days": int, "rows": list, "unknown": dict}
_ROW = {"points": int, "text": str}
_BLOCKS = {"links": dict, "training": dict, "metrics": dict, "candidates": list}
"""What only a fitted table has."""
_AGAINST: dict[str, Callable[[int, int], bool]] = {"up": gt, "down": lt}
"""What a row's points and the next row's may not be to each other."""
_KNOWN = {feature.name: feature for feature in FEATURES}


def faults(content: dict[str, Any]) -> list[str]:
    """Every fault of a parsed file, in reading order; empty when the table may be used."""
    expected = {**_HEAD, "input": list, **_BLOCKS}
    shape = [*_keys("en-tête", content, expected, frozenset(_BLOCKS)), *_input_shapes(content)]
    return shape or [
        *_head(content),
        *(fault for entry in content["input"] for fault in _input(entry, content["name"])),
        *_sums(content),
        *fitted_faults(content),
    ]


def _keys(place: str, found: Any, expected: dict[str, type], optional: frozenset[str] = frozenset()) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{place} : une table de clés est attendue, lu {found!r}."
        return
    for key in sorted(expected.keys() - found.keys() - optional):
        yield f"{place} : la clé « {key} » manque."
    for key in sorted(found.keys() - expected.keys()):
        yield f"{place} : la clé « {key} » est inconnue. Clés admises : {', '.join(expected)}."
    for key in expected.keys() & found.keys():
        if type(found[key]) is not expected[key]:
            yield f"{place}, « {key} » : lu {found[key]!r}, attendu {_FRENCH[expected[key]]}."


_FRENCH = {str: "un texte entre guillemets", int: "un nombre entier", list: "une liste", dict: "une table de clés"}


def _input_shapes(content: dict[str, Any]) -> Iterator[str]:
    entries = content.get("input")
    for rank, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        place = f"entrée {rank}"
        yield from _keys(place, entry, _INPUT)
        if not isinstance(entry, dict):
            continue
        for number, row in enumerate(_listed(entry.get("rows")), start=1):
            yield from _keys(f"{place}, ligne {number}", _without_bound(row), _ROW, frozenset({"text"}))
        if "unknown" in entry:
            yield from _keys(f"{place}, ligne « inconnu »", entry["unknown"], _ROW)


def _listed(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []


def _without_bound(row: Any) -> Any:
    return {key: value for key, value in row.items() if key != "from"} if isinstance(row, dict) else row


def _head(content: dict[str, Any]) -> Iterator[str]:
    if content["name"] not in ADMITTED:
        yield f"en-tête, « name » : lu « {content['name']} », attendu l'un de : {', '.join(ADMITTED)}."
    if not content["input"]:
        yield "en-tête : aucune entrée. Ajoutez au moins un bloc [[input]]."
    for feature, times in Counter(entry["feature"] for entry in content["input"]).items():
        if times > 1:
            yield f"{feature} : présent {times} fois. Une donnée n'a qu'une entrée."


def _input(entry: dict[str, Any], score: str) -> Iterator[str]:
    name = entry["feature"]
    admitted = ADMITTED.get(score, {})
    if name in FORBIDDEN:
        yield f"{name} : interdit dans un score, {FORBIDDEN[name]}. Retirez cette entrée."
    elif name not in _KNOWN:
        yield f"{name} : absent du dictionnaire des données (riskmodel/features/dictionary.py). Corrigez le nom."
    elif name not in admitted:
        yield f"{name} : n'entre pas dans le score « {score} ». Entrées publiées : {', '.join(admitted)}."
    else:
        yield from _as_published(entry, admitted[name])
    yield from _rows(entry)
    yield from _texts(entry)


def _as_published(entry: dict[str, Any], admitted: Admitted) -> Iterator[str]:
    name, effect_days = entry["feature"], _KNOWN[entry["feature"]].effect_days
    if entry["effect_days"] != effect_days:
        yield f"{name} : durée d'effet de {entry['effect_days']} jours, le dictionnaire dit {effect_days}."
    if entry["sign"] != admitted.sign:
        yield f"{name} : signe « {entry['sign']} », attendu « {admitted.sign} »."
    for bound in (row["from"] for row in entry["rows"] if _is_number(row.get("from"))):
        if admitted.lowest is not None and bound < admitted.lowest:
            yield f"{name} : borne {bound}, la plus basse admise est {admitted.lowest}."
        if admitted.highest is not None and bound > admitted.highest:
            yield f"{name} : borne {bound}, la plus haute admise est {admitted.highest}."
    if entry["unknown"]["points"] > 0:
        yield f"{name} : inconnu vaut {entry['unknown']['points']} points, attendu 0. Ne pas savoir n'est pas un risque."


def _rows(entry: dict[str, Any]) -> Iterator[str]:
    name, rows = entry["feature"], entry["rows"]
    points = [row["points"] for row in rows]
    if not rows or "from" in rows[0]:
        yield f"{name} : la première ligne ne porte pas de « from » ; elle vaut pour tout ce qui est sous la suivante."
    bounds = [row.get("from") for row in rows[1:]]
    if not all(_is_number(bound) for bound in bounds):
        yield f"{name} : chaque ligne après la première porte un nombre ou true dans « from »."
    elif any(low >= high for low, high in pairwise(bounds)):
        yield f"{name} : lignes qui se recouvrent ; les bornes {bounds} doivent croître."
    if rows and (min(points) != 0 or entry["unknown"]["points"] < 0):
        yield f"{name} : la ligne la plus basse vaut 0 point et aucune n'est négative ; lu {points}."
    if entry["sign"] in _AGAINST and any(_AGAINST[entry["sign"]](before, after) for before, after in pairwise(points)):
        yield f"{name} : points {points} contraires au signe « {entry['sign']} »."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def _texts(entry: dict[str, Any]) -> Iterator[str]:
    for row in [*entry["rows"], entry["unknown"]]:
        text = row.get("text", "")
        if row["points"] and not text:
            yield f"{entry['feature']} : une ligne de {row['points']} points n'a pas de texte."
        try:
            strangers = [name for name in placeholders(text) if name not in _KNOWN]
        except ValueError:
            strangers = [text]
        for name in strangers:
            yield f"{entry['feature']} : le texte cite « {name} », absent du dictionnaire des données."


def _sums(content: dict[str, Any]) -> Iterator[str]:
    total = sum(max([0, e["unknown"]["points"], *(row["points"] for row in e["rows"])]) for e in content["input"])
    if total != content["total"]:
        yield f"en-tête, « total » : {content['total']} déclaré, les lignes donnent {total}."
    if total > HIGHEST:
        yield f"total de {total} points : il ne peut dépasser {HIGHEST}."
    if not 0 < content["minimum"] <= max(total, 1):
        yield f"en-tête, « minimum » : {content['minimum']} hors de 1 à {total}."
