"""A small project: a partner, two units, and households followed for a year, each as far as a test needs."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals import gate, moves, story
from riskmodel.register.models import Referral
from tests.unit.referrals.lives import LANDLORD, SCHEMES, WHOLE, noon, partner
from tests.unit.referrals.test_every_scheme import household

BY = "agent.01"
PROPOSED_ON = date(2026, 1, 12)
ORDER = ("accept", "start", "attempt", "first_interview", "return_evaluation", "propose_measure", "step_done", "sign")


def proposed(session: Session, scheme: str, lease: str, unit: str, day: date) -> int:
    """A household that fits, proposed on a day."""
    facts, declared = household(scheme)
    return moves.propose(
        session, landlord_id=LANDLORD, management_unit=unit, lease_id=lease, scheme=SCHEMES[scheme],
        facts=facts, declared=declared, case_id=None, by=BY, now=noon(day),
    )  # fmt: skip


def moved(session: Session, referral: int, code: str, day: date, noted_on: date | None = None, /, **details: Any) -> str:
    """One move, made on a day, noted that day or later."""
    said = {"by": BY, "now": noon(noted_on or day), "on_day": day, "details": details}
    return moves.move(session, referral, code, schemes=SCHEMES, **said)


def sent(session: Session, referral: int, organisation: int, day: date) -> date:
    """Its gate recorded, its partner chosen, its fiche sent; the day after."""
    found = session.get_one(Referral, referral)
    for kind in sorted({one.kind for one in gate.asked(found)} & set(WHOLE)):
        gate.record(session, referral, kind, WHOLE[kind], day, BY, noon(day))
    moved(session, referral, "validate", day)
    if SCHEMES[found.scheme].is_shared:
        moved(session, referral, "assign", day, organisation_id=organisation)
        moved(session, referral, "send", day)
    return day + timedelta(days=1)


def followed(session: Session, referral: int, day: date, every: int = 7) -> date:
    """All that its scheme has before its measure runs, one act every few days; the day of the last."""
    scheme = SCHEMES[session.get_one(Referral, referral).scheme]
    for code, details in _acts(scheme.code):
        try:
            moved(session, referral, code, day + timedelta(days=every), **details)
        except MoveRefused:
            continue
        day += timedelta(days=every)
    return day


def _acts(code: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Acts of a life, tried twice over: what comes too early the first time comes the second."""
    scheme = SCHEMES[code]
    details: dict[str, list[dict[str, Any]]] = {
        "attempt": [{"channel": "simple_letter", "outcome": "no_answer"}, {"channel": "visit", "outcome": "reached"}],
        "return_evaluation": [{"goals": list(scheme.goals)[:2], "actions": list(scheme.actions)[:1]}],
        "step_done": [{"step": step.code} for step in story.by_note(scheme)],
        "sign": [{"document": one, "party": party} for one in story.contracts(scheme) for party in scheme.parties[one]],
    }
    for _ in range(2):
        yield from ((act, said) for act in ORDER for said in details.get(act, [{}]))


def project(session: Session) -> dict[str, int]:
    """A year of one partner: each referral by what became of it."""
    asso, unit = partner(session), {0: "UG01", 1: "UG02"}
    lives = (
        *("talked", "answered", "waits", "runs", "late_report", "ended", "slid", "watched", "entering", "steered", "presented"),
        *("withdrawn", "refused", "alone"),
    )
    schemes = dict.fromkeys(("talked", "answered", "waits", "withdrawn", "refused"), "mediation")
    schemes |= dict.fromkeys(("runs", "late_report", "ended", "slid"), "bail_de_sauvegarde")
    schemes |= {"watched": "bail_de_securisation", "entering": "bail_de_securisation", "alone": "plan_apurement"}
    schemes |= dict.fromkeys(("steered", "presented"), "ccas_jeunes_actifs")
    found: dict[str, int] = {}
    for rank, life in enumerate(lives):
        day = PROPOSED_ON + timedelta(days=10 * rank)
        found[life] = proposed(session, schemes[life], f"SIAO-2026-{rank:03d}", unit[rank % 2], day)
        _live(session, life, found[life], asso, day)
    return found


def _live(session: Session, life: str, referral: int, asso: int, day: date) -> None:
    if life == "waits":
        moved(session, referral, "validate", day)
        return
    after = sent(session, referral, asso, day)
    if life == "withdrawn":
        moved(session, referral, "withdraw", after, reason="settled")
    elif life == "refused":
        moved(session, referral, "decline", after, reason="no_place")
    elif life == "answered":
        moved(session, referral, "accept", after)
    elif life == "entering":
        moved(session, referral, "accept", after)
        moved(session, referral, "return_evaluation", after + timedelta(days=9), goals=["entry"], actions=["fsl", "locapass"])
    elif life == "presented":
        moved(session, referral, "accept", after)
        moved(session, referral, "return_evaluation", after + timedelta(days=9), goals=["budget"], actions=["entry"])
    else:
        _ended(session, life, referral, followed(session, referral, after))


def _ended(session: Session, life: str, referral: int, day: date) -> None:
    later = day + timedelta(days=100)
    if life == "talked":
        moved(session, referral, "end", day, end="oriented")
    elif life == "ended":
        moved(session, referral, "file_report", later, report="step")
        moved(session, referral, "end", later, end="stable")
    elif life == "slid":
        moved(session, referral, "slide", later)
    elif life == "watched":
        moved(session, referral, "end", later, end="stable")
