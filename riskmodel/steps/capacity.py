"""How many rows each unit can review: what people set here counts before what the landlord's file declares."""

from dataclasses import replace
from datetime import date

from riskmodel.casework import capacity
from riskmodel.register import open_register
from riskmodel.settings import Landlord, Settings, landlord


def landlord_on(settings: Settings, landlord_id: str, on: date) -> Landlord:
    """The landlord as declared, with the capacities in force on a day. Raises SettingsError for an unknown landlord."""
    declared = landlord(settings, landlord_id)
    with open_register(settings.register_url)() as session:
        return replace(declared, capacity=declared.capacity | capacity.rows_in_force(session, landlord_id, on))
