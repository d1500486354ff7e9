"""One household's identity, read for whoever asks; nothing of it is written."""

from datetime import date

from riskmodel.people import identity as room
from riskmodel.people.identity import Identity
from riskmodel.settings import Settings
from riskmodel.steps.source import source


def identity(settings: Settings, landlord_id: str, lease_id: str, today: date) -> Identity:
    """Names, telephones and address of the holders of a lease; raises NothingKnown before any delivery."""
    return room.identity(source(settings, landlord_id, today)[0], lease_id, today)
