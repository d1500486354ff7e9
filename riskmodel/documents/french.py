"""How amounts, dates and sentences are written for a French reader, whatever the machine's locale."""

import re
from datetime import date
from decimal import Decimal

NARROW = "\u202f"
"""No-break thin space, between thousands."""
NO_BREAK = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_BEFORE = re.compile(r" (?=[:;?!»%€])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_AFTER = re.compile(r"(?<=«) |(?<=n°) |(?<=\d) (?=(?:j|jours?|mois|termes?)\b)")


def typeset(text: str) -> str:
    """`text` with the no-break spaces and apostrophes of French typography; meant for sentences, never for identifiers."""
    return _APOSTROPHE.sub("’", _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text)))


def integer(value: int) -> str:
    """A count with its thousands set apart: 12 345."""
    return f"{value:,}".replace(",", NARROW)


def euros(cents: int) -> str:
    """Integer cents as 1 234,56 €."""
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{integer(abs(cents) // 100)},{abs(cents) % 100:02d}{NO_BREAK}€"


def decimal(value: Decimal | float, digits: int = 2) -> str:
    """A figure with a decimal comma, cut and not rounded up: 1,99 terme is not 2,0."""
    unit = Decimal(1).scaleb(-digits)
    return str(Decimal(str(value)).quantize(unit, rounding="ROUND_DOWN")).replace(".", ",")


def day(value: date) -> str:
    """A date as 18/10/2026."""
    return f"{value:%d/%m/%Y}"


def weekday(value: date) -> str:
    """A date with its day: lundi 19/10/2026."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun, in agreement: 1 ménage, 2 ménages, 0 ménage."""
    return f"{integer(number)}{NO_BREAK}{noun if abs(number) < 2 else plural or noun + 's'}"


def shorten(text: str, length: int) -> str:
    """`text` in at most `length` characters, cut between words where possible, the cut shown by an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words = head.rsplit(" ", 1)[0]
    return (words if len(words) > length // 2 else head).rstrip(" ,;:") + "…"
