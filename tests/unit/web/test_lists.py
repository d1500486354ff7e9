"""The lists of a week that somebody may open: their own places' and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from riskmodel.access.policy import Granted, Role, Viewer
from riskmodel.register import open_register
from riskmodel.web.list_index import index_of
from riskmodel.weekly.freezing import freeze
from tests.unit.documents.invented import invented

LANDLORD, WEEK = "exemple-habitat", "2026-S43"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_register(f"sqlite:///{tmp_path / 'register.db'}")() as opened:
        for unit in ("Nord", "Sud / Est"):
            freeze(opened, invented({"derive": 3, "urgence": 1, "ecarte": 2}, unit=unit))
        yield opened


def viewer(role: Role, unit: str | None = None, landlord_id: str = LANDLORD) -> Viewer:
    return Viewer(1, "agent", "Agent", (Granted(role, landlord_id, unit),))


def units(session: Session, who: Viewer, week: str = "") -> list[str]:
    return [line.figure.management_unit for line in index_of(session, who, week)["lines"]]


def test_a_unit_s_agent_sees_their_unit_and_the_head_sees_all(session: Session) -> None:
    assert units(session, viewer(Role.CONTENTIEUX, "Nord")) == ["Nord"]
    assert units(session, viewer(Role.HEAD)) == ["Nord", "Sud / Est"]


def test_a_role_without_lists_and_another_landlord_see_none(session: Session) -> None:
    for who in (viewer(Role.DATA), viewer(Role.ASSOCIATION), viewer(Role.HEAD, landlord_id="autre")):
        assert index_of(session, who, "") == {"weeks": [], "week": "", "lines": [], "several": False}


def test_a_week_that_has_no_list_gives_the_newest(session: Session) -> None:
    assert index_of(session, viewer(Role.HEAD), "2020-S01")["week"] == WEEK
    assert index_of(session, viewer(Role.HEAD), WEEK)["weeks"] == [WEEK]


def test_a_line_leads_to_its_list_and_counts_what_is_to_be_read(session: Session) -> None:
    line = index_of(session, viewer(Role.HEAD), "")["lines"][1]
    assert line.href == f"/listes/{LANDLORD}/{WEEK}/Sud%20%2F%20Est"
    assert (line.figure.rows, line.figure.read, line.figure.decided) == (4, 0, 0)
