"""The file of a household is frozen with its list, and goes with it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import files, lists
from riskmodel.register.models import HouseholdFile

KEY = ("oph", "2026-S43", "02")
EVIDENCE = {"landlord_id": "oph", "week": "2026-S43", "management_unit": "02"}
ROW = {"position": 1, "tab": "derive", "lease_id": "B1", "change": "nouveau", "facts": {}, "reasons": []}


def file(current: int = 12_345) -> dict[str, Any]:
    month = {"month": "2026-10", "rent": 45_000, "balance": current}
    event = {"on": "2026-10-12", "kind": "contact", "text": "appel sans réponse"}
    return {"series": [month], "timeline": [event], "balances": {"current": current}, "waterfall": []}


@pytest.fixture
def listed(register: sessionmaker[Session]) -> sessionmaker[Session]:
    with register.begin() as session:
        lists.save(session, date(2026, 10, 18), dict(EVIDENCE), [ROW])
    return register


def test_a_file_is_read_as_it_was_frozen(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        assert files.save(session, *KEY, {"B1": file(), "B2": file(0)})
    with listed() as session:
        assert files.read(session, *KEY, "B1") == file()
        assert files.read(session, *KEY, "B9") is None
        assert files.read(session, "oph", "2026-S44", "02", "B1") is None


def test_the_same_files_again_touch_nothing_and_others_replace_them_all(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        files.save(session, *KEY, {"B1": file(), "B2": file()})
        assert not files.save(session, *KEY, {"B1": file(), "B2": file()})
        assert files.save(session, *KEY, {"B1": file(99)})
        assert files.read(session, *KEY, "B1") == file(99)
        assert files.read(session, *KEY, "B2") is None


def test_a_list_made_anew_takes_its_files_along(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        files.save(session, *KEY, {"B1": file()})
        lists.save(session, date(2026, 10, 18), {**EVIDENCE, "other": True}, [ROW])
        assert session.scalar(select(func.count()).select_from(HouseholdFile)) == 0


def test_files_of_no_list_are_refused(register: sessionmaker[Session]) -> None:
    with pytest.raises(NoResultFound), register.begin() as session:
        files.save(session, *KEY, {"B1": file()})
