"""Referrals brought to where a test needs them, in few words: a partner, a household, a clock, and moves day after day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.referrals import gate, moves
from riskmodel.referrals.fields import FIELDS
from riskmodel.register import organisations
from riskmodel.register.models import Convention, FundingLine, Organisation, Referral, Worker
from riskmodel.schemes import load

SCHEMES = load()
START = date(2026, 11, 2)
LANDLORD, UNIT = "essai", "UG01"
OWES = {
    "as_of": "2026-11-01",
    "lease_status": "tenant",
    "debt_hundredths": 310,
    "legal_cents": 123_456,
    "stage": "none",
    "contact": "lost",
    "unmet_obligations": 2,
    "benefit_break": False,
    "overindebtedness": "none",
    "rent_resumed": False,
    "plan_in_force": False,
    "oldest_unpaid_on": "2026-08-05",
    "attempts": [{"on": "2026-10-12", "channel": "phone", "outcome": "no_answer"}],
}
"""A household in arrears whom nobody reaches."""
STAYED = OWES | {"lease_status": "occupant", "stage": "terminated", "contact": "weak"}
"""The same, in its dwelling after its lease was terminated."""
TALKS = OWES | {"contact": "answers", "rent_resumed": True, "debt_hundredths": 150}
CANDIDATE = {"as_of": "2026-11-01", "lease_status": "candidate"}
AGREES = {"third_party_needed": True, "support_accepted": True, "wants_help": True}


def noon(day: date) -> datetime:
    """An instant of a day."""
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def on(days: int) -> date:
    """A day so many after the first."""
    return START + timedelta(days=days)


def partner(session: Session, code: str = "asso", *, fields: list[str] | None = None) -> int:
    """A partner whose conventions cover every scheme and every unit, with one worker and lines of funding without a limit."""
    number = organisations.declare(session, "association", LANDLORD, code, f"Association {code} (données synthétiques)")
    said = {"landlord_id": LANDLORD, "organisation_id": number, "territories": [], "signed_on": date(2026, 1, 5)}
    allowed = list(FIELDS) if fields is None else fields
    session.add_all(Convention(**said, scheme=scheme, fields=allowed, ends_on=None) for scheme in SCHEMES)
    lines = {"measures": None, "measure_months": None, "places": None, "households_per_worker": None}
    funded = [scheme.code for scheme in SCHEMES.values() if scheme.uses_place]
    whose = {"landlord_id": LANDLORD, "organisation_id": number}
    session.add_all(
        FundingLine(**whose, scheme=scheme, code="ligne", year=year, **lines) for scheme in funded for year in (2026, 2027, 2028)
    )
    session.add(Worker(**whose, code="ts.01", fte_hundredths=100, from_on=date(2026, 1, 5), to_on=None))
    session.flush()
    return number


def the_partner(session: Session, code: str = "asso") -> int:
    """The number of a partner declared before."""
    return session.scalars(select(Organisation.id).filter_by(code=code)).one()


def proposed(
    session: Session,
    scheme: str,
    facts: dict[str, Any] | None = None,
    declared: dict[str, Any] | None = None,
    lease: str = "B1",
) -> int:
    """A referral proposed on the first day."""
    return moves.propose(
        session,
        landlord_id=LANDLORD,
        management_unit=UNIT,
        lease_id=lease,
        scheme=SCHEMES[scheme],
        facts=OWES if facts is None else facts,
        declared=declared or {},
        case_id=None,
        by="agent.01",
        now=noon(START),
    )


def moved(session: Session, referral: int, code: str, day: int = 0, /, **details: Any) -> str:
    """One move, made on a day and noted that day."""
    said = {"by": "agent.01", "now": noon(on(day)), "on_day": on(day), "details": details}
    return moves.move(session, referral, code, schemes=SCHEMES, **said)


def undone(session: Session, referral: int, day: int = 0) -> str:
    """The last move taken back on a day."""
    return moves.undo(session, referral, schemes=SCHEMES, by="agent.02", now=noon(on(day)))


def noted(session: Session, referral: int, **states: str) -> None:
    """Preconditions recorded on the first day."""
    for kind, state in states.items():
        gate.record(session, referral, kind, state, START, "agent.01", noon(START))


WHOLE = {"reminder": "letter", "personal_contact": "phone", "information": "letter", "agreement": "written"}


def sent(
    session: Session,
    scheme: str,
    facts: dict[str, Any] | None = None,
    declared: dict[str, Any] | None = None,
    lease: str = "B1",
) -> int:
    """A referral sent to the partner on the first day."""
    referral = proposed(session, scheme, facts, declared, lease)
    kinds = {one.kind for one in gate.asked(session.get_one(Referral, referral))}
    noted(session, referral, **{kind: state for kind, state in WHOLE.items() if kind in kinds})
    moved(session, referral, "validate")
    moved(session, referral, "assign", organisation_id=the_partner(session))
    moved(session, referral, "send")
    return referral


def row(session: Session, referral: int) -> Referral:
    """The referral as the register holds it."""
    return session.get_one(Referral, referral, populate_existing=True)
