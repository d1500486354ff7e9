"""One tab of a list, searched, filtered, sorted and cut by the register, on both databases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from riskmodel.casework.key import ListKey
from riskmodel.register import open_register
from riskmodel.web.listing import (
    PAGE_ROWS,
    Standing,
    Wanted,
    address,
    counts,
    find,
    first_tab,
    head,
    hidden,
    minutes_spent,
    wanted,
)
from riskmodel.weekly.freezing import freeze
from riskmodel.weekly.frozen import FrozenList
from tests.registers import KINDS, Fresh
from tests.unit.documents.invented import invented

LIST = invented({"urgence": 3, "derive": PAGE_ROWS + 7, "decrochage": 5, "ecarte": 2, "a_contacter": 4}, unit="Rives & Loire")
KEY = ListKey(LIST.landlord_id, LIST.week, LIST.management_unit)
NOBODY = Standing()


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, fresh_register: Fresh) -> Iterator[Session]:
    with open_register(fresh_register(request.param))() as session:
        freeze(session, LIST)
        session.commit()
        yield session


@pytest.fixture
def list_id(opened: Session) -> int:
    found = head(opened, KEY)
    assert found is not None
    return found[0]


def leases(frozen: FrozenList, tab: str) -> list[str]:
    return [row.lease_id for row in frozen.rows if row.tab == tab]


def test_the_head_is_the_frozen_list_without_its_rows(opened: Session) -> None:
    found = head(opened, KEY)
    assert found is not None
    assert found[1] == replace(LIST, rows=())
    assert head(opened, replace(KEY, week="2026-S44")) is None


def test_a_page_holds_rows_as_they_were_frozen_in_the_order_of_the_list(opened: Session, list_id: int) -> None:
    first = find(opened, list_id, Wanted("derive"), NOBODY)
    assert first.rows == tuple(LIST.tab("derive")[:PAGE_ROWS])
    assert (first.total, first.pages) == (PAGE_ROWS + 7, 2)
    assert find(opened, list_id, Wanted("derive", page=2), NOBODY).rows == tuple(LIST.tab("derive")[PAGE_ROWS:])


def test_beyond_the_last_page_comes_the_last_page(opened: Session, list_id: int) -> None:
    assert len(find(opened, list_id, Wanted("derive", page=99), NOBODY).rows) == 7


@pytest.mark.parametrize(
    ("sort", "name"),
    [("dette", "current_cents"), ("exigible", "legal_cents"), ("termes", "current_terms"), ("age", "oldest_unpaid_days")],
)
def test_sorts_put_the_largest_first(opened: Session, list_id: int, sort: str, name: str) -> None:
    values = [row.facts[name] for row in find(opened, list_id, Wanted("derive", sort=sort), NOBODY).rows]
    assert values == sorted((row.facts[name] for row in LIST.tab("derive")), reverse=True)[:PAGE_ROWS]


def test_an_exchange_that_is_not_known_is_the_oldest(opened: Session, list_id: int) -> None:
    days = [row.facts["days_since_two_way"] for row in find(opened, list_id, Wanted("derive", sort="echange"), NOBODY).rows]
    known = [number for number in days if number is not None]
    assert days == [None] * (len(days) - len(known)) + sorted(known, reverse=True)
    assert None in days


def test_filters_add_up(opened: Session, list_id: int) -> None:
    decided = leases(LIST, "derive")[::2]
    asked = Wanted("derive", change="nouveau", state="decides", stratum="avancé", least_cents=20_000)
    expected = [
        row.lease_id
        for row in LIST.tab("derive")
        if row.change == "nouveau"
        and row.lease_id in decided
        and row.stratum == "avancé"
        and row.facts["current_cents"] >= 20_000
    ]
    found = find(opened, list_id, asked, Standing(decided=decided))
    assert [row.lease_id for row in found.rows] == expected
    assert expected


def test_rows_are_found_by_a_part_of_the_lease_and_signs_mean_themselves(opened: Session, list_id: int) -> None:
    lease = leases(LIST, "derive")[3]
    assert lease in [row.lease_id for row in find(opened, list_id, Wanted("derive", search=lease[2:].lower()), NOBODY).rows]
    assert find(opened, list_id, Wanted("derive", search="%"), NOBODY).total == 0


def test_what_is_to_read_and_to_decide_follows_the_work(opened: Session, list_id: int) -> None:
    first, second, *_ = leases(LIST, "decrochage")
    work = Standing(decided=[first], unread=[second])
    assert [row.lease_id for row in find(opened, list_id, Wanted("decrochage", state="a_lire"), work).rows] == [second]
    assert find(opened, list_id, Wanted("decrochage", state="a_decider"), work).total == 4
    assert first_tab(opened, list_id, [second]) == "decrochage"
    assert first_tab(opened, list_id, []) is None


def test_whoever_objects_leaves_the_scored_tabs_and_keeps_the_rules_of_law(opened: Session, list_id: int) -> None:
    objected = {leases(LIST, "derive")[0], leases(LIST, "urgence")[0]}
    work = Standing(objected=objected)
    assert hidden(opened, list_id, work) == 1
    assert counts(opened, list_id, work) == counts(opened, list_id, NOBODY) | {"derive": PAGE_ROWS + 6}
    assert leases(LIST, "derive")[0] not in [row.lease_id for row in find(opened, list_id, Wanted("derive"), work).rows]
    assert leases(LIST, "urgence")[0] in [row.lease_id for row in find(opened, list_id, Wanted("urgence"), work).rows]


def test_no_address_sorts_or_filters_by_a_score() -> None:
    asked = wanted({"onglet": "derive", "tri": "score", "suivi": "tire", "strate": "drift", "dette_min": "1e9"}, "urgence")
    assert asked == Wanted("derive")


def test_an_address_says_what_was_asked_and_is_read_back() -> None:
    asked = Wanted("decrochage", "dette", "nouveau", "a_lire", "précoce", 12_350, "B-1", 3)
    told = dict(part.split("=") for part in asked.address().split("&"))
    assert told["dette_min"] == "123.5"
    assert Wanted().address() == "onglet=urgence"
    assert address(ListKey("essai", "2026-S45", "Rives / Loire")) == "/listes/essai/2026-S45/Rives%20%2F%20Loire"


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "9" * 40, "²"])
def test_a_page_that_cannot_be_is_the_first(page: str) -> None:
    assert wanted({"page": page}, "derive").page == 1


@pytest.mark.parametrize("amount", ["", "abc", "NaN", "-5", "Infinity", "1e30"])
def test_an_amount_that_cannot_be_is_none(amount: str) -> None:
    assert wanted({"dette_min": amount}, "derive").least_cents == 0


def test_nobody_s_time_is_no_time(opened: Session) -> None:
    assert minutes_spent(opened, KEY) == 0
