"""A document is refused whole when a fact is missing, not foreseen or not of its scheme; the refusal names them all."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from riskmodel.documents.orientation.facts import ACTION_STATES, GOAL_STATES, LABELS, NEEDS, SIZES, accepted, needed
from riskmodel.documents.orientation.texts import told
from riskmodel.errors import DocumentRefused
from riskmodel.schemes import DOCUMENTS, Scheme

Fault = str
"""One sentence: what is wrong, and what was expected."""


def check(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise DocumentRefused, naming everything at once, unless the document can be written from these facts."""
    if kind not in NEEDS:
        raise DocumentRefused(f"Document « {kind} » : inconnu. Documents possibles : {', '.join(NEEDS)}.")
    missing, wrong = lacking(kind, facts), [*_unforeseen(kind, facts), *_not_of_the_scheme(facts), *_told(kind, facts)]
    if missing or wrong:
        asked = [f"il manque {', '.join(missing)}"] if missing else []
        raise DocumentRefused(
            f"{DOCUMENTS[kind].capitalize()} : {' ; '.join([*asked, *wrong])}. "
            "Complétez le dossier de l'orientation, puis redemandez le document."
        )


def lacking(kind: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What a document still needs before it can be written, as its refusal would name it."""
    return tuple(_missing(kind, facts))


def _missing(kind: str, facts: Mapping[str, Any]) -> Iterator[str]:
    for name in needed(kind, facts):
        if _is_empty(facts.get(name)):
            yield LABELS[name]
    for name, value in facts.items():
        if name in LABELS and is_dataclass(value) and not isinstance(value, Scheme):
            yield from (f"{LABELS[name]} ({LABELS[part]})" for part in _empty_parts(value))
    if "agreement" in told(kind) and not any(one.field == "agreement" for one in facts.get("told") or ()):
        yield "information et accord du ménage"


def _empty_parts(value: Any) -> list[str]:
    required = [field.name for field in fields(value) if field.default is MISSING]
    return [name for name in required if _is_empty(getattr(value, name))]


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", (), [], {})


def _unforeseen(kind: str, facts: Mapping[str, Any]) -> Iterator[Fault]:
    """What this document has no place for: nothing more than its purpose needs may be handed to it."""
    places = accepted(kind, facts)
    if unknown := [name for name in facts if name not in places and not _is_empty(facts[name])]:
        yield f"ce document ne dit pas {', '.join(LABELS.get(name, f'« {name} »') for name in unknown)}"


def _not_of_the_scheme(facts: Mapping[str, Any]) -> Iterator[Fault]:
    scheme = facts.get("scheme")
    if not isinstance(scheme, Scheme):
        return
    yield from _unknown("goals", facts.get("goals") or (), scheme.goals)
    yield from _unknown("actions", facts.get("actions") or (), scheme.actions)
    yield from _unknown("end", [facts["end"]] if facts.get("end") else [], scheme.ends)
    yield from _unknown("sizes", facts.get("sizes") or (), SIZES)
    for name, of, states in (("goal_states", "goals", GOAL_STATES), ("action_states", "actions", ACTION_STATES)):
        said = facts.get(name) or {}
        yield from _unknown(name, said.values(), states)
        yield from _unknown(name, said.keys(), facts.get(of) or ())


def _told(kind: str, facts: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _unknown("told", dict.fromkeys(one.field for one in facts.get("told") or ()), sorted(told(kind)))


def _unknown(name: str, seen: Any, known: Any) -> Iterator[Fault]:
    if strange := [code for code in seen if code not in known]:
        yield f"{LABELS[name]} : {', '.join(map(str, strange))} hors de la liste ({', '.join(known) or 'vide'})"
