"""Track records made by hand: what past Sundays were worth, without any lake."""

from datetime import date, timedelta
from typing import Any

from riskmodel.backtest import rankers
from riskmodel.register import open_register, track
from riskmodel.settings import Settings

SUNDAY = date(2026, 11, 1)
CLOSED = SUNDAY - timedelta(days=105)
"""The newest Sunday whose window has closed on SUNDAY."""


def sunday(back: int) -> date:
    """The Sunday `back` weeks before CLOSED."""
    return CLOSED - timedelta(weeks=back)


def keep(settings: Settings, weeks: int, own: int, rule: int, *, kind: str = "servi", **values: Any) -> None:
    """`weeks` past Sundays on which the score hit `own` of 10 listed rows, and every rule `rule` of 10."""
    lines = [
        _record(sunday(back), kind, model, own if model == "score" else rule) | values
        for back in range(weeks)
        for model in ("score", *rankers.RULES["derive"])
    ]
    with open_register(settings.register_url).begin() as session:
        track.append(session, "essai", lines)


def _record(as_of: date, kind: str, model: str, hits: int) -> dict[str, Any]:
    counts = {"k": 12, "listed": 10, "hits": hits, "treated": 0, "events": 20, "eligible": 100, "lead_days": 30.0}
    names = {"score": "derive", "as_of": as_of, "week": f"S{as_of:%m%d}", "kind": kind, "model": model, "version": "2026-11"}
    return names | {"is_served": kind == "servi" and model == "score", "stratum": "tous"} | counts
