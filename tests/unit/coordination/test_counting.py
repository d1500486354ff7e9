"""Every figure adds up: to the register, and to the figures beside it."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.coordination import counting, lists, months, tables
from riskmodel.coordination.grids import Grid
from riskmodel.coordination.kinds import KINDS
from riskmodel.coordination.known import Known, gather
from riskmodel.places.stock import stock, workers_left
from riskmodel.referrals import late
from riskmodel.referrals.states import STATES
from riskmodel.register import Sessions
from riskmodel.register.models import FundingLine, Measure, Referral, Transition
from tests.unit.coordination.project import moved, proposed, sent
from tests.unit.referrals.lives import LANDLORD, SCHEMES, the_partner

SENT_IN = date(2027, 2, 15)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def known(session: Session, kind: str, on: date, unit: str | None = None) -> Known:
    return gather(session, LANDLORD, SCHEMES, kind, on, unit)


def total(grid: Grid, place: int = -1) -> int:
    last = grid.rows[-1][place]
    assert grid.has_total
    assert isinstance(last, int)
    return last


def column(grid: Grid, place: int = -1) -> list[int]:
    return [cell for row in grid.rows[:-1] if isinstance(cell := row[place], int)]


def test_the_annual_evaluation_counts_every_referral_of_the_register(session: Session) -> None:
    found = known(session, "annee", SENT_IN)
    mine = select(func.count()).select_from(Referral).filter_by(landlord_id=LANDLORD)
    assert total(tables.states(found)) == len(found.now) == session.scalar(mine)
    states = dict(session.execute(select(Referral.state, func.count()).group_by(Referral.state)).all())
    assert {row[0]: row[1] for row in tables.states(found).rows[:-1]} == {
        STATES[code].capitalize(): number for code, number in states.items()
    }


def test_the_same_referrals_are_counted_by_scheme_by_partner_and_by_unit(session: Session) -> None:
    for kind, on in (("annee", SENT_IN), ("trimestre", date(2026, 6, 30)), ("comite", date(2026, 7, 6))):
        found = known(session, kind, on)
        made = [tables.stages(found), tables.partners(found), tables.units(found)]
        assert len({total(grid) for grid in made}) == 1
        for grid in made:
            for place in range(1, len(grid.headers)):
                assert sum(column(grid, place)) == total(grid, place), (kind, grid.name, grid.headers[place])


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_open_and_came_in_less_what_was_closed_is_what_is_open(session: Session, kind: str) -> None:
    for days in range(0, 420, 35):
        told = counting.movement(known(session, kind, date(2026, 1, 12) + timedelta(days=days)))
        assert told.before + told.proposed - told.closed == told.after


def test_measures_begun_ended_and_running_are_those_of_the_register(session: Session) -> None:
    found = known(session, "annee", SENT_IN)
    rows = session.scalars(select(Measure).filter_by(landlord_id=LANDLORD)).all()
    within = [row for row in rows if row.starts_on and YEAR[0] <= row.starts_on <= YEAR[1]]
    ended = [row for row in rows if row.starts_on and row.ended_on and YEAR[0] <= row.ended_on <= YEAR[1]]
    running = [row for row in rows if row.starts_on and (row.ended_on is None or row.ended_on > YEAR[1])]
    assert (len(within), len(ended), len(running)) == tuple(total(tables.measures(found), place) for place in (1, 4, 5))
    assert {one.referral_id for one in counting.ended(found)} == {row.referral_id for row in ended}
    assert total(tables.ends(found)) == len(ended) > 2
    assert sum(months.by_month(found).series["Mesures commencées"]) == len(within)


@pytest.mark.parametrize(("kind", "on"), [("annee", SENT_IN), ("trimestre", date(2026, 6, 30)), ("comite", date(2026, 7, 6))])
def test_every_referral_that_went_out_has_a_reason(session: Session, kind: str, on: date) -> None:
    found = known(session, kind, on)
    reasons = counting.closed(found)
    assert reasons.total() == counting.movement(found).closed
    assert not any(why == "sans motif" for _, why in reasons)
    if kind == "annee":
        assert {why for state, why in reasons if state != "closed"} == {"situation réglée", "aucune place dans les délais"}


def test_goals_and_actions_are_those_that_evaluations_brought_back(session: Session) -> None:
    found = known(session, "annee", SENT_IN)
    rows = session.scalars(select(Transition).filter_by(code="return_evaluation", undone_at=None)).all()
    for detail, grid in (("goals", tables.goals(found)), ("actions", tables.actions(found))):
        told = Counter(code for row in rows for code in row.details[detail])
        assert sum(row[-1] for row in grid.rows if isinstance(row[-1], int)) == told.total() > 3


def test_what_is_late_is_what_the_register_says_is_late(session: Session) -> None:
    day = date(2026, 12, 31)
    found = known(session, "mois", day)
    overdue = late.late(session, day, schemes=SCHEMES, landlord_id=LANDLORD)
    expected = [(one.referral_id, one.step, one.days_late) for one in overdue]
    assert [(todo.one.referral_id, todo.due.step, todo.days_late) for todo in counting.late(found)] == expected
    assert len(expected) > 3


def test_the_units_of_a_dashboard_share_all_that_the_landlord_has(session: Session) -> None:
    day = date(2026, 6, 30)
    whole, units = known(session, "mois", day), [known(session, "mois", day, unit) for unit in ("UG01", "UG02")]
    counted = [counting.counts(one) for one in units]
    assert counting.counts(whole) == {name: sum(one[name] for one in counted) for name in counted[0]}


def test_places_used_and_left_make_what_each_line_allows(register: Sessions) -> None:
    day = date(2026, 6, 30)
    with register() as session:
        for row in session.scalars(select(FundingLine).filter_by(year=2026)):
            row.measures, row.measure_months, row.places = 30, 400, 20
        found = known(session, "annee", date(2026, 12, 31))
        offers = stock(session, LANDLORD, SCHEMES, date(2026, 12, 31))
        left = {line.line_id: line for offer in offers for line in offer.lines}
        assert sum(line.places[0] for line in found.seats.lines) > 3
        for line in found.seats.lines:
            told = left[line.line_id]
            assert (line.measures[0] + (told.measures_left or 0), line.months[0] + (told.months_left or 0)) == (30, 400)
            assert line.places[0] + (told.places_left or 0) == 20
            assert line.tightest == max([line.measures, line.months, line.places], key=lambda pair: pair[0] / (pair[1] or 1))
        session.rollback()
        room = workers_left(session, LANDLORD, SCHEMES, day, the_partner(session), day)
        (worker,) = known(session, "trimestre", day).seats.workers
        assert worker.used_hundredths == 100 - int(room[0].room * 100)


def test_delays_are_days_between_a_step_and_the_one_before_done_in_the_period(register: Sessions) -> None:
    with register() as session:
        for rank, wait in enumerate((2, 4, 30)):
            referral = proposed(session, "mediation", f"SIAO-2026-95{rank}", "UG01", date(2027, 5, 3))
            sent(session, referral, the_partner(session), date(2027, 5, 3))
            moved(session, referral, "accept", date(2027, 5, 3) + timedelta(days=wait))
        found = known(session, "trimestre", date(2027, 6, 30))
        (delay,) = [one for one in counting.delays(found) if one.step.code == "answered"]
        assert (delay.days, delay.median, delay.over, delay.step.within_days) == ((2, 4, 30), 4, 1, 7)
        assert not [one for one in counting.delays(known(session, "trimestre", date(2027, 5, 2))) if one.step.code == "answered"]
        session.rollback()


def test_what_comes_is_due_by_the_next_meeting_and_is_not_late(session: Session) -> None:
    found = known(session, "trimestre", date(2026, 6, 30))
    rows = lists.coming(found).rows
    assert rows
    assert all(date(2026, 6, 30) <= row[-1] <= date(2026, 9, 30) for row in rows if isinstance(row[-1], date))
