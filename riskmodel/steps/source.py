"""Where a landlord's facts stand, now or at the end of a day: the lake pinned by the delivery that was visible then."""

from datetime import date

from riskmodel import register
from riskmodel.errors import NothingKnown
from riskmodel.lake import Lake, Source
from riskmodel.people import objections
from riskmodel.register import deliveries
from riskmodel.settings import Settings


def source(settings: Settings, landlord_id: str, as_of: date | None = None) -> tuple[Source, date]:
    """The lake at the versions of the newest accepted delivery (the newest by `as_of`, when given), with the objections that the
    team recorded, and that delivery's day.

    A day before the first delivery is read from the history that the first one brought. Raises NothingKnown without any.
    """
    with register.open_register(settings.register_url)() as session:
        by = deliveries.accepted_by(session, landlord_id, as_of) if as_of else deliveries.last_accepted(session, landlord_id)
        heard = objections.recorded(session, landlord_id)
    if by is None:
        raise NothingKnown(
            f"{landlord_id} : aucune livraison acceptée à ce jour. Déposez une livraison complète, "
            f"puis lancez « riskmodel intake receive {landlord_id} --as-of AAAA-MM-JJ »."
        )
    return Source(Lake(settings.lake_root, landlord_id), dict(by.pins), heard), by.as_of
