"""The watch as Airflow runs it: every landlord measured, a hole in deliveries noted as a stop, nothing by lease handed on."""

from datetime import datetime
from pathlib import Path

import pytest

from riskmodel.steps.calendar import PARIS
from riskmodel.steps.receive import receive
from riskmodel.steps.watch import in_force
from tests.conftest import RunDag
from tests.factory import house
from tests.flow import tiny

FIRST_OF_DECEMBER = datetime(2026, 12, 1, 4, tzinfo=PARIS)


def test_the_month_that_has_ended_is_watched_for_every_landlord(
    run_dag: RunDag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = house(tmp_path, "un", "deux")
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    for landlord_id in ("un", "deux"):
        tiny.deliver_evenings(tmp_path / "inbox", landlord_id)
        receive(settings, landlord_id, tiny.SUNDAY)
    assert str(run_dag("monthly_watch", FIRST_OF_DECEMBER).state) == "success"
    for landlord_id in ("un", "deux"):
        (stop,), month = in_force(settings, landlord_id, FIRST_OF_DECEMBER.date())
        assert (stop["name"], month) == ("trou_de_livraison", "2026-11")
        assert (settings.outputs / landlord_id / "veille" / "2026-11" / "veille.pdf").is_file()
