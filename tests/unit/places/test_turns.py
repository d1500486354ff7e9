"""The declared order of turns, the referrals that wait, and what is kept of a week."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.places.allocation import Request, allocate
from riskmodel.places.stock import stock
from riskmodel.places.turns import OTHERS, TURNS, keep, label, rank, read, waiting
from riskmodel.register import Sessions, to_write
from riskmodel.register.models import SharedOut
from riskmodel.schemes import FACTS
from tests.unit.places.conftest import DAY, NOW, OPH, SCHEMES, agreed, partner, referral, worker


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        to_write(opened)
        yield opened


def test_every_line_reads_a_fact_of_the_vocabulary_and_codes_that_it_may_take() -> None:
    for turn in TURNS:
        fact = FACTS[turn.fact]
        assert not fact.is_declared
        assert set(turn.values) <= {*(fact.codes or (True,))}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"stage": "cfp", "benefit_break": True}, "eviction"),
        ({"stage": "hearing", "benefit_break": True}, "benefit_break"),
        ({"stage": "summons"}, "hearing"),
        ({"stage": "terminated"}, "terminated"),
    ],
)
def test_the_first_line_that_suits_gives_the_rank(facts: dict[str, Any], code: str) -> None:
    assert TURNS[rank(facts)].code == code
    assert label((rank(facts),)) == TURNS[rank(facts)].label


def test_whoever_no_line_suits_comes_after_all() -> None:
    assert rank({"stage": "cdp"}) == rank({}) == len(TURNS)
    assert label((rank({}),)) == OTHERS


def test_those_who_wait_are_those_of_the_state_without_a_partner_for_a_scheme_with_places(session: Session) -> None:
    asso = partner(session)
    old = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    late = referral(session, "B1", "mediation")
    first = referral(session, "B2", facts={"stage": "cql"})
    long = referral(session, "B3", "mediation", created_at=old)
    referral(session, "B4", "mediation", state="proposed")
    referral(session, "B5", "mediation", organisation_id=asso)
    referral(session, "B6", "fsl")
    found = waiting(session, OPH, "validated", SCHEMES, lambda scheme: scheme.duration.months or 3)
    assert [request.referral_id for request in found] == [first, long, late]
    assert found[0] == Request(first, "bail_de_sauvegarde", "01", 12, (1,), DAY)
    assert found[1] == Request(long, "mediation", "01", 3, (len(TURNS),), date(2026, 11, 1))


def test_what_is_kept_of_a_week_can_be_read_again(session: Session) -> None:
    asso = partner(session)
    agreed(session, asso, "mediation")
    worker(session, asso, fte=7)
    one, two = referral(session, "B1", "mediation"), referral(session, "B2", "mediation")
    told = allocate(waiting(session, OPH, "validated", SCHEMES, lambda _: 3), stock(session, OPH, SCHEMES, DAY))
    keep(session, OPH, "2026-S48", told, "agent.01", NOW)
    session.expire_all()
    row = session.scalars(select(SharedOut)).one()
    assert read(row.result) == told
    assert row.result["assigned"] == [[one, asso, None]]
    assert row.result["unserved"] == [{"referral_id": two, "why": "no_place", "would_serve": [[asso, None, ["workers"]]]}]
