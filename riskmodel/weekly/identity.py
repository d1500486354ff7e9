"""What names a list and proves its content, written in every file made from it and read back from those that people edited."""

import hashlib
import json

from riskmodel.weekly.frozen import FrozenList


def list_id(frozen: FrozenList) -> str:
    """Landlord, unit and ISO week: lycee/AG-03/2026-S43."""
    return f"{frozen.landlord_id}/{frozen.management_unit}/{frozen.week}"


def fingerprint(frozen: FrozenList) -> str:
    """SHA-256 of the frozen facts, whatever the order of their keys."""
    text = json.dumps(frozen.as_dict(), ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
