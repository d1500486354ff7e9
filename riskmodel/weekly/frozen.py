"""A weekly list as evidence: what a reviewer sees, frozen, and the only thing documents are made from.

Tabs, in reading order. Every text is French and ready to print; amounts in `facts` are cents, "terms" figures are net terms.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Tab = Literal["urgence", "derive", "decrochage", "ne_peut_pas_dire", "ecarte", "a_contacter"]
TABS: dict[Tab, str] = {
    "urgence": "Urgences",
    "derive": "Dérive d'impayé",
    "decrochage": "Décrochage",
    "ne_peut_pas_dire": "Ne peut pas dire",
    "ecarte": "Écartés avec cause",
    "a_contacter": "À contacter",
}
Change = Literal["nouveau", "maintenu"]


@dataclass(frozen=True)
class Reason:
    """One input's points, with the household's own figures. The points of a row's reasons for a score add up to that score."""

    score: Literal["derive", "decrochage"]
    input: str
    points: int
    text: str


@dataclass(frozen=True)
class Row:
    """One household on one tab. `facts` are features by name; `why` says in a sentence what put the row on its tab
    (rule of law, suppression cause, doubt); `until` is the day a suppression ends."""

    tab: Tab
    position: int
    lease_id: str
    household_id: str
    change: Change
    facts: dict[str, Any]
    drift: int | None = None
    decrochage: int | None = None
    stratum: str | None = None
    previous_position: int | None = None
    why: str | None = None
    until: date | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Departure:
    """A household that was on last week's list and is not on this one, with the reason in a sentence."""

    lease_id: str
    tab: Tab
    position: int
    why: str


@dataclass(frozen=True)
class FrozenList:
    """The list of one management unit for one ISO week. `tables` are the points tables that scored it (name, version, hash);
    `warnings` are sentences that head the list (stale delivery, signals switched off, synthetic data)."""

    landlord_id: str
    landlord_name: str
    is_synthetic: bool
    management_unit: str
    week: str
    monday: date
    as_of: date
    capacity: int
    last_delivery: date
    tables: tuple[dict[str, str], ...]
    warnings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    departures: tuple[Departure, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def tab(self, name: Tab) -> list[Row]:
        """Rows of one tab, in order."""
        return [row for row in self.rows if row.tab == name]

    def as_dict(self) -> dict[str, Any]:
        """Plain values; dates stay dates."""
        return asdict(self)
