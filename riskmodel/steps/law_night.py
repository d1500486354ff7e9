"""What the law said of a landlord's leases on a night, before it is kept or written anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from riskmodel.law import Lease, Row, Situation, Urgency
from riskmodel.law.lists import statutory, urgency
from riskmodel.law.rights import KINDS
from riskmodel.law.situation import situation


@dataclass(frozen=True)
class Night:
    """Each lease read, its newest term alone kept, with its situation; and the lines of the statutory lists."""

    as_of: date
    read: tuple[tuple[Lease, Situation], ...]
    lists: tuple[Row, ...]

    @property
    def urgent(self) -> list[tuple[Situation, Urgency]]:
        """Leases with a right at stake, the most pressing first: in the order of law/rights.toml, then the nearest day."""
        found = [(one, at_stake) for _, one in self.read if (at_stake := urgency(one))]
        ranks = list(KINDS)
        return sorted(found, key=lambda pair: (ranks.index(pair[1].code), pair[1].on or date.min, pair[0].lease_id))


def read(leases: Iterable[Lease], as_of: date) -> Night:
    """What the law says of these leases on `as_of`. Raises LawUnknown when a rule says nothing of so early a day."""
    found = tuple((replace(lease, terms=lease.terms[-1:], balances=()), situation(lease, as_of)) for lease in leases)
    return Night(as_of, found, statutory(one for _, one in found))
