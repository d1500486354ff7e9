"""docs/ledger.md § 6: housing benefit that stops, and terms that jump."""

from datetime import date

from tests.reference.months import month_of, shift
from tests.reference.rows import Account
from tests.reference.terms import SMALLEST_NET_TERM, Term


def shock_features(account: Account, due: list[Term], as_of: date) -> dict[str, object]:
    """The benefit and shock features of one lease, by name."""
    return {
        "has_benefit_break": _has_benefit_break(account, as_of),
        "has_known_right": bool(account.benefits),
        "net_share_rise_pct": _net_share_rise(due),
    }


def _has_benefit_break(account: Account, as_of: date) -> bool:
    rights = {right.month: right.amount_cents if right.state == "open" else 0 for right in account.benefits}
    one, two, three, four = (rights.get(shift(month_of(as_of), -back), 0) for back in (1, 2, 3, 4))
    before = max(three, four)
    return before > 0 and 2 * one <= before and 2 * two <= before


def _net_share_rise(due: list[Term]) -> int:
    if len(due) < 7:
        return 0
    mean = sum(term.net for term in due[-7:-1]) // 6
    return 0 if mean < SMALLEST_NET_TERM else max(0, 100 * (due[-1].net - mean) // mean)
