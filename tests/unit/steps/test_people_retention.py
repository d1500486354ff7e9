"""Retention of a tiny landlord: a plan that changes nothing, a run that a kill cannot spoil, former files really gone."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from sqlalchemy.orm import Session

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.lake import connect
from riskmodel.people.retention import EVERYBODY, Due
from riskmodel.register import open_register
from riskmodel.register.deliveries import last_accepted
from riskmodel.register.models import Case, Referral
from riskmodel.settings import Settings
from riskmodel.steps import expired_files, expired_leases, retention
from riskmodel.steps.receive import receive
from riskmodel.steps.source import source
from tests.factory import deliver, house, row
from tests.flow.tiny import SATURDAY, SUNDAY, full, news

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
LEFT = ("B7", "B8")
NAMES = {"B7": "ZZPARTI", "B8": "ZZSUIVI"}


def tables() -> dict[str, Any]:
    """Six households that live here and two that left in 2022: nobody works for the first, a procedure runs for the second."""
    gone = {"signed_on": "2020-01-02", "start_date": "2020-01-05", "end_date": "2022-06-30"}
    found = full()
    found["leases"] += [row("leases", lease_id=lease, dwelling_id="L1", household_id=lease, **gone) for lease in LEFT]
    found["entries"] += [
        row("entries", entry_id=f"V{lease}", lease_id=lease, booked_on="2022-01-05", value_on="2022-01-05", period="2021-12")
        for lease in LEFT
    ]
    found["contacts"] += [row("contacts", contact_id=f"V{lease}", lease_id=lease, at="2022-02-05T10:00:00") for lease in LEFT]
    found["tenants"] += [row("tenants", tenant_id=f"V{lease}", lease_id=lease, last_name=NAMES[lease]) for lease in LEFT]
    return found | {"procedures": [row("procedures", step_id="S8", lease_id="B8", step="judgment", dated="2022-03-01")]}


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two evenings received once, for all tests to copy."""
    folder = tmp_path_factory.mktemp("livre")
    deliver(folder / "inbox", SATURDAY, tables())
    deliver(folder / "inbox", SUNDAY, news(), mode="incremental")
    receive(made := house(folder), "essai", SUNDAY)
    return made


@pytest.fixture
def settings(delivered: Settings, tmp_path: Path) -> Settings:
    made = house(tmp_path)
    shutil.copytree(delivered.lake_root, made.lake_root)
    shutil.copy(delivered.home / "register.db", made.home / "register.db")
    return made


def lake(done: list[Due]) -> dict[str, tuple[int, int]]:
    return {
        one.store: (one.removed, one.suspended) for one in done if one.store.startswith("lac/") and one.removed + one.suspended
    }


def holds(settings: Settings, text: str) -> list[str]:
    """Files of the lake, data and log alike, in which a name can be read."""
    found = []
    for folder, _, names in os.walk(settings.lake_root):
        found += [name for name in names if text.encode() in (Path(folder) / name).read_bytes()]
    return found


def stock(settings: Settings) -> list[Any]:
    """All that was known on Sunday of the households that live here."""
    known, _ = source(settings, "essai", SUNDAY)
    found = []
    with connect(known, SUNDAY) as con:
        for name in ("leases", "entries", "contacts"):
            living = f"FROM {name} WHERE lease_id NOT IN ('B7', 'B8') ORDER BY ALL"
            found.append(con.execute(living).fetchall())
    return found


WANTED = dict.fromkeys(("lac/entries", "lac/contacts", "lac/tenants", "lac/leases"), (1, 1)) | {"lac/procedures": (0, 1)}


def test_a_plan_says_what_would_leave_and_what_waits_and_changes_nothing(settings: Settings) -> None:
    assert lake(retention.plan(settings, "essai", NOW)) == WANTED
    assert lake(retention.plan(settings, "essai", NOW)) == WANTED
    assert retention.proven(settings, "essai") == ([], None)


def test_a_left_lease_is_gone_from_data_and_log_and_the_others_read_the_same(settings: Settings) -> None:
    before = stock(settings)
    assert holds(settings, "ZZPARTI")
    assert lake(retention.run(settings, "essai", NOW)) == WANTED
    assert holds(settings, "ZZPARTI") == []
    assert holds(settings, "ZZSUIVI")
    assert stock(settings) == before
    assert lake(retention.run(settings, "essai", NOW)) == {store: (0, kept) for store, (_, kept) in WANTED.items()}
    lines, broken = retention.proven(settings, "essai")
    assert [(line.store, line.removed) for line in lines if line.store.startswith("lac/")] == [
        (store, 1) for store in ("lac/entries", "lac/contacts", "lac/tenants", "lac/leases")
    ]
    assert broken is None


def test_the_next_delivery_goes_on_from_what_was_kept(settings: Settings, tmp_path: Path) -> None:
    retention.run(settings, "essai", NOW)
    later = row("entries", entry_id="N1", lease_id="B1", booked_on="2026-11-16", value_on="2026-11-16", period="2026-10")
    deliver(tmp_path / "inbox", date(2026, 11, 16), {"entries": [later]}, mode="incremental")
    assert receive(settings, "essai", date(2026, 11, 16))["accepted"] == 1
    assert lake(retention.plan(settings, "essai", NOW))["lac/entries"] == (0, 1)


def test_an_open_case_suspends_the_removal_until_it_is_closed(settings: Settings) -> None:
    with open_register(settings.register_url).begin() as session:
        key = {"landlord_id": "essai", "management_unit": "UG01", "lease_id": "B7"}
        session.add(Case(**key, kind="call", opened_on=SUNDAY, opened_by="agent.un", due_on=SUNDAY))
    assert lake(retention.run(settings, "essai", NOW))["lac/leases"] == (0, 2)
    with open_register(settings.register_url).begin() as session:
        session.query(Case).one().closed_on = SUNDAY
    assert lake(retention.run(settings, "essai", NOW))["lac/leases"] == (1, 1)


def test_a_referral_that_is_open_suspends_it_too(settings: Settings) -> None:
    with open_register(settings.register_url).begin() as session:
        where = {"landlord_id": "essai", "management_unit": "UG01", "lease_id": "B7", "scheme": "fsl", "state": "accepted"}
        session.add(Referral(**where, facts={}, declared={}, created_at=NOW, created_by="agent.un"))
    assert lake(retention.plan(settings, "essai", NOW))["lac/leases"] == (0, 2)


class Killed(BaseException):
    """What stops a run as suddenly as a power cut."""


MOMENTS = (
    ("forget", "après"),
    ("repin", "avant"),
    ("prove", "après"),
    ("repin", "après"),
    ("drop_files", "après"),
    ("cut_log", "avant"),
)
"""Calls of a removal from the lake, in order, just before or after which it is cut."""


@pytest.mark.parametrize(("name", "moment"), MOMENTS, ids=[" ".join(cut) for cut in MOMENTS])
def test_killed_at_any_moment_and_run_again_the_same_rows_are_gone_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, moment: str
) -> None:
    where = expired_leases.deliveries if name == "repin" else expired_leases
    true_one = getattr(where, name)

    def cut(*given: Any) -> Any:
        if moment == "après":
            true_one(*given)
        raise Killed

    before = stock(settings)
    monkeypatch.setattr(where, name, cut)
    with pytest.raises(Killed):
        retention.run(settings, "essai", NOW)
    monkeypatch.setattr(where, name, true_one)
    assert stock(settings) == before
    retention.run(settings, "essai", NOW)
    assert holds(settings, "ZZPARTI") == []
    assert stock(settings) == before
    lines, broken = retention.proven(settings, "essai")
    assert broken is None
    assert sum(line.removed for line in lines if line.store.startswith("lac/")) == 4
    assert pinned_is_newest(settings)


def pinned_is_newest(settings: Settings) -> bool:
    known, _ = source(settings, "essai")
    return all(DeltaTable(known.lake.uri(name)).version() == version for name, version in known.pins.items())


def test_a_delivery_accepted_meanwhile_stops_the_removal_and_loses_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_one = expired_leases.forget

    def overtaken(*given: Any) -> Any:
        done = true_one(*given)
        with open_register(settings.register_url).begin() as session:
            last = last_accepted(session, "essai")
            assert last is not None
            last.pins = last.pins | {"obligations": 0}
        return done

    monkeypatch.setattr(expired_leases, "forget", overtaken)
    with pytest.raises(RuntimeError, match="run again"):
        retention.run(settings, "essai", NOW)
    assert retention.proven(settings, "essai") == ([], None)


def old_files(settings: Settings) -> list[Path]:
    """A night, a list, an explanation and a quarantine long past, beside those of yesterday."""
    names = {"runs/essai": ("2026-01-01", "2026-11-14"), "sorties/essai": ("2025-S40", "2026-S46", "veille")}
    names |= {"sorties/essai/qualite": ("2024-01-01", "2026-11-14"), "sorties/essai/explications": ("2026-01-01",)}
    names |= {"quarantaine/essai/personnes": ("2026-01-01", SUNDAY.isoformat())}
    made = [settings.home / place / name for place, inside in names.items() for name in inside]
    for folder in made:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "un.parquet").write_bytes(b"x")
    return [folder for folder in made if folder.name in ("2024-01-01", "2026-01-01", "2025-S40")]


def test_old_files_leave_with_their_count_and_the_others_stay(settings: Settings) -> None:
    old = old_files(settings)
    done = {
        one.store: one.removed for one in retention.run(settings, "essai", NOW) if one.rule in expired_files.ROOTS and one.removed
    }
    assert done == {"runs": 1, "sorties/explications": 1, "sorties": 1, "sorties/qualite": 1, "quarantaine/personnes": 1}
    assert not [folder for folder in old if folder.exists()]
    assert (settings.home / "quarantaine" / "essai" / "personnes" / SUNDAY.isoformat()).is_dir()
    assert (settings.outputs / "essai" / "veille").is_dir()


@pytest.mark.parametrize("name", ["prove", "rmtree", "is_proven"])
def test_files_set_aside_by_a_killed_run_are_counted_once(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    old = old_files(settings)
    true_one = getattr(expired_files, name)

    def cut(*_given: Any) -> Any:
        raise Killed

    monkeypatch.setattr(expired_files, name, cut)
    with pytest.raises(Killed):
        retention.run(settings, "essai", NOW)
    monkeypatch.setattr(expired_files, name, true_one)
    retention.run(settings, "essai", NOW)
    lines, _ = retention.proven(settings, "essai")
    assert sum(line.removed for line in lines if line.rule in expired_files.ROOTS) == len(old)
    assert not list(settings.home.rglob(".effacement-*"))


def test_what_belongs_to_no_landlord_leaves_apart(settings: Settings) -> None:
    long_ago = datetime(2023, 1, 1, tzinfo=UTC)
    with open_register(settings.register_url).begin() as session:
        _read(session, long_ago)
        _read(session, NOW)
    assert {one.store: one.removed for one in retention.plan_shared(settings, NOW) if one.removed} == {"access_log": 1}
    assert retention.counts(retention.run_shared(settings, NOW)) == {"removed": 1, "suspended": 0}
    assert [line.removed for line in retention.proven(settings, EVERYBODY)[0]] == [1]
    with open_register(settings.register_url)() as session:
        assert log.verify(session) is None


def _read(session: Session, at: datetime) -> None:
    log.append(session, at, "agent.un", Action.RIGHT_VIEW, "ok", Place("essai", "UG01"), "B1")
