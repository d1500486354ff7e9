"""The eligibility ladder: which schemes fit a situation, which do not and why, from the lightest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from riskmodel.schemes.facts import FACTS, Fact, Situation, check_situation
from riskmodel.schemes.scheme import Condition, Scheme, Test
from riskmodel.schemes.wording import shown, wanted

Outcome = Literal["fits", "unmet", "unknown"]


@dataclass(frozen=True)
class Unmet:
    """A condition that does not hold: its fact, the value seen and the one expected as a French reader says them, and why."""

    fact: str
    seen: str
    expected: str
    text: str


@dataclass(frozen=True)
class Rung:
    """A scheme against a situation. `unmet` are all conditions that fail; `asks` the facts that, once known, would decide (none
    when a condition fails already: nothing more needs to be asked of the household)."""

    scheme: Scheme
    outcome: Outcome
    unmet: tuple[Unmet, ...] = ()
    asks: tuple[str, ...] = ()


def ladder(schemes: Mapping[str, Scheme], situation: Situation) -> tuple[Rung, ...]:
    """Every scheme against a situation, lightest first; raises SchemeRefused when the situation is not in the vocabulary."""
    check_situation(situation)
    ordered = sorted(schemes.values(), key=lambda scheme: (scheme.rung, scheme.code))
    return tuple(_rung(scheme, situation) for scheme in ordered)


def _rung(scheme: Scheme, situation: Situation) -> Rung:
    judged = [(condition, _holds(condition, situation)) for condition in scheme.conditions]
    failed = tuple(_unmet(condition, situation) for condition, holds in judged if holds is False)
    if failed:
        return Rung(scheme, "unmet", unmet=failed)
    open_ones = [fact for condition, holds in judged if holds is None for fact in _unknown(condition, situation)]
    return Rung(scheme, "unknown", asks=tuple(dict.fromkeys(open_ones))) if open_ones else Rung(scheme, "fits")


def _holds(condition: Condition, situation: Situation) -> bool | None:
    """True, False, or None when it depends on what is not known: an alternative that holds settles it."""
    ways = [_alone(way, situation) for way in (condition, *condition.alternatives)]
    return True if True in ways else None if None in ways else False


def _alone(condition: Condition, situation: Situation) -> bool | None:
    seen = situation.get(condition.fact)
    if seen is None:
        return True if condition.is_lenient else None
    return TESTS[condition.test](FACTS[condition.fact], seen, condition.value)


TESTS: dict[Test, Callable[[Fact, Any, Any], bool]] = {
    "is": lambda _, seen, value: bool(seen == value),
    "is_not": lambda _, seen, value: bool(seen != value),
    "at_least": lambda fact, seen, value: fact.rank(seen) >= fact.rank(value),
    "at_most": lambda fact, seen, value: fact.rank(seen) <= fact.rank(value),
    "in": lambda _, seen, value: seen in value,
}


def _unknown(condition: Condition, situation: Situation) -> Iterable[str]:
    return (way.fact for way in (condition, *condition.alternatives) if situation.get(way.fact) is None)


def _unmet(condition: Condition, situation: Situation) -> Unmet:
    fact = FACTS[condition.fact]
    return Unmet(fact.code, shown(fact, situation[fact.code]), wanted(condition), condition.text_when_unmet)
