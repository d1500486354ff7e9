"""What a move carried, as a French reader says it: « Motif : aucune place dans les délais »."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.referrals.carried import LISTS, choices
from riskmodel.referrals.states import DETAILS, MOVES
from riskmodel.referrals.story import Story
from riskmodel.register.models import FundingLine, Organisation, Worker
from riskmodel.schemes import Scheme


def told(session: Session, scheme: Scheme, code: str, details: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The label and the text of each detail of a move, in the order in which a form asks for them."""
    known = choices(MOVES[code], scheme, Story())
    named = [name for name in DETAILS if name in details]
    return tuple((DETAILS[name].capitalize(), _text(session, name, known.get(name) or {}, details[name])) for name in named)


def _text(session: Session, name: str, codes: Mapping[str, str], value: Any) -> str:
    if name in LISTS:
        return " ; ".join(codes.get(code, code) for code in value) or "rien à choisir"
    if name == "due_on":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if isinstance(value, str):
        return codes.get(value, value)
    return str(value) if name == "months" else _row(session, name, value)


def _row(session: Session, name: str, number: int) -> str:
    """A row of the register by its name; its number when the row has been deleted since."""
    if name == "organisation_id":
        partner = session.get(Organisation, number)
        return partner.name if partner else f"n° {number}"
    if name == "line_id":
        line = session.get(FundingLine, number)
        return f"{line.code} {line.year}" if line else f"n° {number}"
    worker = session.get(Worker, number)
    return worker.code if worker else f"n° {number}"
