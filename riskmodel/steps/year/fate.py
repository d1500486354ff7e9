"""What becomes of a household, from a checksum: the same question about the same household always has the same answer."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zlib import crc32

from riskmodel.access.policy import Role
from riskmodel.register.models import Referral
from riskmodel.schemes import FACTS, Condition, Scheme
from riskmodel.steps.demo_users import account_of

LANDLORD_SIDE, PARTNER_SIDE = account_of(Role.CONTENTIEUX), account_of(Role.ASSOCIATION)
"""Accounts that the simulated people move referrals with."""
Choice = TypeVar("Choice")


def drawn(referral: Referral, about: str, of: int) -> int:
    """A number from 0 to `of` - 1 that follows from the household, its scheme and what is asked."""
    return number(f"{referral.landlord_id}/{referral.lease_id}/{referral.scheme}/{about}", of)


def number(key: str, of: int) -> int:
    """A number from 0 to `of` - 1 that follows from a text."""
    return crc32(key.encode()) % of


def one_of(referral: Referral, about: str, choices: Sequence[Choice]) -> Choice:
    """One of several, always the same."""
    return choices[drawn(referral, about, len(choices))]


def noon(day: date) -> datetime:
    """The instant of a day at which things are noted."""
    return datetime.combine(day, time(11), UTC)


def working_day(day: date) -> date:
    """A day, or the Monday after it when nobody works on it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def answers(scheme: Scheme) -> dict[str, Any]:
    """What a household answers when a scheme is right for it."""
    return {one.fact: _value(one) for one in scheme.conditions if FACTS[one.fact].is_declared}


def _value(condition: Condition) -> Any:
    return condition.value[0] if condition.test == "in" else condition.value


def first_known(codes: Sequence[str], known: Mapping[str, str]) -> str:
    """The first of these codes that a scheme knows, else its last end."""
    return next((code for code in codes if code in known), list(known)[-1])
