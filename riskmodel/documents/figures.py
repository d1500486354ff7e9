"""The figures that head a list, and the warnings that go before them."""

from collections import Counter

from riskmodel.documents.french import typeset
from riskmodel.documents.labels import INPUTS
from riskmodel.documents.phrases import own_reasons
from riskmodel.weekly.frozen import CAUSES, TABS, FrozenList, Tab

STALE_DAYS = 3
"""A delivery older than a long week-end: facts have to be checked before anyone is called."""
STALE_ADVICE = "Avant tout appel, vérifiez le compte dans votre logiciel ; prévenez l'équipe informatique."
SYNTHETIC = "Données synthétiques"


def age_days(frozen: FrozenList) -> int:
    """Days between the last accepted delivery and the day of the list."""
    return (frozen.as_of - frozen.last_delivery).days


def warnings(frozen: FrozenList) -> list[str]:
    """The list's warnings, and what to do when its facts are old. Synthetic data have a mark of their own."""
    said = [text for text in frozen.warnings if not text.startswith(SYNTHETIC)]
    return [STALE_ADVICE, *said] if age_days(frozen) > STALE_DAYS else said


def changes(frozen: FrozenList) -> dict[Tab, tuple[int, int]]:
    """New and kept rows of each tab."""
    return {tab: (_changed(frozen, tab, "nouveau"), _changed(frozen, tab, "maintenu")) for tab in TABS}


def in_all(frozen: FrozenList, tab: Tab) -> int:
    """Households of the unit that belong to a tab: more than its rows where only the first ones are shown."""
    return max(frozen.counts.get(tab, 0), len(frozen.tab(tab)))


def is_ruled(frozen: FrozenList, tab: Tab) -> bool:
    """Whether a simple rule orders a tab in place of its score."""
    return frozen.orders.get(tab, "score") != "score"


def causes(frozen: FrozenList) -> list[tuple[str, int]]:
    """Suppressed households by cause, most frequent first."""
    counted = {label: frozen.counts.get(f"ecarte_{cause}", 0) for cause, label in CAUSES.items()}
    return [(typeset(label), number) for label, number in _ranked(counted) if number]


def reason_frequency(frozen: FrozenList) -> list[tuple[str, int]]:
    """Rows of the scored tabs for which an input gave points to the tab's score, by input, most frequent first."""
    counted = Counter(reason.input for row in frozen.rows for reason in own_reasons(row) if reason.points > 0)
    return [(typeset(INPUTS.get(name, name)), number) for name, number in _ranked(counted)]


def _changed(frozen: FrozenList, tab: Tab, change: str) -> int:
    return sum(row.change == change for row in frozen.tab(tab))


def _ranked(counted: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
