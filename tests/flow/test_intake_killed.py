"""A reception stopped anywhere and run again shows the same rows as one that nothing disturbed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmodel.contracts import TABLES
from riskmodel.errors import NothingKnown, VigieError
from riskmodel.intake import quality, quarantine
from riskmodel.lake import connect
from riskmodel.lake.store import Lake
from riskmodel.settings import Settings
from riskmodel.steps import receive as receiving
from riskmodel.steps.receive import pending, receive
from riskmodel.steps.source import source
from tests.factory import Rows, deliver, house, row

NIGHTS = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2))
LAST = NIGHTS[-1]


class Stopped(Exception):
    """What a killed process would look like from inside."""


def three_nights(folder: Path) -> Settings:
    """A full delivery, an incremental one that changes rows, and a full one that removes some."""
    settings = house(folder)
    leases = [row("leases", lease_id=f"B{n}") for n in range(6)]
    entries = [row("entries", entry_id=f"E{n}", lease_id=f"B{n}") for n in range(6)]
    tenants = [row("tenants", tenant_id=f"T{n}", lease_id=f"B{n}") for n in range(6)]
    first: dict[str, Rows] = {"dwellings": [row("dwellings")], "leases": leases, "entries": entries, "tenants": tenants}
    deliver(folder / "inbox", NIGHTS[0], first)
    corrected = [row("entries", entry_id="E0", amount="410.00"), row("entries", entry_id="E9", booked_on="2026-11-01")]
    deliver(folder / "inbox", NIGHTS[1], {"leases": [row("leases", lease_id="B7")], "entries": corrected}, mode="incremental")
    deliver(folder / "inbox", NIGHTS[2], {"entries": [*corrected, *entries[2:]], "tenants": tenants[1:]})
    return settings


def visible(settings: Settings) -> dict[tuple[str, date], list[Any]]:
    """Every row of every table, as of each night: the past must not move either."""
    known, _ = source(settings, "essai")
    rows = {}
    for day in NIGHTS:
        con = connect(known, day, tables=list(TABLES))
        rows |= {(name, day): con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TABLES}
    return rows


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, date], list[Any]]:
    settings = three_nights(tmp_path_factory.mktemp("calme"))
    assert receive(settings, "essai", LAST) == {"accepted": 3, "refused": 0, "unchanged": 0, "last_accepted": "2026-11-02"}
    return visible(settings)


def stop(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, at_call: int, *, after: bool) -> None:
    """Make the `at_call`-th call of `place.name` the last thing the process does, before or after it took effect."""
    true: Callable[..., Any] = getattr(place, name)
    calls = iter(range(1, 1000))

    def stopping(*args: Any, **kwargs: Any) -> Any:
        is_last = next(calls) == at_call
        if is_last and not after:
            raise Stopped
        result = true(*args, **kwargs)
        if is_last:
            raise Stopped
        return result

    monkeypatch.setattr(place, name, stopping)


CALLS = [
    (receiving, "examine", [2]),
    (quarantine, "write", [2]),
    (receiving, "merge", [2, 4, 6]),
    (Lake, "append", [1, 3, 5, 6, 7, 8]),
    (quality, "write", [1, 3]),
    (receiving, "_keep", [1, 2, 3]),
]
BEFORE = [(place, name, call, False) for place, name, calls in CALLS for call in calls]
AFTER = [(Lake, "append", 8, True), *((receiving, "_keep", call, True) for call in (1, 2, 3))]
"""Elsewhere, stopping after one call is stopping before the next."""


@pytest.mark.parametrize(
    ("place", "name", "call", "after"),
    BEFORE + AFTER,
    ids=[f"{'after' if after else 'before'} {name} {call}" for _, name, call, after in BEFORE + AFTER],
)
def test_stopped_at_a_boundary_and_run_again_the_same_rows_are_visible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Any, place: Any, name: str, call: int, after: bool
) -> None:
    settings = three_nights(tmp_path)
    with monkeypatch.context() as patched:
        stop(patched, place, name, call, after=after)
        with pytest.raises(Stopped):
            receive(settings, "essai", LAST)
    receive(settings, "essai", LAST)
    assert visible(settings) == undisturbed
    assert list((settings.outputs / "essai" / "qualite").glob("*/qualite.html"))
    assert not list((settings.home / "reception").glob("essai/*"))


def test_nothing_of_a_delivery_is_visible_before_its_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = three_nights(tmp_path)
    with monkeypatch.context() as patched:
        stop(patched, receiving, "_keep", 1, after=False)
        with pytest.raises(Stopped):
            receive(settings, "essai", LAST)
    with pytest.raises(NothingKnown):
        source(settings, "essai")


def test_killed_by_the_system_at_random_moments_it_still_converges(tmp_path: Path, undisturbed: Any) -> None:
    settings = three_nights(tmp_path)
    command = (
        "import sys; from datetime import date; from pathlib import Path; from tests.factory import house;"
        "from riskmodel.steps.receive import receive;"
        f"print('ready', flush=True); receive(house(Path({str(tmp_path)!r})), 'essai', date(2026, 11, 2))"
    )
    moments = random.Random(20261122)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, cwd=Path.cwd())
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0.1, 2.0))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    receive(settings, "essai", LAST)
    assert visible(settings) == undisturbed


def test_the_same_delivery_twice_changes_nothing(tmp_path: Path, undisturbed: Any) -> None:
    settings = three_nights(tmp_path)
    receive(settings, "essai", LAST)
    assert receive(settings, "essai", LAST) == {"accepted": 0, "refused": 0, "unchanged": 3, "last_accepted": "2026-11-02"}
    assert visible(settings) == undisturbed


def test_only_deliveries_up_to_the_day_asked_are_pending_oldest_first(tmp_path: Path) -> None:
    settings = three_nights(tmp_path)
    assert [Path(address).name for address in pending(settings, "essai", NIGHTS[1])] == ["2026-10-31", "2026-11-01"]
    receive(settings, "essai", NIGHTS[0])
    assert [Path(address).name for address in pending(settings, "essai", LAST)] == ["2026-11-01", "2026-11-02"]


def test_two_runs_at_once_on_one_landlord_do_not_mix(tmp_path: Path) -> None:
    settings = three_nights(tmp_path)
    with receiving._alone(settings, "essai"), pytest.raises(VigieError, match="déjà en cours"):
        receive(settings, "essai", LAST)
