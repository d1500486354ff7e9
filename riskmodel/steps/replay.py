"""A table against the one in force over the past year: whom each would have listed, and what came of them."""

from datetime import date
from typing import Any

import pandas as pd

from riskmodel import outcomes, register
from riskmodel.backtest.ties import UNKNOWN
from riskmodel.register import decisions
from riskmodel.score import PublishedTable, apply
from riskmodel.settings import Landlord, Settings
from riskmodel.steps.approved import in_force
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.maturing import asked, chosen, places, week_of
from riskmodel.steps.source import source
from riskmodel.steps.track import LEDGER_BEFORE, Progress, ledger_from

SUNDAYS = 13


def replay(
    settings: Settings, landlord_id: str, new: PublishedTable, as_of: date, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Both tables on the last 13 four-weekly Sundays known by `as_of`, one after the other, as plain values for the register.

    By day: rows kept, added and removed at the same capacity, and of each table the rows that could be judged and the hits among
    them (None while the window is open). `days_learnt` counts the Sundays that the new table was fitted on.
    """
    known, last_delivery = source(settings, landlord_id, as_of)
    old = in_force(settings, landlord_id, as_of)[new.name]
    oldest = ledger_from(known, last_delivery) + LEDGER_BEFORE
    days = [day for day in outcomes.sundays(last_delivery, SUNDAYS) if day >= oldest]
    folder = settings.runs / landlord_id / "histoire" / last_delivery.isoformat()
    with register.open_register(settings.register_url)() as session:
        treated = decisions.treated(session, landlord_id)
    declared = landlord_on(settings, landlord_id, last_delivery)
    lines = []
    for done, day in enumerate(days, start=1):
        panel = outcomes.panel(known, [day], last_delivery, folder)
        lines.append(_day(day, panel, old, new, declared, treated))
        if progress:
            progress(done, len(days))
    learnt = {str(seen) for seen in new.training["days"]} if new.training else set()
    return {
        "digest": new.digest,
        "name": new.name,
        "title": new.title,
        "version": new.version,
        "against": old.version,
        "against_digest": old.digest,
        "until": last_delivery.isoformat(),
        "days_learnt": sum(line["as_of"] in learnt for line in lines),
        "days": lines,
    }


def _day(
    day: date, panel: pd.DataFrame, old: PublishedTable, new: PublishedTable, declared: Landlord, treated: pd.DataFrame
) -> dict[str, Any]:
    rows = asked(panel, new.name, treated)
    before, after = (_listed(rows, table, declared, week_of(day)) for table in (old, new))
    return {
        "as_of": day.isoformat(),
        "kept": int((before & after).sum()),
        "added": int((after & ~before).sum()),
        "removed": int((before & ~after).sum()),
        **{f"old_{key}": figure for key, figure in _judged(rows, before).items()},
        **{f"new_{key}": figure for key, figure in _judged(rows, after).items()},
    }


def _listed(rows: pd.DataFrame, table: PublishedTable, declared: Landlord, week: str) -> pd.Series:
    """The rows at the table's threshold or above that each unit's capacity holds."""
    value = pd.Series(apply(table, rows)["score"].to_numpy(), rows.index)
    kept = rows[value >= table.minimum]
    within = chosen(kept, value[kept.index], places(declared, rows["management_unit"], table.name), week)
    return within.reindex(rows.index, fill_value=False)


def _judged(rows: pd.DataFrame, listed: pd.Series) -> dict[str, int | None]:
    if not (rows["label"] != UNKNOWN).any():
        return {"listed": None, "hits": None}
    return {"listed": int((listed & (rows["label"] != UNKNOWN)).sum()), "hits": int((listed & (rows["label"] == 1)).sum())}
