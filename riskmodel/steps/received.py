"""What a partner may see of what it was sent.

A referral exists for a partner from the day it is sent to it. A recalled, withdrawn, refused or closed one keeps its number,
never its fiche: a partner reads of a household what its convention lets it read, for as long as it is asked to act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access.policy import Place
from riskmodel.errors import MoveRefused, NothingKnown
from riskmodel.referrals import reading, story
from riskmodel.referrals.fiche import Fiche, fiche
from riskmodel.referrals.late import Late, of_many
from riskmodel.referrals.moves import Possible, narrowed
from riskmodel.referrals.states import MOVES, SENT, STATES
from riskmodel.register.models import Grant, Measure, Organisation, Referral, Signature, StepReport, Transition, User
from riskmodel.schemes import Scheme
from riskmodel.settings import Settings
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.versions import rows, rows_of, version_of

SIDE = "association"
MACHINE = ":"
"""In the account of a partner's token or of a file that it signed, and in no person's."""
TABS: Mapping[str, str] = {
    "a_repondre": "À répondre",
    "a_contacter": "À contacter",
    "en_cours": "En cours",
    "en_retard": "En retard",
    "closes": "Closes",
}
"""How a partner sorts its referrals. « En retard » crosses the others: open ones with a step of the partner's overdue."""
_STATES = {
    "a_repondre": ("sent",),
    "a_contacter": ("accepted",),
    "en_cours": ("interviewed", "evaluated", "measure_proposed", "running", "slid", "aftercare"),
    "closes": ("declined", "withdrawn", "recalled", "closed"),
}
SILENT = ("withdrawn", "recalled")
"""States in which a partner learns that it has nothing more to do, and nothing else."""


@dataclass(frozen=True)
class Partner:
    """An organisation that referrals are sent to, and the landlord that it works with."""

    organisation_id: int
    landlord_id: str
    name: str
    schemes: Mapping[str, Scheme]

    @property
    def place(self) -> Place:
        """Where the partner's people act."""
        return Place(self.landlord_id, None, self.organisation_id)


@dataclass(frozen=True)
class Received:
    """A referral as its partner knows it: a number, never a household's. `version` changes with every move, and with a move taken
    back; `next_due` is the nearest thing that the partner has to do."""

    referral_id: int
    scheme: str
    scheme_name: str
    state: str
    state_label: str
    sent_on: date
    closed_on: date | None
    version: str
    next_due: Late | None


@dataclass(frozen=True)
class Noted:
    """One move since the fiche was sent. `account` is the partner's own that noted it, None for the landlord's people."""

    number: int
    code: str
    label: str
    on_day: date
    details: Mapping[str, Any]
    account: str | None
    is_undone: bool


@dataclass(frozen=True)
class Seen:
    """One referral whole, as its partner may see it. `fiche` is None once there is nothing more to do, or once its facts were
    recalled; `can_undo` says whether the last move is the partner's to take back."""

    head: Received
    fiche: Fiche | None
    moves: tuple[Possible, ...]
    can_undo: bool
    acts: tuple[Noted, ...]
    dues: tuple[Late, ...]
    measure: Measure | None
    signatures: tuple[Signature, ...]
    reports: tuple[StepReport, ...]

    @property
    def version(self) -> str:
        """What `act` and `undo` are told was read."""
        return self.head.version

    @property
    def shows_identity(self) -> bool:
        """Whether the identity of the household may be asked for now."""
        return self.fiche is not None and self.fiche.shows_identity


def partner(session: Session, settings: Settings, organisation_id: int) -> Partner:
    """A partner that is open; raises NothingKnown for any other organisation."""
    found = session.get(Organisation, organisation_id)
    if found is None or found.kind not in ("association", "ccapex") or not found.is_active:
        raise NothingKnown(f"Partenaire n° {organisation_id} : inconnu, ou fermé par le bailleur.")
    return Partner(found.id, found.landlord_id, found.name, schemes_of(settings, found.landlord_id))


def listed(
    session: Session, settings: Settings, organisation_id: int, today: date, tab: str | None = None
) -> tuple[Received, ...]:
    """What a partner was sent, the newest first, late ones first of all; a tab of TABS keeps some of it, no tab everything."""
    mine = partner(session, settings, organisation_id)
    kept = session.scalars(select(Referral).filter_by(organisation_id=organisation_id).order_by(Referral.id.desc())).all()
    found = _received(session, mine, kept, today)
    wanted = [one for one in found if tab is None or is_in(one, tab)]
    return tuple(sorted(wanted, key=lambda one: -max(0, one.next_due.days_late if one.next_due else 0)))


def seen(session: Session, settings: Settings, organisation_id: int, referral_id: int, today: date) -> Seen:
    """One referral whole; raises NothingKnown, with the same words, for one that never was and one that was not sent here."""
    mine = partner(session, settings, organisation_id)
    referral = sent_to(session, mine, referral_id)
    (head,) = _received(session, mine, [referral], today)
    detail = reading.detail(session, referral_id, schemes=mine.schemes, today=today)
    is_silent, fiche_is_held = referral.state in SILENT, is_held(session, referral)
    return Seen(
        head=head,
        fiche=readable(session, referral_id, today) if fiche_is_held else None,
        moves=tuple(narrowed(move, mine.schemes[referral.scheme], SIDE) for move in detail.moves_of(SIDE)),
        can_undo=SIDE in detail.undo_by,
        acts=() if is_silent else _acts(session, organisation_id, referral_id),
        dues=tuple(one for one in detail.dues if one.who == SIDE),
        measure=None if is_silent else detail.measure,
        signatures=() if is_silent else detail.signatures,
        reports=() if is_silent else detail.reports,
    )


def sent_to(session: Session, mine: Partner, referral_id: int, *, is_locked: bool = False) -> Referral:
    """A referral that was sent to this partner, under a scheme that is still described."""
    referral = session.get(Referral, referral_id, with_for_update=is_locked, populate_existing=True)
    if referral is None or referral.organisation_id != mine.organisation_id or referral.scheme not in mine.schemes:
        raise _unknown(referral_id)
    if story.read(session, referral_id).since("sent") is None:
        raise _unknown(referral_id)
    return referral


def _unknown(referral_id: int) -> NothingKnown:
    return NothingKnown(f"Orientation n° {referral_id} : aucune ne vous a été envoyée sous ce numéro.")


def _received(session: Session, mine: Partner, referrals: Iterable[Referral], today: date) -> list[Received]:
    """Those that were sent, under a scheme that is still described."""
    known = [referral for referral in referrals if referral.scheme in mine.schemes]
    moved, dues = rows_of(session, [referral.id for referral in known]), of_many(session, known, mine.schemes, today)
    found = [_one(mine, referral, moved[referral.id], dues[referral.id]) for referral in known]
    return [one for one in found if one is not None]


def _one(mine: Partner, referral: Referral, moved: list[Transition], dues: list[Late]) -> Received | None:
    sent_on = next((row.on_day for row in moved if row.to_state == "sent" and row.undone_at is None), None)
    if sent_on is None:
        return None
    return Received(
        referral_id=referral.id,
        scheme=referral.scheme,
        scheme_name=mine.schemes[referral.scheme].name,
        state=referral.state,
        state_label=STATES[referral.state],
        sent_on=sent_on,
        closed_on=referral.closed_on,
        version=version_of(moved),
        next_due=next((due for due in dues if due.who == SIDE), None),
    )


def is_in(one: Received, tab: str) -> bool:
    """Whether a referral belongs to a tab of TABS."""
    if tab == "en_retard":
        return one.next_due is not None and one.next_due.days_late > 0
    return one.state in _STATES[tab]


def is_held(session: Session, referral: Referral) -> bool:
    """Whether the partner still holds the facts it was sent: it is asked to act, and no right had them recalled."""
    return referral.state in SENT and story.read(session, referral.id).last("recall_facts") is None


def readable(session: Session, referral_id: int, today: date) -> Fiche | None:
    """The fiche; None when no convention lets it be read, or lets it any more."""
    try:
        return fiche(session, referral_id, today)
    except MoveRefused:
        return None


def _acts(session: Session, organisation_id: int, referral_id: int) -> tuple[Noted, ...]:
    """What was noted from the sending on, with the partner's own accounts and none of the landlord's."""
    moved = rows(session, referral_id)
    first = next(row.id for row in moved if row.to_state == "sent")
    own = set(session.scalars(select(User.account).join(Grant).where(Grant.organisation_id == organisation_id)))
    return tuple(
        Noted(
            number=row.id,
            code=row.code,
            label=MOVES[row.code].label,
            on_day=row.on_day,
            details=row.details,
            account=row.by if row.by in own or MACHINE in row.by else None,
            is_undone=row.undone_at is not None,
        )
        for row in moved
        if row.id >= first
    )
