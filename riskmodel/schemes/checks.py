"""All that can be wrong in a scheme's file once each key looks right: what one part says against another."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from riskmodel.schemes.facts import FACTS, Fact, expected
from riskmodel.schemes.shape import shape_faults

_RHYTHMS = ("every_weeks", "every_months", "yearly_before")
_ENDINGS = ("every_months", "at_end")
_SUBLEASE = "contrat_sous_location"
_MARKS = {"is_sublease": (_SUBLEASE,), "claims_arrears": ("plan_apurement", "protocole")}
Said = Mapping[str, Any]


def faults(said: Said) -> list[str]:
    """Every fault of a parsed file, in reading order; empty when the scheme may be used."""
    shape = list(shape_faults(said))
    return shape or [
        *_conditions(said),
        *_codes_once(said),
        *_steps(said),
        *_documents(said),
        *_nature(said),
        *_durations(said),
        *_places(said),
        *_rhythms(said),
    ]


def _conditions(said: Said) -> Iterator[str]:
    for rank, entry in enumerate(said.get("condition", []), start=1):
        for way in (entry, *entry.get("or", [])):
            yield from _condition(f"[[condition]] n° {rank}", way)


def _condition(place: str, way: Said) -> Iterator[str]:
    fact = FACTS.get(way["fact"])
    if fact is None:
        yield f"{place}, « fact » : lu « {way['fact']} », attendu l'un de : {', '.join(FACTS)}."
        return
    if way["test"] not in _tests(fact):
        yield f"{place}, « test » : lu « {way['test']} », attendu pour {fact.label} l'un de : {', '.join(_tests(fact))}."
        return
    is_list = way["test"] == "in"
    values = way["value"] if is_list and isinstance(way["value"], list) else [way["value"]]
    if is_list != isinstance(way["value"], list) or not values or not all(fact.admits(value) for value in values):
        wanted = f"une liste de valeurs, chacune {expected(fact)}" if is_list else expected(fact)
        yield f"{place}, « value » : lu {way['value']!r}, attendu {wanted}."


def _tests(fact: Fact) -> tuple[str, ...]:
    if fact.kind == "bool":
        return ("is", "is_not")
    is_scale = fact.kind == "int" or fact.is_ordered
    return ("is", "is_not", "in", *(("at_least", "at_most") if is_scale else ()))


def _codes_once(said: Said) -> Iterator[str]:
    lists = {name: said.get(name, []) for name in ("step", "meeting", "report")} | {"capacity.line": _lines(said)}
    for name, entries in lists.items():
        for code, times in Counter(entry["code"] for entry in entries).items():
            if times > 1:
                yield f"[[{name}]] : le code « {code} » est écrit {times} fois ; donnez à chacun le sien."


def _steps(said: Said) -> Iterator[str]:
    before: list[str] = []
    for rank, step in enumerate(said.get("step", []), start=1):
        if step.get("after") is not None and step["after"] not in before:
            seen = ", ".join(before) or "aucune"
            yield f"[[step]] n° {rank}, « after » : lu « {step['after']} », attendu une étape écrite plus haut ({seen})."
        before.append(step["code"])


def _documents(said: Said) -> Iterator[str]:
    listed = said.get("documents", {})
    for name in ("step", "report"):
        for rank, entry in enumerate(said.get(name, []), start=1):
            document = entry.get("document")
            if document is not None and document not in listed:
                yield f"[[{name}]] n° {rank}, « document » : « {document} » n'est pas sous [documents] ; ajoutez-l'y."


def _nature(said: Said) -> Iterator[str]:
    """A file cannot hide what it is: the conditions that protect a household follow from these two marks."""
    for mark, signed in _MARKS.items():
        found = [document for document in signed if document in said.get("documents", {})]
        if found and not said.get(mark, False):
            yield f"« {mark} » : lu false, attendu true puisque « {found[0]} » est sous [documents] ; corrigez l'un des deux."
    if said.get("is_sublease", False) and _SUBLEASE not in said.get("documents", {}):
        yield f"[documents] : une sous-location a son contrat ; ajoutez « {_SUBLEASE} » et ses signataires."


def _durations(said: Said) -> Iterator[str]:
    for block, low, high in (("duration", "months", "max_months"), ("slide", "earliest_months", "latest_months")):
        written = said.get(block, {})
        if low in written and high in written and written[low] > written[high]:
            yield f"[{block}] : « {low} » vaut {written[low]}, attendu au plus « {high} » ({written[high]})."
    if "slide" in said and not said.get("is_sublease", False):
        yield "[slide] : un bail ne glisse qu'après une sous-location ; écrivez is_sublease = true, ou retirez ce bloc."


def _places(said: Said) -> Iterator[str]:
    has_limit = bool(_lines(said)) or "households_per_worker" in said.get("capacity", {})
    if said["uses_place"] and not has_limit:
        yield "[capacity] : un dispositif à places dit ce qui les limite ; ajoutez households_per_worker ou [[capacity.line]]."
    if has_limit and not said["uses_place"]:
        yield "« uses_place » : lu false, attendu true puisque [capacity] limite des places ; corrigez l'un des deux."


def _lines(said: Said) -> list[Any]:
    return list(said.get("capacity", {}).get("line", []))


def _rhythms(said: Said) -> Iterator[str]:
    for name, ways in (("meeting", _RHYTHMS), ("report", _ENDINGS)):
        for rank, entry in enumerate(said.get(name, []), start=1):
            written = [way for way in ways if entry.get(way)]
            if len(written) != 1:
                seen = ", ".join(written) or "aucun"
                yield f"[[{name}]] n° {rank} : rythme lu {seen}, attendu exactement un de : {', '.join(ways)}."
