"""What is read about one household for whoever asks: its identity, its letter, its complete file. Nothing of it is written."""

from datetime import date

from riskmodel.people import identity as room
from riskmodel.people.identity import Identity
from riskmodel.settings import Settings
from riskmodel.steps.letter import letter
from riskmodel.steps.person_file import person_file
from riskmodel.steps.source import source

__all__ = ["Identity", "identity", "letter", "person_file"]


def identity(settings: Settings, landlord_id: str, lease_id: str, today: date) -> Identity:
    """Names, telephones and address of the holders of a lease; raises NothingKnown before any delivery."""
    return room.identity(source(settings, landlord_id, today)[0], lease_id, today)
