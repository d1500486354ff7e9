"""For every lease and day: a deadline follows from its inputs, doubt gives no date, and a frozen debt is never a default."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from riskmodel.contracts.overindebtedness import OVERINDEBTEDNESS_STEPS
from riskmodel.contracts.plans import END_REASONS, FRAMEWORKS
from riskmodel.contracts.procedures import STEPS
from riskmodel.law import (
    STATUTORY,
    Act,
    Balance,
    Benefit,
    Lease,
    Plan,
    Situation,
    Stage,
    Term,
    explained,
    recomputed,
    situation,
    statutory,
    urgency,
    wording,
)
from riskmodel.law.rights import KINDS as RIGHTS
from riskmodel.law.wording import day, shown

FIRST, LAST = date(2022, 1, 1), date(2029, 12, 31)
DAYS = st.dates(FIRST, LAST)
CENTS = st.integers(0, 300_000)


@st.composite
def terms(draw: st.DrawFn, as_of: date) -> tuple[Term, ...]:
    """Monthly terms up to a day, oldest first, some unpaid from the oldest unpaid on."""
    count = draw(st.integers(0, 24))
    rent, charges, reduction = draw(st.integers(0, 90_000)), draw(st.integers(0, 20_000)), draw(st.sampled_from([0, 5_000]))
    benefit = draw(st.integers(0, rent + charges))
    days = [as_of - timedelta(days=30 * back + draw(st.integers(0, 25))) for back in range(count, 0, -1)]
    since = draw(st.integers(0, 24))
    found = [Term(due_on, rent, charges, 0, reduction, benefit, 0) for due_on in days]
    return tuple(replace(term, unpaid_cents=term.net_cents) if rank >= since else term for rank, term in enumerate(found))


def balances(as_of: date) -> st.SearchStrategy[tuple[Balance, ...]]:
    """Month ends before a day, or none known."""
    owed = st.lists(st.integers(-20_000, 200_000), max_size=24)
    return owed.map(lambda cents: tuple(Balance(as_of - timedelta(days=30 * (len(cents) - n)), c) for n, c in enumerate(cents)))


ACTS = st.builds(Act, st.sampled_from([*STEPS]), DAYS, st.none(), st.none() | DAYS)
PLANS = st.builds(
    Plan,
    st.sampled_from([*FRAMEWORKS]),
    DAYS,
    DAYS,
    CENTS,
    st.integers(1, 60),
    st.none() | DAYS,
    st.none() | st.sampled_from([*END_REASONS]),
    st.integers(0, 4),
)
STAGES = st.builds(Stage, st.sampled_from([*OVERINDEBTEDNESS_STEPS]), DAYS)
BENEFITS = st.builds(
    Benefit,
    st.just("apl"),
    st.integers(0, 50_000),
    st.sampled_from(["landlord", "tenant"]),
    st.sampled_from(["open", "suspended", "ended"]),
)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Lease, date]:
    """A lease and a day on which it is looked at."""
    as_of = draw(DAYS)
    legal = draw(st.integers(-20_000, 400_000))
    lease = Lease(
        lease_id="B1",
        management_unit="UG1",
        signed_on=draw(st.none() | st.dates(date(1985, 1, 1), as_of)),
        start_on=draw(st.dates(date(1985, 1, 1), as_of)),
        terminated_on=None,
        occupancy="tenant",
        terms=draw(terms(as_of)),
        legal_cents=legal,
        frozen_cents=draw(st.integers(0, max(legal, 0))),
        technical_cents=0,
        benefit=draw(st.none() | BENEFITS),
        acts=tuple(draw(st.lists(ACTS, max_size=8))),
        plans=tuple(draw(st.lists(PLANS, max_size=3))),
        overindebtedness=tuple(draw(st.lists(STAGES, max_size=3))),
        paid_share_3=draw(st.none() | st.integers(0, 120)),
        unpaid_terms_3=draw(st.none() | st.integers(0, 3)),
        balances=draw(balances(as_of)),
    )
    return lease, as_of


def told(case: tuple[Lease, date]) -> Situation:
    """The situation of a drawn lease."""
    return situation(*case)


@given(asked())
def test_every_deadline_follows_from_its_own_rule_and_starting_day(case: tuple[Lease, date]) -> None:
    for one in told(case).deadlines:
        assert recomputed(one) == one.on
        sentence = explained(one)
        assert day(one.from_on) in sentence
        assert one.rule.reference in sentence
        assert one.on is None or day(one.on) in sentence
        assert one.on is None or shown(one.rule) in sentence


@given(asked())
def test_no_date_is_given_to_a_letter_while_a_jurist_has_to_confirm_it(case: tuple[Lease, date]) -> None:
    for one in told(case).deadlines:
        assert one.on is not None or one.to_confirm
        is_told = one.on is not None and day(one.on) in wording(one)
        assert is_told is not one.to_confirm
        assert ("à confirmer par un juriste" in wording(one)) is one.to_confirm


@given(asked())
def test_deadlines_and_rights_come_in_the_order_they_say(case: tuple[Lease, date]) -> None:
    found = told(case)
    days = [one.on or date.max for one in found.deadlines]
    assert days == sorted(days)
    ranks = [list(RIGHTS).index(right.code) for right in found.rights]
    assert ranks == sorted(ranks)
    first = urgency(found)
    assert (first.code, first.text) == (found.rights[0].code, found.rights[0].text) if first else not found.rights


@given(asked())
def test_arrears_are_constituted_only_of_a_debt_that_may_be_claimed_by_a_household_with_benefit(case: tuple[Lease, date]) -> None:
    lease, as_of = case
    found = told(case)
    assert found.claimable_cents <= max(lease.legal_cents, 0) or found.claimable_cents == lease.legal_cents
    if found.constitution.is_met:
        assert found.claimable_cents > 0
        assert lease.benefit is not None
        assert found.constitution.on is not None
        assert found.constitution.on <= as_of
        assert found.constitution.rule.from_on <= as_of
    else:
        assert found.constitution.on is None


@given(asked(), st.integers(1, 500_000))
def test_a_debt_that_may_not_be_paid_is_never_a_default_however_large(case: tuple[Lease, date], more: int) -> None:
    lease, as_of = case
    frozen = replace(
        lease, overindebtedness=(Stage("admissible", as_of - timedelta(days=60)),), plans=(), legal_cents=abs(lease.legal_cents)
    )
    frozen = replace(frozen, frozen_cents=min(frozen.frozen_cents, frozen.legal_cents))
    heavier = replace(frozen, legal_cents=frozen.legal_cents + more, frozen_cents=frozen.frozen_cents + more)
    before, after = situation(frozen, as_of), situation(heavier, as_of)
    assert before.is_suspended_by_overindebtedness
    if frozen.legal_cents:
        assert before.claimable_cents == after.claimable_cents
        assert before.constitution == after.constitution
        assert before.first_default_on == after.first_default_on


@given(asked(), st.integers(1, 100_000))
def test_paying_never_makes_arrears_constituted(case: tuple[Lease, date], paid: int) -> None:
    lease, as_of = case
    left = replace(lease, legal_cents=lease.legal_cents - paid, terms=_paid(lease.terms, paid))
    left = replace(left, frozen_cents=max(0, min(left.frozen_cents, left.legal_cents)))
    frozen = replace(lease, frozen_cents=left.frozen_cents)
    assert situation(frozen, as_of).constitution.is_met or not situation(left, as_of).constitution.is_met


def _paid(known: tuple[Term, ...], cents: int) -> tuple[Term, ...]:
    found = []
    for term in known:
        part = min(term.unpaid_cents, cents)
        cents -= part
        found.append(replace(term, unpaid_cents=term.unpaid_cents - part))
    return tuple(found)


@given(st.lists(asked(), max_size=3))
def test_every_line_of_a_list_rests_on_a_duty_or_a_right_of_its_lease(cases: list[tuple[Lease, date]]) -> None:
    for case in cases:
        found = told(case)
        waiting = {one.on for one in found.deadlines if one.done_on is None} | {right.on for right in found.rights}
        for row in statutory([found]):
            assert row.list in STATUTORY
            assert row.due_on in waiting
            assert row.legal_cents == found.legal_cents
            assert row.why
            assert row.reference
            assert row.due_on is not None or row.to_confirm or row.list in ("broken_plan", "judge_or_pcs")
