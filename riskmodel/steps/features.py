"""Features of a night: everything that is known of each lease in force, in one file."""

from collections.abc import Callable
from datetime import date

from riskmodel import features
from riskmodel.features import Account
from riskmodel.settings import Settings
from riskmodel.steps.source import source


def build(
    settings: Settings, landlord_id: str, as_of: date, *, progress: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Write `features.parquet` of `as_of` (aside, then renamed: a killed run leaves the former file whole); counts of leases and
    of optional tables never delivered. Raises NothingKnown before the first accepted delivery."""
    known, _ = source(settings, landlord_id, as_of)
    target = settings.runs / landlord_id / as_of.isoformat() / "features.parquet"
    aside = target.with_suffix(".tmp")
    leases = features.compute(known, as_of, aside, progress=progress)
    aside.replace(target)
    return {"leases": leases, "switched_off": len(features.switched_off(known.pins))}


def explain(settings: Settings, landlord_id: str, as_of: date, lease_id: str) -> Account:
    """The rows behind one lease's features; raises NothingKnown when the lease is not in force on `as_of`."""
    known, _ = source(settings, landlord_id, as_of)
    return features.read_account(known, as_of, lease_id)
