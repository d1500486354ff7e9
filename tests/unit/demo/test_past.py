"""The demo landlord before its first night: deliveries of past Sundays, from nothing but what the first one knew."""

import json
from datetime import date
from pathlib import Path

import pytest

from riskmodel.demo import erp, past
from riskmodel.demo.inbox import LANDLORD
from riskmodel.errors import NothingKnown

SUNDAYS = (date(2025, 6, 1), date(2025, 6, 8))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("passe")
    past.declare(home)
    past.deliver(home, SUNDAYS)
    return home / "inbox" / LANDLORD


def test_the_first_delivery_is_full_and_the_next_tells_what_changed(inbox: Path) -> None:
    manifests = [json.loads((inbox / day.isoformat() / "manifest.json").read_text(encoding="utf-8")) for day in SUNDAYS]
    assert [one["mode"] for one in manifests] == ["full", "incremental"]
    first, then = (one["tables"]["entries"]["rows"] for one in manifests)
    assert first > 100 * then > 0


def test_nothing_is_known_before_its_day(inbox: Path) -> None:
    for day in SUNDAYS:
        booked = [erp.day(row["DT_COMPTA"]) for row in erp.rows(inbox / day.isoformat(), erp.ENTRIES)]
        assert max(booked) <= day
    terminated = {erp.day(row["DT_RESIL"]) for row in erp.rows(inbox / SUNDAYS[0].isoformat(), erp.LEASES)}
    assert max(terminated) <= SUNDAYS[0]


def test_the_past_is_lived_in_an_empty_home_alone(inbox: Path) -> None:
    with pytest.raises(NothingKnown, match="un bailleur y est déjà"):
        past.declare(inbox.parent.parent)
    assert past.first_night() == date(2026, 10, 16)
