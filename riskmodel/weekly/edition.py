"""What all lists of one landlord and one week share, and whether they may be produced at all."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import md5
from typing import Any

from riskmodel.errors import ListRefused
from riskmodel.score import PublishedTable
from riskmodel.score.french import day
from riskmodel.settings import Landlord

STALE_DAYS = 3
REFUSED_DAYS = 7


@dataclass(frozen=True)
class Edition:
    """The lists of the week that begins on `monday`, which describe the evening before.

    `orders` names what orders each score's tab, "score" (the default) or a rule; `rules` holds the French label of each score's
    rule, where one serves; `statements` and `track` are printed as they come at the head of every list (weekly.frozen).
    `disputed` are the inputs that are unknown, by lease, while the household's request for a correction is open, and `contested`
    the sentence that says so on its row. `muted` are the flags (lease, tab) that a person's answer keeps away, and the day each
    may come back; `silent` the leases of each unit that the two lists before showed and nobody answered about.
    """

    landlord: Landlord
    monday: date
    last_delivery: date
    drift: PublishedTable
    contact: PublishedTable
    switched_off: tuple[str, ...] = ()
    orders: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    track: tuple[dict[str, Any], ...] = ()
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contested: Mapping[str, str] = field(default_factory=dict)
    muted: Mapping[tuple[str, str], date] = field(default_factory=dict)
    silent: Mapping[str, Set[str]] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The Sunday whose end the lists describe."""
        return self.monday - timedelta(days=1)

    @property
    def week(self) -> str:
        """ISO week as « 2026-S43 »."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-S{week:02d}"

    def rule(self, score: str) -> str | None:
        """The rule that orders a score's tab; None where the score does."""
        name = self.orders.get(score, "score")
        return None if name == "score" else name

    def lot(self, lease_id: str) -> str:
        """A draw that settles ties: new every week, the same on every rerun, blind to the order of identifiers."""
        return md5(f"{self.week}|{lease_id}".encode(), usedforsecurity=False).hexdigest()

    def warnings(self) -> tuple[str, ...]:
        """Sentences that head every list; raises ListRefused when the newest accepted delivery is more than seven days old."""
        age = (self.as_of - self.last_delivery).days
        if age > REFUSED_DAYS:
            raise ListRefused(
                f"{self.landlord.landlord_id}, semaine {self.week} : dernière livraison acceptée le {day(self.last_delivery)}, "
                f"{age} jours avant le {day(self.as_of)} (limite : {REFUSED_DAYS} jours). "
                "Faites livrer et accepter une nuit plus récente, puis relancez."
            )
        stale = f"Données du {day(self.last_delivery)}, vieilles de {age} jours : les paiements reçus depuis ne sont pas connus."
        synthetic = "Données synthétiques : aucun ménage réel."
        return (synthetic,) * self.landlord.is_synthetic + (stale,) * (age > STALE_DAYS) + self.switched_off
