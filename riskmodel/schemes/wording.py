"""Values and conditions as a French reader says them."""

from typing import Any

from riskmodel.schemes.facts import FACTS, Fact
from riskmodel.schemes.scheme import Condition

_TESTS = {"is": "", "is_not": "autre que ", "at_least": "au moins ", "at_most": "au plus ", "in": ""}
_NARROW, _FIXED = "\u202f", "\u00a0"


def shown(fact: Fact, value: Any) -> str:
    """A fact's value: « 2,5 termes nets », « 1 234,56 € », « assignation », « oui »."""
    if fact.kind == "bool":
        return "oui" if value else "non"
    if fact.codes:
        return fact.codes[value]
    if fact.unit == "hundredths":
        return _terms(value)
    return _euros(value) if fact.unit == "cents" else str(value)


def wanted(condition: Condition) -> str:
    """What a condition asks for: « au moins 2 termes nets », « peu joignable ou contact perdu »."""
    fact = FACTS[condition.fact]
    values = condition.value if condition.test == "in" else (condition.value,)
    said = _TESTS[condition.test] + " ou ".join(shown(fact, value) for value in values)
    others = [f"{FACTS[other.fact].label} : {wanted(other)}" for other in condition.alternatives]
    return " ; ou ".join([said, *others])


def _terms(hundredths: int) -> str:
    figure = _decimal(hundredths).rstrip("0").rstrip(",")
    return f"{figure}{_FIXED}{'termes nets' if abs(hundredths) >= 200 else 'terme net'}"


def _euros(cents: int) -> str:
    return _decimal(cents).removesuffix(",00") + f"{_FIXED}€"


def _decimal(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'−' if hundredths < 0 else ''}{whole:,}".replace(",", _NARROW) + f",{rest:02d}"
