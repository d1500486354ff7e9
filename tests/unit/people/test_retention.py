"""Rules of retention in the register: what leaves, what waits, and a proof that shows when somebody touched it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.people import expiry, retention
from riskmodel.people.retention import EVERYBODY, Due, months_before, rules
from riskmodel.register import Sessions
from riskmodel.register.models import (
    ApiToken,
    Attendance,
    Case,
    CommissionCase,
    CommissionSession,
    Decision,
    GateCheck,
    Household,
    HouseholdFile,
    ListRow,
    Measure,
    Notice,
    Objection,
    Opinion,
    Organisation,
    Referral,
    Removal,
    Review,
    SharedOut,
    Signature,
    StepReport,
    Transition,
    WeeklyList,
    Worker,
)
from riskmodel.steps import expired_files

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
OLD, RECENT = date(2025, 11, 9), date(2026, 11, 8)


def a_list(as_of: date, *leases: str) -> WeeklyList:
    year, week, _ = (as_of + timedelta(days=1)).isocalendar()
    rows = [
        ListRow(position=rank, tab="derive", lease_id=lease, change="nouveau", facts={"facts": {}}, reasons=[])
        for rank, lease in enumerate(leases, start=1)
    ]
    key = {"landlord_id": "essai", "management_unit": "UG01", "week": f"{year}-S{week:02d}"}
    return WeeklyList(**key, as_of=as_of, evidence={"tables": []}, rows=rows)


def number(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def expired(session: Session, code: str, *held: str, is_dry: bool = False) -> dict[str, tuple[int, int]]:
    rule = rules()[code]
    done = expiry.expire(session, rule, "essai", rule.before(TODAY), set(held), is_dry=is_dry)
    return {one.store: (one.removed, one.suspended) for one in done}


def test_every_rule_has_a_length_a_start_a_source_and_somebody_who_applies_it() -> None:
    for rule in rules().values():
        assert (rule.months > 0) != (rule.days > 0)
        assert all((rule.what, rule.starts, rule.source))
    register = {code for code, rule in rules().items() if rule.place in ("registre", "installation")}
    assert register - {retention.ACCESS_LOG} == set(expiry.STORES)
    assert {code for code, rule in rules().items() if rule.place == "fichiers"} == set(expired_files.ROOTS)


def test_nothing_leaves_a_day_too_soon() -> None:
    assert months_before(date(2026, 11, 15), 12) == date(2025, 11, 15)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 1), 36) == date(2023, 1, 1)
    assert rules()["nuits"].before(TODAY) == date(2026, 10, 11)


def test_an_old_list_leaves_whole_and_a_recent_one_stays(register: Sessions) -> None:
    with register.begin() as session:
        session.add_all([a_list(OLD, "B1", "B2"), a_list(RECENT, "B1")])
        session.flush()
        old = session.scalars(select(WeeklyList).filter_by(as_of=OLD)).one()
        empty: dict[str, Any] = {"series": [], "timeline": [], "balances": {}, "waterfall": []}
        session.add(HouseholdFile(list_id=old.id, lease_id="B1", **empty))
        session.flush()
        wanted = {"household_files": (1, 0), "list_rows": (2, 0), "weekly_lists": (1, 0), "drawn_rows": (0, 0)}
        assert expired(session, "menages_listes", is_dry=True) == wanted
        assert (number(session, ListRow), number(session, WeeklyList)) == (3, 2)
        assert expired(session, "menages_listes") == wanted
        assert (number(session, ListRow), number(session, WeeklyList), number(session, HouseholdFile)) == (1, 1, 0)
        assert set(expired(session, "menages_listes").values()) == {(0, 0)}


def test_rows_of_a_household_somebody_works_for_wait_and_their_list_with_them(register: Sessions) -> None:
    with register.begin() as session:
        session.add(a_list(OLD, "B1", "B2"))
        session.flush()
        assert expired(session, "menages_listes", "B1")["list_rows"] == (1, 1)
        assert (number(session, ListRow), number(session, WeeklyList)) == (1, 1)
        assert expired(session, "menages_listes")["weekly_lists"] == (1, 0)


def test_decisions_cases_reviews_and_requests_leave_in_their_own_time(register: Sessions) -> None:
    long_ago, ended = date(2023, 11, 1), date(2024, 11, 1)
    row = {"landlord_id": "essai", "management_unit": "UG01", "lease_id": "B1"}
    with register.begin() as session:
        session.add(Decision(**row, week="2023-S44", code="call", decided_on=long_ago, decided_by="agent.un"))
        session.add(Case(**row, kind="call", opened_on=ended, opened_by="agent.un", due_on=ended, closed_on=ended))
        session.add(Case(**row, kind="visit", opened_on=long_ago, opened_by="agent.un", due_on=ended))
        session.add(Review(landlord_id="essai", week="2023-S44", management_unit="UG01", opened_at=NOW, opened_by="agent.un"))
        session.add(Household(landlord_id="essai", lease_id="B1", household_id="M1", management_unit="UG01", as_of=TODAY))
        said = {"landlord_id": "essai", "objected_on": long_ago, "recorded_by": "agent.un"}
        at = datetime(2023, 11, 1, tzinfo=UTC)
        session.add(Objection(**said, lease_id="B1", recorded_at=at))
        session.add(Objection(**said, lease_id="parti", recorded_at=at))
        session.flush()
        assert expired(session, "decisions", "B1") == {"decisions": (0, 1)}
        assert expired(session, "decisions") == {"decisions": (1, 0)}
        assert expired(session, "suites") == {"cases": (1, 0)}
        assert expired(session, "revues") == {"reviews": (0, 0)}
        assert expired(session, "demandes") == {"objections": (1, 0), "corrections": (0, 0)}
        assert [one.lease_id for one in session.scalars(select(Objection))] == ["B1"]


def a_referral(session: Session, lease: str, closed_on: date | None, partner: int, worker: int | None) -> int:
    """A referral with one row of everything that hangs on it."""
    where = {"landlord_id": "essai", "management_unit": "UG01", "lease_id": lease, "scheme": "asll_maintien"}
    said = {"facts": {}, "declared": {}, "created_at": NOW, "created_by": "agent.un", "organisation_id": partner}
    referral = Referral(**where, **said, state="closed" if closed_on else "running", closed_on=closed_on)
    session.add(referral)
    session.flush()
    mine, by = {"referral_id": referral.id}, {"by": "agent.un", "on_day": OLD}
    booked = {"landlord_id": "essai", "organisation_id": partner, "scheme": "asll_maintien", "booked_on": OLD, "months": 6}
    measure = Measure(**mine, **booked, worker_id=worker)
    session.add_all(
        [
            measure,
            Transition(**mine, **by, at=NOW, code="validate", from_state="proposed", to_state="validated", details={}),
            GateCheck(**mine, **by, kind="reminder", state="letter", recorded_at=NOW),
            Notice(**mine, organisation_id=partner, kind="new", created_at=NOW, sent_at=None),
        ]
    )
    session.flush()
    session.add(Signature(measure_id=measure.id, document="avenant", party="menage", signed_on=OLD, recorded_at=NOW, by="x"))
    session.add(StepReport(measure_id=measure.id, kind="final", due_on=OLD, codes={}))
    session.flush()
    return referral.id


def test_a_closed_referral_leaves_with_all_that_hangs_on_it_unless_somebody_works_for_the_household(register: Sessions) -> None:
    with register.begin() as session:
        partner = Organisation(kind="association", landlord_id="essai", code="a", name="Association d'essai")
        session.add(partner)
        session.flush()
        whose = {"landlord_id": "essai", "organisation_id": partner.id, "fte_hundredths": 50, "from_on": date(2020, 1, 1)}
        gone = Worker(**whose, code="ts.01", to_on=date(2024, 11, 14))
        session.add(gone)
        session.flush()
        for lease, closed_on in (
            ("B1", date(2024, 11, 14)),
            ("B2", date(2024, 11, 14)),
            ("B3", date(2024, 11, 15)),
            ("B4", None),
        ):
            a_referral(session, lease, closed_on, partner.id, gone.id if lease == "B1" else None)
        assert expired(session, "intervenants") == {"workers": (0, 0)}
        parts = ("signatures", "step_reports", "measures", "notices", "gate_checks", "transitions")
        assert expired(session, "orientations", "B2") == dict.fromkeys(parts, (1, 0)) | {"referrals": (1, 1)}
        assert session.scalars(select(Referral.lease_id).order_by(Referral.lease_id)).all() == ["B2", "B3", "B4"]
        assert {number(session, table) for table in (Measure, Transition, GateCheck, Signature, StepReport)} == {3}
        assert expired(session, "intervenants") == {"workers": (1, 0)}


def test_a_session_of_the_commission_leaves_whole_unless_somebody_works_for_one_of_its_households(register: Sessions) -> None:
    said: dict[str, Any] = {"landlord_id": "essai", "created_at": NOW, "created_by": "x"}
    chosen = {"asks": [], "views": [], "declared": {}, "origin": "hand", "position": 1, "chosen_at": NOW, "chosen_by": "x"}
    with register.begin() as session:
        for held_on, leases in ((date(2024, 11, 14), ("B1", "B2")), (date(2024, 11, 15), ("B1",))):
            held = CommissionSession(**said, kind="ctpe", held_on=held_on, closes_on=held_on)
            session.add(held)
            session.flush()
            session.add(Attendance(session_id=held.id, seat="caf", state="present", recorded_at=NOW, recorded_by="x"))
            for lease in leases:
                where = {"session_id": held.id, "landlord_id": "essai", "management_unit": "UG01", "lease_id": lease}
                case = CommissionCase(**where, **chosen)
                session.add(case)
                session.flush()
                told = {"kind": "avis", "code": "fsl_granted", "addressee": "fsl", "due_on": held_on}
                session.add(Opinion(case_id=case.id, **told, recorded_at=NOW, recorded_by="x"))
        session.flush()
        names = ("ccapex_opinions", "ccapex_cases", "ccapex_attendances", "ccapex_sessions")
        wanted = ((1, 0), (1, 1), (0, 0), (0, 0))
        assert expired(session, "seances", "B2", is_dry=True) == dict(zip(names, wanted, strict=True))
        assert expired(session, "seances", "B2") == dict(zip(names, wanted, strict=True))
        assert expired(session, "seances") == dict.fromkeys(names, (1, 0))
        assert {number(session, table) for table in (CommissionSession, CommissionCase, Attendance, Opinion)} == {1}


def test_what_was_said_to_partners_and_what_let_their_software_in_leave_in_their_own_time(register: Sessions) -> None:
    with register.begin() as session:
        partner = Organisation(kind="association", landlord_id="essai", code="a", name="Association d'essai")
        session.add(partner)
        session.flush()
        a_referral(session, "B1", None, partner.id, None)
        session.scalars(select(Notice)).one().sent_at = NOW - timedelta(days=91)
        old = NOW - timedelta(days=400)
        session.add(SharedOut(landlord_id="essai", week="2025-S40", made_at=old, by="agent.un", result={}))
        whose = {"organisation_id": partner.id, "scopes": [], "created_at": old, "created_by": "agent.un"}
        session.add(ApiToken(**whose, token_digest="a", expires_at=NOW - timedelta(days=31)))
        session.add(ApiToken(**whose, token_digest="b", expires_at=NOW, revoked_at=NOW - timedelta(days=31)))
        session.add(ApiToken(**whose, token_digest="c", expires_at=NOW))
        session.flush()
        assert expired(session, "avis") == {"notices": (1, 0)}
        assert expired(session, "repartitions") == {"allocations": (1, 0)}
        assert expired(session, "jetons") == {"api_tokens": (2, 0)}


def test_the_proof_tells_what_and_how_many_and_shows_a_line_that_was_changed(register: Sessions) -> None:
    with register.begin() as session:
        for number_ in (3, 0, 5):
            retention.prove(session, "essai", Due("decisions", "decisions", OLD, number_), NOW)
        retention.prove(session, "autre", Due("decisions", "decisions", OLD, 1), NOW)
        assert [line.removed for line in retention.proof(session, "essai")] == [3, 5]
        assert retention.verify(session, "essai") is None
        assert retention.verify(session, EVERYBODY) is None
    with register.begin() as session:
        session.scalars(select(Removal).filter_by(removed=3)).one().removed = 2
    with register.begin() as session:
        broken = retention.verify(session, "essai")
        assert broken is not None
        assert "changée ou ôtée" in broken.why


@pytest.mark.parametrize("word", ["lease", "tenant", "household", "name"])
def test_a_proof_has_no_place_for_a_person(word: str) -> None:
    assert not [column.name for column in Removal.__table__.columns if word in column.name]
