"""What a move carries: codes of closed lists, numbers and days. Anything else is refused, so that no text can enter."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from riskmodel.referrals import story
from riskmodel.referrals.states import CHANNELS, DETAILS, OUTCOMES, SIGNED, VISITS, Move
from riskmodel.referrals.story import Story
from riskmodel.schemes import DOCUMENTS, PARTIES, Scheme

LISTS = ("goals", "actions")
NUMBERS = ("organisation_id", "line_id", "worker_id", "months")
MOST_MONTHS = 60


def choices(move: Move, scheme: Scheme, told: Story) -> dict[str, Mapping[str, str] | None]:
    """By detail of a move, the codes it may take with their labels; None for a number or a day."""
    done = story.done(scheme, told)
    known: dict[str, Mapping[str, str]] = {
        "reason": move.reasons,
        "channel": CHANNELS,
        "outcome": OUTCOMES,
        "visit": VISITS,
        "goals": scheme.goals,
        "actions": scheme.actions,
        "step": {step.code: step.label for step in story.by_note(scheme) if step.code not in done},
        "document": {code: DOCUMENTS[code] for code in SIGNED if scheme.parties.get(code)},
        "party": PARTIES,
        "report": {report.code: report.label for report in scheme.reports},
        "end": scheme.ends,
    }
    return {name: known.get(name) for name in (*move.needs, *move.may)}


def checked(move: Move, scheme: Scheme, told: Story, details: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a move may keep of `details` (days written ISO), and every fault in French."""
    given = {name: value for name, value in details.items() if value is not None}
    admitted = choices(move, scheme, told)
    faults = [*_odd(move, given), *_missing(move, admitted, given), *_wrong(admitted, given), *_party(scheme, given)]
    return {name: _plain(value) for name, value in given.items() if name in admitted}, faults


def _odd(move: Move, given: Mapping[str, Any]) -> Iterator[str]:
    wanted = ", ".join((*move.needs, *move.may)) or "rien"
    yield from (
        f"« {name} » n'est pas demandé ici ; à donner : {wanted}." for name in given if name not in (*move.needs, *move.may)
    )


def _missing(move: Move, admitted: Mapping[str, Mapping[str, str] | None], given: Mapping[str, Any]) -> Iterator[str]:
    for name in move.needs:
        is_optional = name in LISTS and not admitted[name]
        if not is_optional and not given.get(name):
            yield f"{DETAILS[name]} : rien n'a été donné. {_wanted(name, admitted[name])}"


def _wrong(admitted: Mapping[str, Mapping[str, str] | None], given: Mapping[str, Any]) -> Iterator[str]:
    for name, codes in admitted.items():
        if name in given and not _fits(name, codes, given[name]):
            yield f"{DETAILS[name]} : lu « {given[name]} ». {_wanted(name, codes)}"


def _fits(name: str, codes: Mapping[str, str] | None, value: Any) -> bool:
    if name in NUMBERS:
        return type(value) is int and value > 0 and (name != "months" or value <= MOST_MONTHS)
    if name == "due_on":
        return _is_day(value)
    if name in LISTS:
        return isinstance(value, list | tuple) and all(isinstance(code, str) and code in (codes or {}) for code in value)
    return isinstance(value, str) and value in (codes or {})


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, date) or bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _party(scheme: Scheme, given: Mapping[str, Any]) -> Iterator[str]:
    signers = scheme.parties.get(given.get("document", ""), ()) if isinstance(given.get("document"), str) else ()
    if signers and given.get("party") not in signers:
        yield f"{DETAILS['party']} : lu « {given.get('party')} », attendu l'un de : {', '.join(signers)}."


def _wanted(name: str, codes: Mapping[str, str] | None) -> str:
    if name == "months":
        return f"Donnez un nombre de mois, de 1 à {MOST_MONTHS}."
    if name in NUMBERS:
        return "Donnez son numéro."
    if codes is None:
        return "Donnez un jour AAAA-MM-JJ."
    listed = ", ".join(f"{code} ({label})" for code, label in codes.items()) or "rien ici"
    return f"Choisissez parmi : {listed}."


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(dict.fromkeys(value)) if isinstance(value, list | tuple) else value
