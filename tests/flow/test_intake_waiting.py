"""Rows sent before the row they hang on: they wait, come by themselves with it, and nothing of it shows any earlier."""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from riskmodel.contracts import TABLES
from riskmodel.errors import DeliveryRefused
from riskmodel.intake import limits, quality, quarantine
from riskmodel.lake import connect
from riskmodel.lake.store import Lake
from riskmodel.settings import Settings
from riskmodel.steps import receive as receiving
from riskmodel.steps.receive import receive
from riskmodel.steps.source import source
from tests.factory import Rows, deliver, house, row
from tests.flow.test_intake_killed import Stopped, stop

FIRST = date(2026, 10, 31)
Tables = dict[str, Rows]

LEASE: Tables = {"leases": [row("leases", lease_id="B9", household_id="M9")]}
CALL: Tables = {"contacts": [row("contacts", contact_id="C9", lease_id="B9", at="2026-11-01T09:15:00")]}
NEWS: Tables = {"entries": [row("entries", entry_id="E2", booked_on="2026-11-01")]}


def night(rank: int) -> date:
    """The day `rank` nights after the first delivery."""
    return FIRST + timedelta(days=rank)


def settle(folder: Path, nights: dict[int, Tables], **modes: str) -> Settings:
    """A landlord whose first delivery was received, then the `nights` given, one after the other; modes are `n3="full"`."""
    settings = house(folder)
    first = {name: [row(name)] for name in ("dwellings", "leases", "entries", "contacts", "tenants")}
    deliver(folder / "inbox", FIRST, first)
    for rank, tables in nights.items():
        deliver(folder / "inbox", night(rank), tables, mode=modes.get(f"n{rank}", "incremental"))
    receive(settings, "essai", night(max(nights, default=0)))
    return settings


def seen(settings: Settings, table: str, day: date) -> list[str]:
    """Keys of a table as anybody who asks today sees that day."""
    con = connect(source(settings, "essai")[0], day, tables=[table])
    return [key for (key,) in con.execute(f"SELECT {TABLES[table].key[0]} FROM {table} ORDER BY ALL").fetchall()]


def everything(settings: Settings, days: list[date]) -> dict[tuple[str, date], list[Any]]:
    found = {}
    for day in days:
        con = connect(source(settings, "essai", day)[0], day, tables=list(TABLES))
        found |= {(name, day): con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in TABLES}
    return found


def report(settings: Settings, rank: int) -> dict[str, Any]:
    path = settings.outputs / "essai" / "qualite" / night(rank).isoformat()
    said = json.loads((path / "qualite.json").read_text(encoding="utf-8"))
    return {**said, "page": (path / "qualite.html").read_text(encoding="utf-8")}


def waited(settings: Settings, rank: int) -> dict[str, tuple[int, int, int, int]]:
    """By table: rows that waited before that night, released, given up, and waiting after it."""
    keys = ("before", "released", "expired", "waiting")
    before, released, expired, waiting = keys
    return {t["name"]: (t[before], t[released], t[expired], t[waiting]) for t in report(settings, rank)["waiting"]}


@pytest.mark.parametrize("late", [1, 5])
def test_a_contact_sent_before_its_lease_is_seen_from_the_night_the_lease_comes(tmp_path: Path, late: int) -> None:
    between = dict.fromkeys(range(2, 1 + late), NEWS)
    settings = settle(tmp_path, {1: CALL, **between, 1 + late: LEASE})
    assert [seen(settings, "contacts", night(rank)) for rank in range(late + 2)] == [["C1"]] * (1 + late) + [["C1", "C9"]]
    assert waited(settings, 1) == {"contacts": (0, 0, 0, 1)}
    assert all(waited(settings, rank) == {"contacts": (1, 0, 0, 1)} for rank in between)
    assert waited(settings, 1 + late) == {"contacts": (1, 1, 0, 0)}
    assert "1 ligne qui attendait est prise." in report(settings, 1 + late)["page"]
    assert "1 ligne attend son rattachement." in report(settings, late)["page"]


def test_the_released_row_is_the_one_that_was_sent(tmp_path: Path) -> None:
    sent = row("contacts", contact_id="C9", lease_id="B9", at="2026-11-01T09:15:07", recorded_on="2026-11-01", outcome="reached")
    late = settle(tmp_path / "late", {1: {"contacts": [sent]}, 2: LEASE})
    on_time = settle(tmp_path / "on_time", {2: {**LEASE, "contacts": [sent]}})
    day = [night(2)]
    assert everything(late, day) == everything(on_time, day)


def test_the_past_never_shows_a_row_released_later(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: CALL, 2: NEWS})
    days = [night(rank) for rank in range(3)]
    before = everything(settings, days)
    deliver(tmp_path / "inbox", night(3), LEASE, mode="incremental")
    receive(settings, "essai", night(3))
    assert everything(settings, days) == before
    assert seen(settings, "contacts", night(2)) == ["C1"]


def test_a_released_row_is_released_once(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: CALL, 2: LEASE, 3: NEWS, 4: {"leases": [row("leases", lease_id="B9", due_day=10)]}})
    assert waited(settings, 3) == waited(settings, 4) == {}
    assert seen(settings, "contacts", night(4)) == ["C1", "C9"]
    assert receive(settings, "essai", night(4))["unchanged"] == 5


def test_a_row_whose_lease_never_comes_waits_ninety_days_and_is_given_up(tmp_path: Path) -> None:
    last = 1 + limits.WAITING_DAYS
    settings = settle(tmp_path, {1: CALL, last: NEWS, last + 1: NEWS, last + 2: LEASE})
    assert waited(settings, last) == {"contacts": (1, 0, 0, 1)}
    assert waited(settings, last + 1) == {"contacts": (1, 0, 1, 0)}
    assert waited(settings, last + 2) == {}
    assert seen(settings, "contacts", night(last + 2)) == ["C1"]


def test_a_row_sent_again_replaces_the_one_that_waits(tmp_path: Path) -> None:
    again: Tables = {"contacts": [{**CALL["contacts"][0], "outcome": "reached"}]}
    settings = settle(tmp_path, {1: CALL, 2: again, 3: LEASE})
    assert waited(settings, 2) == {"contacts": (1, 0, 0, 1)}
    con = connect(source(settings, "essai")[0], night(3))
    assert con.execute("SELECT outcome FROM contacts WHERE contact_id = 'C9'").fetchall() == [("reached",)]


def test_a_row_sent_again_with_its_lease_is_not_released_besides(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: CALL, 2: {**LEASE, **CALL}})
    assert waited(settings, 2) == {"contacts": (1, 0, 0, 0)}
    assert seen(settings, "contacts", night(2)) == ["C1", "C9"]


def test_a_row_corrected_to_another_lease_is_not_undone_when_the_first_lease_comes(tmp_path: Path) -> None:
    corrected: Tables = {"contacts": [{**CALL["contacts"][0], "lease_id": "B1"}]}
    settings = settle(tmp_path, {1: CALL, 2: corrected, 3: LEASE})
    con = connect(source(settings, "essai")[0], night(3))
    assert con.execute("SELECT lease_id FROM contacts WHERE contact_id = 'C9'").fetchall() == [("B1",)]


def test_a_newer_version_that_waits_replaces_the_known_one_when_its_lease_comes(tmp_path: Path) -> None:
    moved: Tables = {"contacts": [row("contacts", lease_id="B9")]}
    settings = settle(tmp_path, {1: moved, 2: LEASE})
    known = source(settings, "essai")[0]
    leases = [connect(known, night(rank)).execute("SELECT lease_id FROM contacts").fetchall() for rank in (1, 2)]
    assert leases == [[("B1",)], [("B9",)]]


def test_a_full_table_forgets_what_waited_before_it(tmp_path: Path) -> None:
    full: Tables = {"contacts": [row("contacts")]}
    settings = settle(tmp_path, {1: CALL, 2: full, 3: LEASE}, n2="full")
    assert waited(settings, 2) == {"contacts": (1, 0, 0, 0)}
    assert seen(settings, "contacts", night(3)) == ["C1"]


def test_a_full_delivery_releases_rows_of_a_table_that_it_does_not_bring_and_removes_none_of_it(tmp_path: Path) -> None:
    leases: Tables = {"leases": [row("leases"), *LEASE["leases"]]}
    settings = settle(tmp_path, {1: CALL, 2: leases}, n2="full")
    assert seen(settings, "contacts", night(2)) == ["C1", "C9"]


def test_a_row_of_a_full_table_waits_for_the_next_night(tmp_path: Path) -> None:
    full: Tables = {"contacts": [row("contacts"), *CALL["contacts"]]}
    settings = settle(tmp_path, {1: full, 2: LEASE}, n1="full")
    assert [seen(settings, "contacts", night(rank)) for rank in (1, 2)] == [["C1"], ["C1", "C9"]]


def test_a_lease_that_waits_for_its_dwelling_brings_what_waits_for_the_lease(tmp_path: Path) -> None:
    lease: Tables = {"leases": [row("leases", lease_id="B9", dwelling_id="L9")]}
    settings = settle(tmp_path, {1: CALL, 2: lease, 3: {"dwellings": [row("dwellings", dwelling_id="L9")]}})
    assert waited(settings, 3) == {"leases": (1, 1, 0, 0), "contacts": (1, 1, 0, 0)}
    assert seen(settings, "leases", night(2)) == ["B1"]
    assert seen(settings, "contacts", night(3)) == ["C1", "C9"]


def test_a_reject_waits_for_the_payment_it_reverses(tmp_path: Path) -> None:
    reject = row("entries", entry_id="E8", kind="payment_rejected", amount="400.00", reverses="E7", booked_on="2026-11-01")
    payment = row("entries", entry_id="E7", kind="payment", amount="-400.00", booked_on="2026-10-30")
    settings = settle(tmp_path, {1: {"entries": [reject]}, 2: {"entries": [payment]}})
    assert [seen(settings, "entries", night(rank)) for rank in (1, 2)] == [["E1"], ["E1", "E7", "E8"]]


def test_a_row_with_another_fault_does_not_wait(tmp_path: Path) -> None:
    payment = row("entries", entry_id="E9", lease_id="B9", kind="payment", amount="400.00")
    settings = settle(tmp_path, {1: {"entries": [payment]}, 2: LEASE})
    assert waited(settings, 1) == waited(settings, 2) == {}
    assert seen(settings, "entries", night(2)) == ["E1"]


def test_totals_and_rows_read_count_the_delivery_alone(tmp_path: Path) -> None:
    waiting = [row("entries", entry_id=f"F{n}", lease_id="B9", amount="10.00") for n in range(30)]
    settings = settle(tmp_path, {1: {"entries": waiting[:20]}, 2: {"entries": waiting[20:]}, 3: {**LEASE, **NEWS}})
    counted = {rank: next(t for t in report(settings, rank)["tables"] if t["name"] == "entries") for rank in (2, 3)}
    assert (counted[2]["read"], counted[2]["quarantined"]) == (10, 10)
    assert (counted[3]["read"], counted[3]["accepted"], counted[3]["quarantined"]) == (1, 1, 0)
    assert waited(settings, 3) == {"entries": (30, 30, 0, 0)}
    assert [group["count"] for group in report(settings, 2)["faults"]] == [10]


def test_a_refused_delivery_neither_releases_nor_adds_nor_forgets_what_waits(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: CALL})
    other = [row("contacts", contact_id="C8", lease_id="B9")]
    folder = deliver(tmp_path / "inbox", night(2), {**LEASE, "contacts": other}, mode="incremental")
    (folder / "leases.csv").write_text("lease_id\n", encoding="utf-8")
    with pytest.raises(DeliveryRefused):
        receive(settings, "essai", night(2))
    assert waited(settings, 2) == {"contacts": (1, 0, 0, 1)}
    deliver(tmp_path / "inbox", night(2), {**LEASE, **NEWS}, mode="incremental")
    (folder / "contacts.csv").unlink()
    receive(settings, "essai", night(2))
    assert seen(settings, "contacts", night(2)) == ["C1", "C9"]
    assert not list((settings.home / "quarantaine").rglob("refusee/*.parquet"))


def test_two_deliveries_of_one_day_both_leave_their_rows_waiting(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: CALL})
    folder = tmp_path / "inbox" / "essai" / night(1).isoformat()
    folder.rename(folder.parent / "lue")
    deliver(tmp_path / "inbox", night(1), {"contacts": [row("contacts", contact_id="C8", lease_id="B9")]}, mode="incremental")
    deliver(tmp_path / "inbox", night(2), LEASE, mode="incremental")
    receive(settings, "essai", night(2))
    assert seen(settings, "contacts", night(2)) == ["C1", "C8", "C9"]


def test_people_wait_apart(tmp_path: Path) -> None:
    settings = settle(tmp_path, {1: {"tenants": [row("tenants", tenant_id="T9", lease_id="B9")]}})
    folder = settings.home / "quarantaine" / "essai"
    (path,) = folder.rglob("tenants.parquet")
    assert path.is_relative_to(folder / "personnes")
    assert duckdb.execute(f"SELECT reasons FROM '{path}' WHERE is_waiting").fetchall() == [
        (["rattachement introuvable (lease_id)"],)
    ]
    deliver(tmp_path / "inbox", night(2), LEASE, mode="incremental")
    receive(settings, "essai", night(2))
    assert seen(settings, "tenants", night(2)) == ["T1", "T9"]


MOMENTS = [
    (quarantine, "write", 2, "before"),
    (quarantine, "write", 2, "after"),
    (receiving, "_keep", 2, "before"),
    (receiving, "_keep", 2, "after"),
    (receiving, "examine", 4, "before"),
    (quarantine, "write", 4, "after"),
    (receiving, "merge", 9, "before"),
    (Lake, "append", 8, "before"),
    (Lake, "append", 8, "after"),
    (quality, "write", 4, "after"),
    (receiving, "_keep", 4, "before"),
    (receiving, "_keep", 4, "after"),
]
"""The second delivery leaves a row waiting, the fourth releases it: its lease is the eighth merge, the row itself the ninth."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, date], list[Any]]:
    settings = settle(tmp_path_factory.mktemp("calme"), {1: CALL, 2: NEWS, 3: LEASE})
    return everything(settings, [night(rank) for rank in range(4)])


@pytest.mark.parametrize(("place", "name", "call", "when"), MOMENTS, ids=[f"{w} {n} {c}" for _, n, c, w in MOMENTS])
def test_stopped_anywhere_and_run_again_the_row_is_released_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Any, place: Any, name: str, call: int, when: str
) -> None:
    with monkeypatch.context() as patched:
        stop(patched, place, name, call, after=when == "after")
        with pytest.raises(Stopped):
            settle(tmp_path, {1: CALL, 2: NEWS, 3: LEASE})
    settings = house(tmp_path)
    receive(settings, "essai", night(3))
    assert everything(settings, [night(rank) for rank in range(4)]) == undisturbed
    assert waited(settings, 3) == {"contacts": (1, 1, 0, 0)}


def scattered(tables: Tables, seed: int) -> dict[int, Tables]:
    """Every row on a night of its own choosing, then a night of news."""
    chance = random.Random(seed)
    nights: dict[int, Tables] = {rank: {} for rank in (1, 2, 3)}
    for name, values in ((name, values) for name, rows in tables.items() for values in rows):
        nights[chance.randint(1, 3)].setdefault(name, []).append(values)
    return {**nights, 4: NEWS}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_night_each_row_comes_all_are_there_in_the_end(tmp_path: Path, seed: int) -> None:
    numbers = range(2, 8)
    payments = [row("entries", entry_id=f"P{n}", lease_id=f"B{n}", kind="payment", amount="-400.00") for n in numbers]
    rejects = [
        row("entries", entry_id=f"R{n}", lease_id=f"B{n}", kind="payment_rejected", amount="400.00", reverses=f"P{n}")
        for n in numbers
    ]
    tables: Tables = {
        "dwellings": [row("dwellings", dwelling_id=f"L{n}") for n in numbers],
        "leases": [row("leases", lease_id=f"B{n}", dwelling_id=f"L{n}") for n in numbers],
        "entries": [*payments, *rejects],
        "overindebtedness": [row("overindebtedness", lease_id=f"B{n}", step=s) for n in numbers for s in ("filed", "closed")],
        "tenants": [row("tenants", tenant_id=f"T{n}", lease_id=f"B{n}") for n in numbers],
    }
    settings = settle(tmp_path / "scattered", scattered(tables, seed))
    at_once = settle(tmp_path / "at_once", {1: tables, 4: NEWS})
    assert everything(settings, [night(4)]) == everything(at_once, [night(4)])
    assert waited(settings, 4) == {}
