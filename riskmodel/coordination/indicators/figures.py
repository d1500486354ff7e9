"""All figures of a pack of indicators: thirteen month-ends, the acts of twelve months, delays, hearings, the path of helps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low

from riskmodel.coordination.indicators.ledger import Act, Default, Hearing, Stock
from riskmodel.coordination.indicators.path import Reached
from riskmodel.coordination.indicators.words import MONTH
from riskmodel.explain.months import month_of, months_later, shift

SPOKEN_DAYS = (30, 60, 90)
REFERRED_DAYS = (60, 120, 180)
"""Days after a default within which an exchange, or a referral, is counted; every default counted had the longest of them."""
MONTHS = 12


@dataclass(frozen=True)
class Span:
    """The twelve months of a pack, oldest first, and the month before them; its last day, and the day that acts are known on."""

    months: tuple[str, ...]
    before: str
    last: date
    on: date

    @property
    def first(self) -> date:
        """The first day of the twelve months."""
        return date.fromisoformat(f"{self.months[0]}-01")

    @property
    def month(self) -> str:
        """The newest month."""
        return self.months[-1]


def span(kind: str, on: date) -> Span:
    """The twelve months that end with the newest month over on that day, or with the newest calendar year over."""
    after = on + timedelta(days=1)
    end = shift(month_of(after), -1) if kind == MONTH else f"{after.year - 1}-12"
    months = tuple(shift(end, rank) for rank in range(1 - MONTHS, 1))
    return Span(months, shift(end, -MONTHS), last_day(end), on)


def last_day(month: str) -> date:
    """The last day of a month."""
    return date.fromisoformat(f"{shift(month, 1)}-01") - timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """What a pack is written from. `stocks` has by month and unit the debts at its end, or on the day of the month's last
    delivery (`read_on`)."""

    kind: str
    span: Span
    stocks: Mapping[str, Mapping[str, Stock]]
    read_on: Mapping[str, date]
    acts: Sequence[Act]
    defaults: Sequence[Default]
    hearings: Sequence[Hearing]
    reached: Sequence[Reached]
    names: Mapping[str, str]

    @property
    def units(self) -> list[str]:
        """Units that anything is said of."""
        every: list[Act | Default | Hearing | Reached] = [*self.acts, *self.defaults, *self.hearings, *self.reached]
        return sorted({one.management_unit for one in every}.union(*self.stocks.values()))

    def unit(self, code: str) -> str:
        """A unit as people call it."""
        return f"{code} · {self.names[code]}" if code in self.names else code

    def only(self, code: str) -> "Figures":
        """The same, of one unit alone."""

        def is_kept(one: Act | Default | Hearing | Reached) -> bool:
            return one.management_unit == code

        return replace(
            self,
            stocks={month: {code: units.get(code, Stock())} for month, units in self.stocks.items()},
            acts=list(filter(is_kept, self.acts)),
            defaults=list(filter(is_kept, self.defaults)),
            hearings=list(filter(is_kept, self.hearings)),
            reached=list(filter(is_kept, self.reached)),
        )

    def stock(self, month: str) -> Stock:
        """The debts of all units at the end of a month."""
        return sum(self.stocks[month].values(), Stock())

    def done(self, act: str, months: Iterable[str]) -> int:
        """Households for which an act was done, added up over these months."""
        wanted = set(months)
        return sum(one.households for one in self.acts if one.act == act and one.month in wanted)

    def followed(self, days: int) -> list[Default]:
        """Defaults of a year that ends so many days before the last day: each had so many days."""
        last = self.span.last - timedelta(days=days)
        return [one for one in self.defaults if months_later(last, -MONTHS) < one.default_on <= last]

    def heard(self) -> list[Hearing]:
        """Hearings of the twelve months."""
        return [one for one in self.hearings if self.span.first <= one.hearing_on <= self.span.last]


def within(found: Iterable[Default], day: Callable[[Default], date | None], days: int) -> int:
    """How many defaults were followed by something within so many days."""
    return sum((on - one.default_on).days <= days for one in found if (on := day(one)) is not None)


def middle(found: Sequence[Default], day: Callable[[Default], date | None], longest: int) -> int | None:
    """The days after which half of the defaults had been followed by it; None when that takes longer than `longest` or never."""
    days = [(on - one.default_on).days if (on := day(one)) is not None else longest + 1 for one in found]
    half = median_low(days) if days else longest + 1
    return half if half <= longest else None


def share(part: int, whole: int) -> Decimal | None:
    """So many out of a hundred, to the tenth; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None
