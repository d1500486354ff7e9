"""Exploration: a declared share of a unit's places goes to households drawn outside the top, so that misses can be estimated.

The draw is made by strata, with the same chance for every household of a stratum. It depends on landlord, week and unit alone,
never on the order of rows or identifiers, and each drawn household keeps the chance it had. Nobody is told who was drawn before
deciding: draws are returned beside the lists, never in them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import floor

import pandas as pd

from riskmodel.weekly.cohort import ONE_TERM, is_contact_cohort, is_without_debt, sure
from riskmodel.weekly.recall import Estimate, Interval, estimate

__all__ = ["Draw", "Estimate", "Interval", "draw", "estimate", "mixed", "places", "seed", "strata"]

PERCENT = 15
"""Of a unit's places, rounded down: 10 to 15 % of them, but for 11 to 13 places, which give one (no whole number fits)."""
WEIGHTS: dict[tuple[str, str], Fraction] = {
    ("derive", "avance"): Fraction(7, 30),
    ("derive", "precoce"): Fraction(7, 30),
    ("derive", "sans_dette"): Fraction(7, 30),
    ("decrochage", "avec_dette"): Fraction(3, 20),
    ("decrochage", "sans_dette"): Fraction(3, 20),
}
"""Share of the draws by score and stratum: seven in ten for drift and three for contact, like the list, then equal shares."""
BANDS = 3
"""Parts of a scored tab, from the most to the least pressing; inside a part the order is by lot."""

Cell = tuple[str, str]
"""A score and one of its strata."""


@dataclass(frozen=True)
class Draw:
    """A drawn household: why it could be (score, stratum), the chance it had, and the seed that draws it again."""

    landlord_id: str
    week: str
    management_unit: str
    lease_id: str
    score: str
    stratum: str
    probability: float
    seed: str


def places(capacity: int) -> int:
    """Places of a unit that are drawn: none below seven, where one would weigh more than the declared share."""
    return PERCENT * capacity // 100


def seed(landlord_id: str, week: str, management_unit: str) -> str:
    """SHA-256 of landlord, week and unit: whoever holds the register can draw again, whoever builds the list cannot choose."""
    return _digest(landlord_id, week, management_unit)


def strata(unit: pd.DataFrame, taken: Collection[str] = ()) -> dict[Cell, list[str]]:
    """Households of a placed unit that may be drawn, by score and stratum: those outside `taken` (the top). One may stand under
    both scores.

    Drift: the question can be asked, the account can be read, no timing cause sets it aside. Contact: see `is_contact_cohort`.
    Urgencies are listed whatever happens; objections and estates are out of scoring.
    """
    listed = unit["lease_id"].isin(list(taken)) | sure(unit["tab"] == "urgence")
    free = ~listed & ~unit["has_objected"] & ~unit["is_deceased"]
    drift = free & unit["in_cohort"] & unit["cause"].isna() & unit["derive"].notna()
    contact = free & is_contact_cohort(unit) & unit["decrochage"].notna()
    clear, late = is_without_debt(unit), sure(unit["overdue_terms"] >= ONE_TERM)
    masks = {
        ("derive", "avance"): drift & late,
        ("derive", "precoce"): drift & ~late & ~clear,
        ("derive", "sans_dette"): drift & clear,
        ("decrochage", "avec_dette"): contact & ~clear,
        ("decrochage", "sans_dette"): contact & clear,
    }
    return {cell: list(unit.loc[mask, "lease_id"]) for cell, mask in masks.items()}


def draw(pools: Mapping[Cell, Sequence[str]], wanted: int, landlord_id: str, week: str, management_unit: str) -> tuple[Draw, ...]:
    """`wanted` households of the strata of a unit, or all of them when there are fewer.

    The two scores are drawn apart: a household drawn for both takes one place and gives two draws.
    """
    lot = seed(landlord_id, week, management_unit)
    expected = _expected({cell: len(leases) for cell, leases in pools.items()}, wanted)
    return tuple(
        Draw(landlord_id, week, management_unit, lease, *cell, probability=float(expected[cell] / len(pools[cell])), seed=lot)
        for cell, number in _rounded(expected, lot).items()
        for lease in _first_by_lot(pools[cell], cell[0], lot)[:number]
    )


def mixed(best: pd.DataFrame, drawn: pd.DataFrame, lot: str) -> pd.DataFrame:
    """Rows of a scored tab in the order shown: three bands of the best, the drawn ones in any of them, each band by lot.

    The order of a team's work is kept to a third of the tab, and a household out of line with its neighbours proves nothing.
    """
    lots = [_digest(lot, "place", lease) for lease in (*best["lease_id"], *drawn["lease_id"])]
    bands = [place * BANDS // len(best) for place in range(len(best))] + [int(of, 16) % BANDS for of in lots[len(best) :]]
    rows = pd.concat([best, drawn]) if len(drawn) else best
    return rows.assign(_band=bands, _lot=lots).sort_values(["_band", "_lot"]).drop(columns=["_band", "_lot"])


def _expected(sizes: Mapping[Cell, int], wanted: int) -> dict[Cell, Fraction]:
    """How many each stratum gives on average: by weight, never more than it holds, what one cannot give going to the others."""
    waiting = {cell for cell, size in sizes.items() if size}
    left, expected = Fraction(min(wanted, sum(sizes.values()))), dict.fromkeys(sizes, Fraction(0))
    while waiting:
        total = sum(WEIGHTS[cell] for cell in waiting)
        full = {cell for cell in waiting if left * WEIGHTS[cell] / total >= sizes[cell]}
        if not full:
            return expected | {cell: left * WEIGHTS[cell] / total for cell in waiting}
        expected |= {cell: Fraction(sizes[cell]) for cell in full}
        left -= sum(sizes[cell] for cell in full)
        waiting -= full
    return expected


def _rounded(expected: Mapping[Cell, Fraction], lot: str) -> dict[Cell, int]:
    """Whole numbers with exactly these means and the same sum (systematic sampling: one random start)."""
    reached = Fraction(int(_digest(lot, "start"), 16), 16**64)
    numbers = {}
    for cell, mean in expected.items():
        numbers[cell] = floor(reached + mean) - floor(reached)
        reached += mean
    return numbers


def _first_by_lot(leases: Sequence[str], score: str, lot: str) -> list[str]:
    return sorted(leases, key=lambda lease: _digest(lot, score, lease))


def _digest(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()
