"""The figures that head a list, counted from its rows."""

import re
from collections import Counter

from riskmodel.documents.french import typeset
from riskmodel.documents.labels import INPUTS
from riskmodel.weekly.frozen import TABS, FrozenList, Tab

_COLON = re.compile(r"\s:")
STALE_DAYS = 3
"""A delivery older than a long week-end: facts have to be checked in the ERP before anyone is called."""


def age_days(frozen: FrozenList) -> int:
    """Days between the last accepted delivery and the day of the list."""
    return (frozen.as_of - frozen.last_delivery).days


def is_stale(frozen: FrozenList) -> bool:
    """Whether facts are too old to call a household without a look at its account."""
    return age_days(frozen) > STALE_DAYS


def changes(frozen: FrozenList) -> dict[Tab, tuple[int, int]]:
    """New and kept rows of each tab."""
    return {tab: (_changed(frozen, tab, "nouveau"), _changed(frozen, tab, "maintenu")) for tab in TABS}


def causes(frozen: FrozenList) -> list[tuple[str, int]]:
    """Suppressed rows by cause, most frequent first. A cause is what its sentence says before the first colon."""
    counted = Counter(_COLON.split(row.why or "cause non précisée")[0].strip() for row in frozen.tab("ecarte"))
    return _ranked(counted)


def reason_frequency(frozen: FrozenList) -> list[tuple[str, int]]:
    """Households of the working tabs for which an input gave points, by input, most frequent first."""
    counted: Counter[str] = Counter()
    for row in frozen.rows:
        if row.tab in ("urgence", "derive", "decrochage"):
            counted.update({reason.input for reason in row.reasons if reason.points > 0})
    return [(typeset(INPUTS.get(name, name)), number) for name, number in _ranked(counted)]


def _changed(frozen: FrozenList, tab: Tab, change: str) -> int:
    return sum(row.change == change for row in frozen.tab(tab))


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
