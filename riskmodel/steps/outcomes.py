"""A landlord's past, Sunday by Sunday, with what happened next: measured once, read by whoever fits, tests or watches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from riskmodel import outcomes
from riskmodel.settings import Settings
from riskmodel.steps.source import source


@dataclass(frozen=True)
class Past:
    """What a measure found: its days, its rows, and by score and horizon how many events, watches without one, and reasons for
    neither (the codes of `outcomes.CENSORED`)."""

    days: tuple[date, ...]
    rows: int
    folder: Path
    counts: dict[outcomes.Score, dict[int, dict[str, int]]]


def past_folder(settings: Settings, landlord_id: str, last_delivery: date) -> Path:
    """Where the days measured from a delivery are kept, one file a day; recomputable at any time."""
    return settings.runs / landlord_id / "histoire" / last_delivery.isoformat()


def measure(settings: Settings, landlord_id: str, sundays: int, *, progress: Callable[[int, int], None] | None = None) -> Past:
    """Measure the last `sundays` Sundays, every fourth one, up to the last delivery; a day measured before is read from its file.

    Raises NothingKnown before the first accepted delivery.
    """
    known, last_delivery = source(settings, landlord_id)
    days = outcomes.sundays(last_delivery, sundays)
    folder = past_folder(settings, landlord_id, last_delivery)
    panel = outcomes.panel(known, days, last_delivery, folder, progress)
    counts = {
        score: {horizon: outcomes.counts(panel, score, horizon) for horizon in outcomes.HORIZONS} for score in outcomes.SCORES
    }
    return Past(tuple(days), len(panel), folder, counts)
