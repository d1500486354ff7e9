"""All that a pack is counted from: referrals at the beginning and at the end of its days, partners, places."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.coordination import kinds
from riskmodel.coordination.following import Followed, followed
from riskmodel.coordination.kinds import Span
from riskmodel.coordination.seats_used import Seats, seats_used
from riskmodel.referrals.moves import Schemes
from riskmodel.referrals.story import Moved
from riskmodel.register import organisations
from riskmodel.register.models import Organisation
from riskmodel.schemes import Meeting, Scheme

NOBODY = "Pas encore de partenaire"


@dataclass(frozen=True)
class Known:
    """What is known for one pack. `before` are referrals as they had come the day before its first day, `now` on its last;
    `held` are the schemes that hold this meeting, each with it."""

    kind: str
    span: Span
    held: tuple[tuple[Scheme, Meeting], ...]
    before: tuple[Followed, ...]
    now: tuple[Followed, ...]
    partners: dict[int, str]
    units: dict[str, str]
    seats: Seats

    def only(self, is_kept: Callable[[Followed], bool]) -> "Known":
        """The same, of these referrals alone."""
        return replace(self, before=tuple(filter(is_kept, self.before)), now=tuple(filter(is_kept, self.now)))

    def within(self, day: date | None) -> bool:
        """Whether something happened in the days that the pack looks at."""
        return day is not None and self.span.first <= day <= self.span.last

    def moves(self, *codes: str) -> list[tuple[Followed, Moved]]:
        """Moves of these codes made in the days that the pack looks at."""
        every = [(one, move) for one in self.now for move in one.told.moves]
        return [(one, move) for one, move in every if move.code in codes and self.within(move.on_day)]

    def partner(self, one: Followed) -> str:
        """The name of a referral's partner, as long as one is chosen."""
        return self.partners[one.organisation_id] if one.organisation_id is not None else NOBODY

    def unit(self, code: str) -> str:
        """A unit as people call it."""
        return f"{code} · {self.units[code]}" if code in self.units else code


def gather(session: Session, landlord_id: str, schemes: Schemes, kind: str, on: date, unit: str | None = None) -> Known:
    """What a pack of a kind is counted from on a day, of one management unit or of all.

    Raises NothingKnown when no scheme holds such a meeting, SchemeRefused when a scheme is not described any more.
    """
    held = kinds.meetings(kind, schemes.values())
    span = kinds.span(kind, [meeting for _, meeting in held], on)
    codes = set(schemes) if kind in kinds.WHOLE else {scheme.code for scheme, _ in held}
    mine = select(Organisation.id, Organisation.name).filter_by(landlord_id=landlord_id)
    known = Known(
        kind=kind,
        span=span,
        held=held,
        before=followed(session, landlord_id, schemes, span.first - timedelta(days=1), on),
        now=followed(session, landlord_id, schemes, span.last, on),
        partners=dict(session.execute(mine).all()),
        units=organisations.names(session, landlord_id, "agency"),
        seats=seats_used(session, landlord_id, schemes, span.last, codes),
    )
    return known.only(lambda one: one.scheme.code in codes and unit in (None, one.management_unit))
