"""Where a landlord's facts stand now: the lake pinned by the newest accepted delivery."""

from datetime import date

from riskmodel import register
from riskmodel.errors import NothingKnown
from riskmodel.lake import Lake, Source
from riskmodel.register import deliveries
from riskmodel.settings import Settings


def source(settings: Settings, landlord_id: str) -> tuple[Source, date]:
    """The lake at the versions of the newest accepted delivery, and that delivery's day; raises NothingKnown."""
    with register.open_register(settings.register_url)() as session:
        last = deliveries.last_accepted(session, landlord_id)
    if last is None:
        raise NothingKnown(
            f"{landlord_id} : aucune livraison acceptée à ce jour. Déposez une livraison complète, "
            f"puis lancez « riskmodel intake receive {landlord_id} --as-of AAAA-MM-JJ »."
        )
    return Source(Lake(settings.lake_root, landlord_id), dict(last.pins)), last.as_of
