"""All the referrals that somebody may see: what is late first, kept by state, scheme, partner or unit."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from riskmodel.access.policy import ALLOWED, Action, Place, Role, Viewer, places
from riskmodel.referrals import late, reading
from riskmodel.referrals.late import Late
from riskmodel.referrals.reading import Filters, Head
from riskmodel.referrals.states import STATES
from riskmodel.register import households
from riskmodel.settings import Settings
from riskmodel.steps.orienting import readable_schemes

SOON_DAYS = 30
"""Days ahead within which what falls due is shown beside what is late."""


PAGE_ROWS = 100


@dataclass(frozen=True)
class Line:
    """One referral in the list: its scheme's name, and the first thing to do, late or soon due."""

    head: Head
    scheme_name: str
    due: Late | None

    @property
    def days_late(self) -> int:
        """How long the first thing to do has been late; 0 when nothing is."""
        return max(0, self.due.days_late) if self.due else 0


@dataclass(frozen=True)
class Chosen:
    """What the page's form keeps; an empty choice keeps all."""

    etat: str = ""
    dispositif: str = ""
    partenaire: str = ""
    unite: str = ""
    closes: bool = False

    def address(self, first: int) -> str:
        """The page that shows the same from another row on."""
        said = {**asdict(self), "closes": "1" if self.closes else "", "suite": str(first)}
        return f"/orientations?{urlencode({name: value for name, value in said.items() if value})}"

    def keeps(self, line: Line) -> bool:
        """Whether a referral is shown. Closed ones are when they are asked for, or when something of theirs is late."""
        head = line.head
        pairs = ((self.etat, head.state), (self.dispositif, head.scheme), (self.unite, head.management_unit))
        is_asked = self.closes or head.closed_on is None or line.due is not None or self.etat == head.state
        return is_asked and all(wanted in ("", value) for wanted, value in (*pairs, (self.partenaire, head.organisation or "")))


def late_ones(session: Session, settings: Settings, viewer: Viewer, today: date) -> list[Line] | None:
    """What is late among the referrals that somebody follows, the latest first; who only heads a team sees what has been so for
    long. None for somebody who reads no referral."""
    mine = [granted for granted in viewer.grants if granted.role in ALLOWED[Action.REFERRAL_VIEW]]
    if not mine:
        return None
    is_head = all(granted.role is Role.HEAD for granted in mine)
    found = lines(session, settings, [granted.place for granted in mine], today)
    return [line for line in found if line.due and (line.due.is_for_head if is_head else line.days_late)]


def lines(session: Session, settings: Settings, mine: Sequence[Place], today: date) -> list[Line]:
    """Every referral of these places, what has been late the longest first, then the newest."""
    landlords = sorted({place.landlord_id for place in mine if place.landlord_id})
    found = [line for one in landlords for line in _of(session, settings, one, mine, today)]
    return sorted(found, key=lambda line: (-line.days_late, -line.head.created_at.timestamp()))


def _of(session: Session, settings: Settings, landlord_id: str, mine: Iterable[Place], today: date) -> list[Line]:
    within, schemes = [place for place in mine if place.landlord_id == landlord_id], readable_schemes(settings, landlord_id)
    heads = reading.of_landlord(session, within, Filters(with_closed=True))
    first: dict[int, Late] = {}
    for due in late.pressing(session, today, days=SOON_DAYS, schemes=schemes, landlord_id=landlord_id):
        first.setdefault(due.referral_id, due)
    return [Line(head, _name(schemes, head.scheme), first.get(head.referral_id)) for head in heads]


def units(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Landlords and units in which somebody may propose a candidate, in order."""
    where = [place for place in places(viewer, Action.REFERRAL_ACT) if place.landlord_id]
    known = {place: [place.management_unit] if place.management_unit else households.units(session, str(place.landlord_id))
             for place in where}  # fmt: skip
    return sorted({(str(place.landlord_id), unit) for place, found in known.items() for unit in found})


def _name(schemes: Any, code: str) -> str:
    return schemes[code].name if code in schemes else code


def options(found: Iterable[Line]) -> dict[str, list[tuple[str, str]]]:
    """What each filter may be set to: what is there to be found."""
    heads = [line.head for line in found]
    return {
        "etat": [pair for pair in STATES.items() if pair[0] in {head.state for head in heads}],
        "dispositif": sorted({(line.head.scheme, line.scheme_name) for line in found}, key=lambda pair: pair[1]),
        "partenaire": [(name, name) for name in sorted({head.organisation for head in heads if head.organisation})],
        "unite": [(unit, unit) for unit in sorted({head.management_unit for head in heads})],
    }
