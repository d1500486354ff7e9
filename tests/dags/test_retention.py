"""Retention as Airflow runs it: every landlord, then what belongs to all, noted; only counts are handed on."""

from datetime import datetime
from pathlib import Path

import pytest

from riskmodel.steps import retention
from riskmodel.steps.calendar import PARIS
from tests.conftest import RunDag
from tests.factory import house

WEDNESDAY = datetime(2026, 11, 18, 13, tzinfo=PARIS)


def test_what_has_had_its_time_leaves_for_every_landlord(
    run_dag: RunDag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = house(tmp_path, "un", "deux")
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    for landlord_id in ("un", "deux"):
        (settings.runs / landlord_id / "2026-01-01").mkdir(parents=True)
        (settings.runs / landlord_id / "2026-01-01" / "features.parquet").write_bytes(b"x")
    run = run_dag("retention", WEDNESDAY)
    assert str(run.state) == "success"
    for landlord_id in ("un", "deux"):
        (line,), broken = retention.proven(settings, landlord_id)
        assert (line.rule, line.removed, broken) == ("nuits", 1, None)
        assert not (settings.runs / landlord_id / "2026-01-01").exists()
