"""The night, the Monday and the quarter of one landlord, step by step, each noted in the journal: what the DAG tasks call.

Only counts go back to the scheduler, which keeps them in a database of its own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from riskmodel.settings import Settings
from riskmodel.steps import features, law, receive, score, tables, track, weekly_list
from riskmodel.steps.calendar import day_before
from riskmodel.steps.coverage import NIGHT, is_complete, recorded


def receive_deliveries(settings: Settings, landlord_id: str, as_of: date, *, may_wait: bool = False) -> dict[str, int]:
    """Judge what the landlord delivered up to `as_of`.

    When the delivery of the day itself is missing and the caller can come back, raises FileNotFoundError; otherwise the night
    goes on with what is known, and the coverage says so. Raises DeliveryRefused when a delivery breaks a table rule.
    """
    summary = recorded(settings, landlord_id, as_of, "receive", receive.receive)
    if may_wait and (summary["last_accepted"] or "") < as_of.isoformat():
        raise FileNotFoundError(f"{landlord_id} : la livraison du {as_of.isoformat()} n'est pas arrivée, nouvel essai plus tard.")
    return _counts(summary)


def build_features(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Compute what is known of every lease at the end of `as_of`."""
    return _counts(recorded(settings, landlord_id, as_of, "features", features.build))


def score_leases(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Apply the points tables to the features of `as_of`."""
    return _counts(recorded(settings, landlord_id, as_of, "score", score.score))


def read_deadlines(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Read the law on the leases of `as_of`: situations, deadlines and statutory lists, from features and never from scores."""
    return _counts(recorded(settings, landlord_id, as_of, "deadlines", law.night))


def mature_lists(settings: Settings, landlord_id: str, monday: date, *, may_wait: bool = False) -> dict[str, int]:
    """Measure the past lists whose window has closed by the day before `monday`, under which it is noted.

    When that night has not ended well and the caller can come back, raises FileNotFoundError; otherwise Monday goes on with what
    is known.
    """
    as_of = day_before(monday)
    if may_wait and not is_complete(settings, landlord_id, as_of, NIGHT):
        raise FileNotFoundError(f"{landlord_id} : la nuit du {as_of.isoformat()} n'a pas abouti, nouvel essai plus tard.")
    return _counts(recorded(settings, landlord_id, as_of, "track", track.mature))


def build_lists(settings: Settings, landlord_id: str, monday: date) -> dict[str, int]:
    """Freeze and write the lists of the week of `monday`, noted under the day before, which they describe.

    Made from what is known, or refused with ListRefused.
    """

    def lists(settings: Settings, landlord_id: str, _as_of: date) -> dict[str, Any]:
        return weekly_list.build(settings, landlord_id, monday)

    return _counts(recorded(settings, landlord_id, day_before(monday), "weekly_list", lists))


def propose_tables(settings: Settings, landlord_id: str, as_of: date) -> dict[str, int]:
    """Fit a candidate table for each score on what is known by `as_of`; nothing serves before a person approves it."""

    def proposals(settings: Settings, landlord_id: str, as_of: date) -> dict[str, Any]:
        made = tables.propose(settings, landlord_id, as_of)
        return {"proposed": sum(table.version is not None for table in made), "scores": len(made)}

    return _counts(recorded(settings, landlord_id, as_of, "propose", proposals))


def _counts(summary: Mapping[str, Any]) -> dict[str, int]:
    return {name: value for name, value in summary.items() if isinstance(value, int)}
