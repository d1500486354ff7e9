"""One standing decision a row at most, nothing rewritten, nothing lost; a dismissal is silent for a while, silence is not."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.casework import cases, decisions, reviews
from riskmodel.casework.choices import CHOICES
from riskmodel.casework.decisions import Decided, decide, history, muted, silent, standing, undo
from riskmodel.casework.key import ListKey, monday_of
from riskmodel.errors import DecisionRefused
from riskmodel.register.decisions import CODES
from tests.unit.casework.lists import KEY, MONDAY, NOON, at, frozen

LATER = MONDAY + timedelta(days=21)


def decided(
    session: Session, lease: str, code: str = "call", *, days: int = 0, key: ListKey = KEY, by: str = "agent.01"
) -> Decided:
    reasons = CHOICES[code].reasons
    until = LATER if code == "pause" else None
    return decide(session, key, lease, code, reason=next(iter(reasons), None), paused_until=until, by=by, now=at(days=days))


def test_a_decision_is_recorded_once_with_its_reason_and_its_instant(session: Session) -> None:
    first = decided(session, "B1")
    assert (first.label, first.reason_label, first.decided_on, first.decided_at) == (
        "Appel",
        "dette qui s'installe",
        MONDAY,
        NOON,
    )
    assert decided(session, "B1", by="agent.02") == first
    assert standing(session, KEY) == {"B1": first}
