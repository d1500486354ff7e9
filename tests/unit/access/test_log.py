"""The access log holds together: parallel writers make one chain; a line changed, removed or inserted shows, and which."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import AccessEntry, Removal
from tests.unit.access.monday import NOW

PLACE = Place("oph", "02")
MINUTE = timedelta(minutes=1)


def write(session: Session, lines: int, since: datetime = NOW) -> None:
    for i in range(lines):
        log.append(session, since + i * MINUTE, "amel.k", Action.HOUSEHOLD_VIEW, "ok", PLACE, f"B{i:02}")


def change(session: Session, seq: int, /, **values: object) -> None:
    session.execute(update(AccessEntry.__table__).where(AccessEntry.seq == seq).values(**values))  # type: ignore[arg-type]


def remove(session: Session, seq: int) -> None:
    session.execute(delete(AccessEntry.__table__).where(AccessEntry.seq == seq))  # type: ignore[arg-type]


def renumber_after(session: Session, seq: int) -> None:
    """What somebody would do to hide the hole that a removed line leaves."""
    for later in session.scalars(select(AccessEntry.seq).where(AccessEntry.seq > seq).order_by(AccessEntry.seq)).all():
        change(session, later, seq=later - 1)


def insert(session: Session, seq: int, digest: str = "f" * 64) -> None:
    """A line put in between, those after it numbered anew."""
    for later in session.scalars(select(AccessEntry.seq).where(AccessEntry.seq >= seq).order_by(AccessEntry.seq.desc())).all():
        change(session, later, seq=later + 1)
    line = log.Entry(seq, NOW, "autre", "list_view", None, None, None, "ok")
    session.execute(AccessEntry.__table__.insert().values(**vars(line), digest=digest))  # type: ignore[attr-defined]


def reseal(session: Session, seq: int) -> None:
    """Make one line hold again after it was changed, as somebody who knows the rule would."""
    lines = dict(log._lines(session))
    before, mine = (next((line, digest) for line, digest in lines.items() if line.seq == wanted) for wanted in (seq - 1, seq))
    change(session, seq, digest=log.chained(before[1], mine[0]))


def test_a_log_is_read_so_many_lines_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "AT_A_TIME", 2)
    write(session, 5)
    assert [line.seq for line, _ in log._lines(session)] == [1, 2, 3, 4, 5]
    assert log.verify(session) is None


def test_an_empty_log_and_one_that_nobody_touched_hold(session: Session) -> None:
    assert log.verify(session) is None
    write(session, 5)
    assert log.verify(session) is None
    assert log.head(session).seq == 5


@pytest.mark.parametrize(
    ("tamper", "seq", "why"),
    [
        (lambda s: change(s, 3, account="quelqu.un"), 3, "la ligne 3 ne découle pas"),
        (lambda s: change(s, 3, at=NOW), 3, "la ligne 3 ne découle pas"),
        (lambda s: change(s, 3, result="denied"), 3, "la ligne 3 ne découle pas"),
        (lambda s: change(s, 3, lease_id=None), 3, "la ligne 3 ne découle pas"),
        (lambda s: change(s, 3, digest="0" * 64), 3, "la ligne 3 ne découle pas"),
        (lambda s: (change(s, 3, account="quelqu.un"), reseal(s, 3)), 4, "la ligne 4 ne découle pas d'elle et de la précédente"),
        (lambda s: remove(s, 1), 2, "la ligne 1 manque avant la ligne 2"),
        (lambda s: remove(s, 3), 4, "la ligne 3 manque avant la ligne 4"),
        (lambda s: (remove(s, 3), remove(s, 4)), 5, "les lignes 3 à 4 manquent avant la ligne 5"),
        (lambda s: (remove(s, 3), renumber_after(s, 3)), 3, "la ligne 3 ne découle pas"),
        (lambda s: insert(s, 3), 3, "la ligne 3 ne découle pas"),
        (lambda s: (insert(s, 3), reseal(s, 3)), 4, "l'une a été changée, ou insérée"),
        (lambda s: insert(s, 7), 7, "la ligne 7 ne découle pas"),
        (lambda s: (change(s, 1, seq=0),), 0, "plus ancienne que le début connu"),
    ],
)
def test_a_line_changed_removed_or_inserted_shows_and_which(
    session: Session, tamper: Callable[[Session], object], seq: int, why: str
) -> None:
    write(session, 6)
    tamper(session)
    broken = log.verify(session)
    assert broken
    assert broken.seq == seq
    assert why in broken.why


def test_every_column_is_covered_by_the_digest() -> None:
    columns = set(AccessEntry.__table__.columns.keys()) - {"digest"}
    assert set(log.Entry.__dataclass_fields__) == columns


def test_the_digest_of_a_line_is_the_same_in_any_time_zone(session: Session) -> None:
    write(session, 1, NOW.astimezone(ZoneInfo("Europe/Paris")))
    assert log.verify(session) is None


def test_a_noted_head_shows_an_end_that_was_cut_off_and_a_log_that_was_rewritten(session: Session) -> None:
    write(session, 5)
    noted = log.head(session)
    write(session, 2)
    assert log.verify(session, noted) is None
    for seq in (5, 6, 7):
        remove(session, seq)
    assert log.verify(session) is None, "la chaîne seule ne voit pas une fin coupée"
    cut = log.verify(session, noted)
    assert cut
    assert "la fin a été ôtée" in cut.why
    log.append(session, NOW, "autre", "list_view", "ok", PLACE)
    rewritten = log.verify(session, noted)
    assert rewritten
    assert "réécrit" in rewritten.why


def test_writers_in_parallel_make_one_chain(register_url: str) -> None:
    sessions = open_register(register_url)

    def some(writer: int) -> None:
        for i in range(8):
            with sessions.begin() as session:
                log.append(session, NOW, f"compte{writer}", Action.LIST_VIEW, "ok", PLACE, f"B{i}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(some, range(4)))
    with sessions() as session:
        assert log.verify(session) is None
        assert log.head(session).seq == 32
    sessions.engine.dispose()


def test_a_line_that_is_rolled_back_leaves_no_hole(register_url: str) -> None:
    sessions = open_register(register_url)
    with sessions() as session:
        write(session, 1)
        session.rollback()
    with sessions.begin() as session:
        write(session, 1)
        assert log.verify(session) is None
        assert log.head(session).seq == 1


def test_old_lines_leave_and_what_stays_is_still_anchored(session: Session) -> None:
    write(session, 6)
    assert log.trim(session, NOW + 4 * MINUTE, NOW + 60 * MINUTE) == 4
    assert log.verify(session) is None
    assert log.trim(session, NOW + 4 * MINUTE, NOW + 60 * MINUTE) == 0
    write(session, 1)
    assert log.trim(session, NOW + 5 * MINUTE, NOW + 60 * MINUTE) == 1
    assert log.verify(session) is None
    assert log.head(session).seq == 7


def test_the_proof_of_a_trim_says_how_many_and_until_when_and_never_whose(session: Session) -> None:
    write(session, 6)
    log.trim(session, NOW + 4 * MINUTE, NOW + 60 * MINUTE)
    proof = session.scalars(select(Removal)).one()
    assert (proof.rule, proof.removed, proof.before_on, proof.removed_at) == (log.RULE, 4, NOW.date(), NOW + 60 * MINUTE)
    assert len(proof.digest) == 64


def test_a_line_removed_by_hand_after_a_trim_shows(session: Session) -> None:
    write(session, 6)
    log.trim(session, NOW + 3 * MINUTE, NOW)
    remove(session, 4)
    broken = log.verify(session)
    assert broken
    assert broken.why == "la ligne 4 manque avant la ligne 5"


def test_a_log_trimmed_whole_goes_on_where_it_was(session: Session) -> None:
    write(session, 3)
    assert log.trim(session, NOW + 60 * MINUTE, NOW + 60 * MINUTE) == 3
    assert log.verify(session) is None
    write(session, 1, NOW + 90 * MINUTE)
    assert log.head(session).seq == 4
    assert log.verify(session) is None


def test_a_clock_that_went_back_never_makes_a_hole(session: Session) -> None:
    for minutes in (0, 9, 1, 9):
        log.append(session, NOW + minutes * MINUTE, None, Action.HOME, "ok", Place())
    assert log.trim(session, NOW + 5 * MINUTE, NOW) == 1, "la ligne datée d'avant reste derrière une plus récente"
    assert log.verify(session) is None


def test_a_household_reads_who_opened_its_file_newest_first(session: Session) -> None:
    write(session, 3)
    log.append(session, NOW + 9 * MINUTE, "dpo", Action.PERSON_FILE, "ok", PLACE, "B01")
    log.append(session, NOW, "dpo", Action.PERSON_FILE, "ok", Place("autre", "02"), "B01")
    assert [(line.account, line.action) for line in log.of_lease(session, "oph", "B01")] == [
        ("dpo", "person_file"),
        ("amel.k", "household_view"),
    ]


def test_the_newest_lines_of_a_landlord_are_as_many_as_asked(session: Session) -> None:
    write(session, 5)
    log.append(session, NOW, "dpo", Action.HOME, "ok", Place("autre"))
    assert [line.seq for line in log.recent(session, "oph", 2)] == [5, 4]


def test_every_instant_is_asked_with_its_zone(session: Session) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        log.append(session, datetime(2026, 11, 23), None, Action.HOME, "ok", Place())


def test_two_registers_have_each_their_chain(register: Sessions) -> None:
    with register.begin() as session:
        write(session, 2)
    with register() as session:
        assert log.verify(session) is None
