"""Any moves in any order, any of them taken back: a referral, its place and its papers say what its standing moves say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals import carried, reading, story
from riskmodel.referrals.recall import recall_for
from riskmodel.referrals.states import CLOSED, FOLLOWED, MOVES
from riskmodel.register import Sessions, open_register, to_write
from riskmodel.register.models import Measure, Referral, Signature, StepReport, Transition
from tests.registers import Fresh
from tests.unit.referrals.lives import (
    CANDIDATE,
    LANDLORD,
    OWES,
    SCHEMES,
    WHOLE,
    moved,
    noon,
    noted,
    on,
    partner,
    proposed,
    row,
    undone,
)  # fmt: skip

FITTING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "mediation": (OWES, {}),
    "bail_de_sauvegarde": (
        OWES | {"lease_status": "occupant", "stage": "terminated", "contact": "weak"},
        {"third_party_needed": True, "support_accepted": True},
    ),
    "avdl": (OWES, {"measure_ordered": True, "support_accepted": True}),
    "plan_apurement": (OWES | {"contact": "answers", "rent_resumed": True, "debt_hundredths": 150}, {"repayment": "full"}),
    "bail_de_securisation": (
        CANDIDATE,
        {one.fact: True for one in SCHEMES["bail_de_securisation"].conditions if one.fact != "lease_status"},
    ),
}
LAST = ("withdraw", "decline", "end")
"""Moves after which little is left to see."""
ONWARDS = ("validate", "start", "send", "accept", "step_done", "first_interview", "return_evaluation", "propose_measure", "sign")
PACE = 25
"""Days between two acts: long enough for reports to fall due."""


@pytest.fixture(scope="module")
def sessions(fresh_register: Fresh) -> Sessions:
    made = open_register(fresh_register("sqlite"))
    with made.begin() as session:
        partner(session), partner(session, "autre")
    return made


@contextmanager
def fresh(sessions: Sessions) -> Iterator[Session]:
    """A transaction that leaves nothing behind."""
    with sessions() as session:
        to_write(session)
        yield session
        session.rollback()


@dataclass
class Walk:
    """One household's life, act after act, whatever comes."""

    session: Session
    data: st.DataObject
    referral: int
    day: int = 0
    made: list[str] = field(default_factory=list)

    def step(self) -> None:
        acts = [*(one.code for one in reading.detail(self.session, self.referral, schemes=SCHEMES, today=on(self.day)).moves)]
        onwards = [act for act in acts if act not in LAST]
        act = self.data.draw(st.sampled_from([*onwards * 4, *acts, "undo", "recall"]))
        self.day += PACE
        try:
            self.act(act)
            self.made.append(act)
        except MoveRefused:
            pass

    def ahead(self, until: str) -> None:
        """The shortest way to a state, or as far as this scheme goes on it."""
        while row(self.session, self.referral).state != until and any(self.tries(*one) for one in self.onwards()):
            pass

    def onwards(self) -> Iterator[tuple[str, dict[str, Any]]]:
        scheme, told = SCHEMES[row(self.session, self.referral).scheme], story.read(self.session, self.referral)
        for act in ONWARDS if told.last("assign") or not scheme.is_shared else ("validate", "assign"):
            choices = carried.choices(MOVES[act], scheme, told)
            if act == "sign":
                pairs = [(document, party) for document in story.contracts(scheme) for party in scheme.parties[document]]
                yield from (("sign", {"document": document, "party": party}) for document, party in pairs)
            elif act == "step_done":
                yield from (("step_done", {"step": step}) for step in choices["step"] or {})
            else:
                yield (
                    act,
                    {"organisation_id": 1} if act == "assign" else {n: list(choices[n] or {})[:1] for n in MOVES[act].needs},
                )

    def tries(self, act: str, details: dict[str, Any]) -> bool:
        try:
            moved(self.session, self.referral, act, self.day, **details)
        except MoveRefused:
            return False
        return True

    def act(self, act: str) -> None:
        if act == "undo":
            undone(self.session, self.referral, self.day)
        elif act == "recall":
            recall_for(self.session, LANDLORD, "B1", "objection", schemes=SCHEMES, by="agent.01", now=noon(on(self.day)))
        else:
            moved(self.session, self.referral, act, self.day, **self.details(act))

    def details(self, act: str) -> dict[str, Any]:
        scheme, told = SCHEMES[row(self.session, self.referral).scheme], story.read(self.session, self.referral)
        choices = carried.choices(MOVES[act], scheme, told)
        return {name: self.value(name, choices[name] or {}) for name in MOVES[act].needs}

    def value(self, name: str, codes: Any) -> Any:
        if name == "organisation_id":
            return self.data.draw(st.sampled_from([1, 2]))
        if name == "months":
            return self.data.draw(st.integers(1, 6))
        code = self.data.draw(st.sampled_from(sorted(codes))) if codes else None
        return [code] if name in carried.LISTS and code else code


def check(session: Session, referral: int) -> None:
    kept, told = row(session, referral), story.read(session, referral)
    scheme = SCHEMES[kept.scheme]
    state = "proposed"
    for move in told.moves:
        assert move.from_state == state
        assert state in MOVES[move.code].from_states
        state = move.to_state
    assert kept.state == state
    assert (kept.closed_on is not None) is (state in CLOSED)
    measure = session.scalar(select(Measure).filter_by(referral_id=referral))
    _check_place(kept, told, measure, scheme.uses_place)
    if measure is not None:
        _check_papers(session, measure, told, state)


def _check_place(kept: Referral, told: story.Story, measure: Measure | None, uses_place: bool) -> None:
    holds = measure is not None and measure.ended_on is None
    is_chosen = told.last("assign") is not None
    assert (kept.organisation_id is not None) is is_chosen
    assert holds is (uses_place and is_chosen and kept.state in ("validated", "sent", *FOLLOWED))
    if measure is not None and is_chosen:
        assert measure.organisation_id == kept.organisation_id
    if kept.state in ("declined", "withdrawn", "proposed"):
        assert measure is None


def _check_papers(session: Session, measure: Measure, told: story.Story, state: str) -> None:
    signed = {(one.document, one.party): one.signed_on for one in session.scalars(select(Signature))}
    assert signed == told.signed()
    filed = sorted(one.filed_on for one in session.scalars(select(StepReport)) if one.filed_on)
    assert filed == sorted(move.on_day for move in told.of("file_report"))
    assert (state in ("running", "slid")) <= (measure.starts_on is not None and measure.planned_end_on is not None)
    assert (measure.slid_on is not None) is (told.last("slide") is not None)
    assert (measure.aftercare_until is not None) is any(move.to_state == "aftercare" for move in told.of("end"))


@pytest.mark.parametrize("scheme", FITTING)
@settings(max_examples=8)
@given(data=st.data())
def test_state_place_and_papers_are_always_those_of_the_moves_that_stand(
    sessions: Sessions, scheme: str, data: st.DataObject
) -> None:
    with fresh(sessions) as session:
        walk = Walk(session, data, proposed(session, scheme, *FITTING[scheme]))
        kinds = WHOLE if FITTING[scheme][0] is not CANDIDATE else {kind: WHOLE[kind] for kind in ("information", "agreement")}
        noted(session, walk.referral, **kinds)
        walk.ahead(data.draw(st.sampled_from(["proposed", "sent", "accepted", "running"])))
        for _ in range(data.draw(st.integers(3, 12))):
            check(session, walk.referral)
            walk.step()
        check(session, walk.referral)
        history = session.scalars(select(Transition)).all()
        standing = len(story.read(session, walk.referral).moves)
        assert len(history) - sum(one.undone_at is not None for one in history) == standing


@given(key=st.text(min_size=1, max_size=12), value=st.one_of(st.text(), st.floats(), st.integers()))
def test_no_key_of_a_frozen_referral_carries_a_score_points_or_free_text(sessions: Sessions, key: str, value: Any) -> None:
    """Whatever is put among the facts: it is refused, or it is a fact of the vocabulary with one of its values."""
    with fresh(sessions) as session:
        try:
            referral = proposed(session, "mediation", OWES | {key: value})
        except MoveRefused:
            return
        assert row(session, referral).facts.keys() == OWES.keys()
