"""A week's places: shared out and kept, booked all together, once, even when several people confirm at the same instant."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from riskmodel.errors import MoveRefused, PlaceRefused
from riskmodel.places import partners
from riskmodel.places.partners import Agreed, Funded
from riskmodel.referrals import moves
from riskmodel.register import Sessions, open_register, organisations
from riskmodel.register.models import Measure, Referral, Transition
from riskmodel.settings import Settings, load
from riskmodel.steps import sharing
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.sharing import Left

LANDLORD, WEEK = "essai", "2026-S48"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIGNED = date(2026, 1, 5)


@dataclass(frozen=True)
class Week:
    """A landlord with two partners, and what a test does with their places."""

    settings: Settings
    register: Sessions

    def partner(self, code: str, workers: dict[str, int], **lines: dict[str, Any]) -> int:
        """A partner of these workers, with a convention for each scheme named, and its line where one funds it."""
        schemes = schemes_of(self.settings, LANDLORD)
        with self.register.begin() as session:
            number = organisations.declare(session, "association", LANDLORD, code, f"Association {code}")
            for name, limits in lines.items():
                partners.agree(session, number, Agreed(name, SIGNED), schemes, (), ())
                if limits:
                    partners.fund(session, number, Funded(name, "ligne", 2026, **limits), schemes)
            for worker, hours in workers.items():
                partners.employ(session, number, worker, hours, SIGNED)
        return number

    def ready(self, lease: str, scheme: str = "asll_maintien", days: int = 5, **facts: Any) -> int:
        """A referral validated so many days ago."""
        at = NOW - timedelta(days=days)
        where = {"landlord_id": LANDLORD, "management_unit": "UG01", "lease_id": lease, "scheme": scheme}
        with self.register.begin() as session:
            row = Referral(**where, state="validated", facts=facts, declared={}, created_at=at, created_by="agent")
            session.add(row)
            session.flush()
            said = {"at": at, "on_day": at.date(), "by": "agent", "code": "validate", "details": {}}
            session.add(Transition(referral_id=row.id, **said, from_state="proposed", to_state="validated"))
            return row.id

    def moved(self, referral_id: int, code: str, **details: Any) -> None:
        """A move that somebody makes by hand."""
        said = {"by": "agent", "now": NOW, "on_day": NOW.date(), "details": details}
        with self.register.begin() as session:
            moves.move(session, referral_id, code, schemes=schemes_of(self.settings, LANDLORD), **said)

    def share(self, now: datetime = NOW) -> int:
        """The week shared out."""
        with self.register.begin() as session:
            return sharing.share(session, self.settings, LANDLORD, by="chef", now=now)

    def confirm(self, number: int, landlord_id: str = LANDLORD) -> sharing.Confirmed:
        """Its places booked."""
        with self.register.begin() as session:
            return sharing.confirm(session, self.settings, landlord_id, number, by="chef", now=NOW)

    def seats(self) -> dict[int, int]:
        """The partner of each referral that holds a place."""
        with self.register() as session:
            return dict(session.execute(select(Measure.referral_id, Measure.organisation_id)).all())

    def standing(self) -> dict[int, str]:
        """What became of each referral served by the last sharing out."""
        with self.register() as session:
            shared = sharing.last(session, LANDLORD, WEEK)
            assert shared is not None
            return {key: stood.code for key, stood in sharing.standing(session, shared.told.assigned).items()}


@pytest.fixture
def week(tmp_path: Path, register_url: str) -> Week:
    settings = replace(load({"VIGIE_HOME": str(tmp_path)}), register_url=register_url)
    return Week(settings, open_register(settings.register_url))


def test_a_week_is_shared_out_in_the_declared_order_and_kept_without_booking_anything(week: Week) -> None:
    asso = week.partner("a", {}, asll_maintien={"measures": 2})
    late, urgent, first = week.ready("B1", days=2), week.ready("B2", days=1, stage="cql"), week.ready("B3", days=9)
    number = week.share()
    with week.register() as session:
        shared = sharing.last(session, LANDLORD, WEEK)
        assert [one.referral_id for one in sharing.waiting(session, week.settings, LANDLORD)] == [urgent, first, late]
        assert sharing.last(session, LANDLORD, "2026-S47") is None
        assert sharing.last(session, "autre", WEEK) is None
    assert shared is not None
    assert (shared.number, shared.by, shared.made_at) == (number, "chef", NOW)
    assert [(one.referral_id, one.organisation_id) for one in shared.told.assigned] == [(urgent, asso), (first, asso)]
    ((unserved,), (after,)) = shared.told.unserved, shared.told.next_in_line
    assert (unserved.referral_id, unserved.why, unserved.would_serve[0].limits) == (late, "no_place", ("measures",))
    assert (after.referral_id, after.organisation_id) == (late, asso)
    assert week.seats() == {}


def test_when_nobody_waits_there_is_nothing_to_share_out(week: Week) -> None:
    with pytest.raises(PlaceRefused, match="rien à répartir"):
        week.share()


def test_all_are_booked_at_once_and_a_second_confirmation_changes_nothing(week: Week) -> None:
    a, b = week.partner("a", {}, asll_maintien={"measures": 1}), week.partner("b", {}, avdl={"measures": 2})
    one, two, three = week.ready("B1"), week.ready("B2", "avdl"), week.ready("B3", "avdl")
    number = week.share()
    assert week.confirm(number) == sharing.Confirmed(3, 0, ())
    assert week.seats() == {one: a, two: b, three: b}
    assert set(week.standing().values()) == {"booked"}
    assert week.confirm(number) == sharing.Confirmed(0, 3, ())
    with week.register() as session:
        assert session.scalar(select(func.count()).select_from(Transition).filter_by(code="assign")) == 3


def test_whoever_changed_since_is_left_aside_and_told_and_the_others_are_booked(week: Week) -> None:
    a = week.partner("a", {"ts.1": 100}, asll_maintien={"measures": 3}, mediation={})
    b = week.partner("b", {"ts.9": 100}, mediation={})
    kept, withdrawn, taken = (week.ready(f"B{n}", days=9 - n) for n in range(3))
    elsewhere = week.ready("B7", "mediation")
    number = week.share()
    given = dict.fromkeys((kept, withdrawn, taken), a)
    with week.register() as session:
        shared = sharing.last(session, LANDLORD, WEEK)
        assert shared is not None
        given[elsewhere] = next(one.organisation_id for one in shared.told.assigned if one.referral_id == elsewhere)
    week.moved(withdrawn, "withdraw", reason="settled")
    week.moved(elsewhere, "assign", organisation_id=b if given[elsewhere] == a else a)
    with week.register.begin() as session:
        partners.fund(session, a, Funded("asll_maintien", "ligne", 2026, measures=1), schemes_of(week.settings, LANDLORD))
    done = week.confirm(number)
    assert (done.booked, done.already) == (1, 0)
    assert done.left[:2] == (
        Left(withdrawn, "L'orientation est maintenant « retirée avant acceptation »."),
        Left(elsewhere, "L'orientation est maintenant « validée », chez un autre partenaire."),
    )
    assert [one.referral_id for one in done.left] == [withdrawn, elsewhere, taken]
    assert "mesures financées de l'année (reste 0)" in done.left[2].why
    assert set(week.seats()) == {kept, elsewhere}
    assert week.standing() == {kept: "booked", withdrawn: "changed", taken: "waiting", elsewhere: "changed"}


def test_a_referral_erased_since_is_told_too(week: Week) -> None:
    week.partner("a", {}, asll_maintien={})
    week.partner("b", {}, asll_maintien={"measures": 3})
    erased = week.ready("B1")
    number = week.share()
    with week.register.begin() as session:
        session.execute(Transition.__table__.delete())
        session.delete(session.get_one(Referral, erased))
    assert week.confirm(number).left == (Left(erased, "L'orientation n'existe plus."),)


def test_only_the_last_sharing_out_of_the_landlords_week_is_booked(week: Week) -> None:
    week.partner("a", {}, asll_maintien={"measures": 3})
    week.ready("B1")
    former = week.share()
    week.ready("B2")
    newest = week.share(NOW + timedelta(minutes=5))
    for number, landlord_id in ((former, LANDLORD), (newest, "autre"), (newest + 1, LANDLORD)):
        with pytest.raises(PlaceRefused, match="plus la dernière de la semaine"):
            week.confirm(number, landlord_id)
    assert week.confirm(newest).booked == 2


def test_households_that_weigh_differently_are_booked_with_workers_who_can_all_follow_them(week: Week) -> None:
    """The freest worker each time would take the lighter household first, and nobody could follow the other."""
    asso = week.partner("a", {"ts.1": 10, "ts.2": 7}, mediation={}, asll_maintien={"households_per_worker": 10})
    light, heavy = week.ready("B1", "mediation", days=9), week.ready("B2", days=1)
    assert week.confirm(week.share()) == sharing.Confirmed(2, 0, ())
    assert week.seats() == {light: asso, heavy: asso}


def test_people_who_confirm_at_once_while_others_book_by_hand_overrun_nothing_and_none_waits_for_ever(week: Week) -> None:
    a = week.partner("a", {}, asll_maintien={"measures": 4}, avdl={"measures": 4})
    b = week.partner("b", {}, asll_maintien={"measures": 2})
    waiting = [week.ready(f"B{n}", "avdl" if n % 2 else "asll_maintien", days=20 - n) for n in range(10)]
    number = week.share()
    together = threading.Barrier(6)

    def by_hand(referral_id: int) -> None:
        together.wait(30)
        with suppress(MoveRefused, PlaceRefused):
            week.moved(referral_id, "assign", organisation_id=a)

    def confirmed() -> None:
        together.wait(30)
        week.confirm(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda task: task(), [confirmed] * 3 + [partial(by_hand, key) for key in waiting[-3:]]))
    counts = Counter(week.seats().values())
    assert counts.total() == 9
    assert counts[a] <= 8
    assert counts[b] <= 2
    assert week.confirm(number).booked == 0
