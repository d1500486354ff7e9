"""How a unit is called in every file."""

from riskmodel.weekly.frozen import FrozenList


def unit_name(frozen: FrozenList) -> str:
    """The unit as people call it; a bare code (01, UG02) is announced."""
    unit = frozen.management_unit
    return unit if " " in unit else f"Unité {unit}"
