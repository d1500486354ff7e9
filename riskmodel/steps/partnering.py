"""What a partner does of what it was sent: one place for its pages, its API, its calendar and its files."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.errors import MoveRefused, NothingKnown
from riskmodel.people.identity import Identity
from riskmodel.referrals import moves, story
from riskmodel.referrals.states import MOVES
from riskmodel.register.models import Referral
from riskmodel.settings import Settings
from riskmodel.steps import people, received, versions
from riskmodel.steps.received import TABS, Noted, Partner, Received, Seen, listed, partner, seen

__all__ = [
    "TABS", "Noted", "Overtaken", "Partner", "Received", "Seen", "act", "identity", "listed", "note", "partner", "seen", "undo",
]  # fmt: skip


class Overtaken(MoveRefused):
    """Somebody moved the referral since it was read: what was asked may no longer make sense."""


def identity(session: Session, settings: Settings, organisation_id: int, referral_id: int, today: date) -> Identity:
    """Who the household is, read now and kept nowhere; raises NothingKnown when its convention or its state does not let it be
    read. Whoever calls writes it in the log, by `note`."""
    if not seen(session, settings, organisation_id, referral_id, today).shows_identity:
        raise NothingKnown(f"Orientation n° {referral_id} : l'identité du ménage ne se lit pas, ou plus, pour ce partenaire.")
    referral = session.get_one(Referral, referral_id)
    return people.identity(settings, referral.landlord_id, referral.lease_id, today)


def note(session: Session, account: str, action: Action, referral_id: int, now: datetime) -> None:
    """Write in the access log that a partner's account read or did something about a referral: it shows in the household's own
    log. The log is a chain that others wait for: nothing long may follow in the same transaction."""
    referral = session.get_one(Referral, referral_id)
    where = Place(referral.landlord_id, referral.management_unit, referral.organisation_id)
    log.append(session, now, account, action, "ok", where, referral.lease_id)


def act(
    session: Session,
    settings: Settings,
    organisation_id: int,
    referral_id: int,
    code: str,
    *,
    by: str,
    now: datetime,
    on_day: date,
    details: Mapping[str, Any],
    expected: str | None = None,
) -> str:
    """Make a move that is the partner's, and give the new state.

    With `expected`, the version that was read, a request sent twice is made once, and one about a referral that moved meanwhile
    raises Overtaken. Raises MoveRefused, every fault at once, for a move that cannot be made or that is the landlord's.
    """
    mine = partner(session, settings, organisation_id)
    referral = received.sent_to(session, mine, referral_id, is_locked=True)
    if expected is not None and _is_made(session, referral_id, expected, code, by, on_day, details):
        return referral.state
    _in_time(session, referral_id, expected)
    if received.SIDE not in moves.sides(code, mine.schemes[referral.scheme], details):
        raise MoveRefused(f"« {MOVES[code].label} » : cette étape est celle du bailleur.")
    return moves.move(session, referral_id, code, schemes=mine.schemes, by=by, now=now, on_day=on_day, details=details)


def undo(
    session: Session,
    settings: Settings,
    organisation_id: int,
    referral_id: int,
    *,
    by: str,
    now: datetime,
    expected: str | None = None,
) -> str:
    """Take the last move back when it is the partner's to take back, and give the state found again; raises MoveRefused when it
    is not. With `expected`, it is taken back once, or Overtaken is raised, as for `act`."""
    mine = partner(session, settings, organisation_id)
    referral = received.sent_to(session, mine, referral_id, is_locked=True)
    if expected is not None and _is_undone(session, referral_id, expected, by):
        return referral.state
    _in_time(session, referral_id, expected)
    if received.SIDE not in moves.undo_sides(mine.schemes[referral.scheme], story.read(session, referral_id)):
        raise MoveRefused("La dernière étape ne s'annule pas d'ici : elle est celle du bailleur, ou d'autres ont agi depuis.")
    return moves.undo(session, referral_id, schemes=mine.schemes, by=by, now=now)


def _is_made(
    session: Session, referral_id: int, expected: str, code: str, by: str, on_day: date, details: Mapping[str, Any]
) -> bool:
    """Whether the newest move is the one asked for, made on the version that was read: the answer got lost, not the request."""
    rows = versions.rows(session, referral_id)
    if not rows or expected != versions.version_of(rows[:-1]):
        return False
    last, given = rows[-1], {name: value for name, value in details.items() if value is not None}
    is_same = (last.code, last.by, last.on_day, last.undone_at) == (code, by, on_day, None)
    return is_same and given.items() <= {name: last.details.get(name) for name in given}.items()


def _is_undone(session: Session, referral_id: int, expected: str, by: str) -> bool:
    """Whether the newest thing noted is that `by` took a move back, on the version that was read."""
    rows = versions.rows(session, referral_id)
    taken = [row for row in rows if row.undone_at is not None and row.undone_by == by]
    last = max(taken, key=lambda row: (row.undone_at, row.id), default=None)
    return last is not None and expected == versions.version_of(rows, standing=last.id)


def _in_time(session: Session, referral_id: int, expected: str | None) -> None:
    if expected is not None and expected != versions.version(session, referral_id):
        raise Overtaken(f"Orientation n° {referral_id} : elle a avancé depuis que vous l'avez lue. Relisez-la, puis recommencez.")
