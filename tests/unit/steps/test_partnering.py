"""What a partner sees of what it was sent, at each point of its life, and what it may do of it, even twice at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.errors import MoveRefused, NothingKnown
from riskmodel.register import open_register, to_write
from riskmodel.register.models import Convention, Organisation, Transition
from riskmodel.settings import Settings
from riskmodel.steps import partnering
from riskmodel.steps.partnering import Overtaken, Seen
from tests.factory import house
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, START, moved, noon, on, partner, proposed, sent, undone

NOW = noon(START)
SILENT = ("fiche", "moves", "acts", "dues", "measure", "signatures", "reports")
OURS = 1


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return house(tmp_path_factory.mktemp("bailleur"), LANDLORD)


@pytest.fixture
def session(fresh_register: Fresh) -> Iterator[Session]:
    with open_register(fresh_register("sqlite"))() as opened:
        to_write(opened)
        partner(opened)
        yield opened


def seen(session: Session, settings: Settings, referral: int, organisation: int = OURS) -> Seen:
    return partnering.seen(session, settings, organisation, referral, on(3))


def test_a_referral_does_not_exist_for_a_partner_before_it_is_sent(session: Session, settings: Settings) -> None:
    referral = proposed(session, "mediation")
    for code, details in (("validate", {}), ("assign", {"organisation_id": OURS}), ("withdraw", {"reason": "mistake"})):
        moved(session, referral, code, **details)
        with pytest.raises(NothingKnown, match="aucune ne vous a été envoyée"):
            seen(session, settings, referral)
        assert partnering.listed(session, settings, OURS, START) == ()


def test_nothing_of_it_exists_for_another_partner(session: Session, settings: Settings) -> None:
    referral, other = sent(session, "mediation"), partner(session, "autre")
    with pytest.raises(NothingKnown):
        seen(session, settings, referral, other)
    said = {"by": "asso.02", "now": NOW}
    with pytest.raises(NothingKnown):
        partnering.act(session, settings, other, referral, "accept", **said, on_day=START, details={})
    with pytest.raises(NothingKnown):
        partnering.undo(session, settings, other, referral, **said)
    with pytest.raises(NothingKnown):
        partnering.identity(session, settings, other, referral, START)
    session.get_one(Organisation, OURS).is_active = False
    with pytest.raises(NothingKnown, match="fermé"):
        seen(session, settings, referral)


@pytest.mark.parametrize(("code", "reason"), [("withdraw", "settled"), ("recall", "objection")])
def test_one_that_was_taken_back_says_that_and_nothing_more(session: Session, settings: Settings, code: str, reason: str) -> None:
    referral = sent(session, "mediation")
    moved(session, referral, code, reason=reason)
    told = seen(session, settings, referral)
    assert not [part for part in SILENT if getattr(told, part)]
    assert (told.can_undo, told.shows_identity) == (False, False)
    with pytest.raises(NothingKnown):
        partnering.identity(session, settings, OURS, referral, START)


def test_a_refused_or_a_closed_one_keeps_its_history_and_loses_its_fiche(session: Session, settings: Settings) -> None:
    referral = sent(session, "mediation")
    assert seen(session, settings, referral).fiche
    moved(session, referral, "decline", reason="no_place")
    told = seen(session, settings, referral)
    assert told.fiche is None
    assert [act.code for act in told.acts] == ["send", "decline"]


def test_facts_that_were_recalled_are_shown_no_more_though_the_help_goes_on(session: Session, settings: Settings) -> None:
    referral = sent(session, "mediation")
    moved(session, referral, "accept")
    row = session.scalars(select(Transition).filter_by(code="accept")).one()
    said = {"referral_id": referral, "at": NOW, "on_day": START, "by": "agent.01", "details": {"reason": "objection"}}
    session.add(Transition(**said, code="recall_facts", from_state=row.to_state, to_state=row.to_state))
    told = seen(session, settings, referral)
    assert told.fiche is None
    assert "attempt" in {move.code for move in told.moves}


def test_a_convention_that_was_taken_back_shows_no_fiche(session: Session, settings: Settings) -> None:
    referral = sent(session, "mediation")
    session.execute(delete(Convention))
    told = seen(session, settings, referral)
    assert (told.fiche, told.head.state) == (None, "sent")


def test_a_partner_is_told_its_own_accounts_and_none_of_the_landlords(session: Session, settings: Settings) -> None:
    granted = [Granted(Role.ASSOCIATION, LANDLORD, None, OURS)]
    accounts.create(session, "asso.01", "A.", "a@exemple.test", granted, NOW)
    referral = sent(session, "mediation")
    for by, code, details in (
        ("asso.01", "accept", {}),
        ("jeton:4", "attempt", {"channel": "phone", "outcome": "no_answer"}),
        ("depot:asso", "first_interview", {}),
    ):
        partnering.act(session, settings, OURS, referral, code, by=by, now=NOW, on_day=START, details=details)
    told = [(act.code, act.account) for act in seen(session, settings, referral).acts]
    assert told == [("send", None), ("accept", "asso.01"), ("attempt", "jeton:4"), ("first_interview", "depot:asso")]


def test_what_is_the_landlords_is_neither_made_nor_taken_back(session: Session, settings: Settings) -> None:
    referral = sent(session, "mediation")
    with pytest.raises(MoveRefused, match="celle du bailleur"):
        partnering.act(
            session, settings, OURS, referral, "withdraw", by="asso.01", now=NOW, on_day=START, details={"reason": "settled"}
        )
    with pytest.raises(MoveRefused, match="ne s'annule pas d'ici"):
        partnering.undo(session, settings, OURS, referral, by="asso.01", now=NOW)


def test_a_version_changes_with_every_move_and_with_every_move_taken_back(session: Session, settings: Settings) -> None:
    referral = sent(session, "mediation")
    versions = [seen(session, settings, referral).version]
    for _ in range(2):
        moved(session, referral, "accept")
        versions.append(seen(session, settings, referral).version)
        undone(session, referral)
        versions.append(seen(session, settings, referral).version)
    assert len(set(versions)) == 5


def test_the_same_move_asked_twice_at_once_is_made_once(register_url: str, tmp_path: Path) -> None:
    """On both databases, with real transactions: the second sees the first one's, and is told the same."""
    settings = replace(house(tmp_path, LANDLORD), register_url=register_url)
    sessions, start = open_register(register_url), Barrier(4)
    with sessions.begin() as session:
        ours = partner(session)
        referral = sent(session, "mediation")
        read = partnering.seen(session, settings, ours, referral, START).version

    def asked(by: str) -> str:
        start.wait()
        try:
            with sessions.begin() as session:
                said = {"by": by, "now": NOW, "on_day": START, "details": {}, "expected": read}
                return partnering.act(session, settings, ours, referral, "accept", **said)
        except Overtaken:
            return "overtaken"

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(asked, ("jeton:1", "jeton:1", "jeton:1", "jeton:2")))
    assert told in (["accepted"] * 3 + ["overtaken"], ["accepted", "overtaken", "overtaken", "overtaken"])
    with sessions() as session:
        assert len(session.scalars(select(Transition).filter_by(referral_id=referral, code="accept")).all()) == 1
