"""What a person reads after a backtest."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from riskmodel.cli import backtest, console, load_commands
from riskmodel.steps.backtest import Measured
from tests.unit.backtest.test_proof import everywhere


def test_means_verdict_and_folder_are_shown_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = everywhere({"pose": [0.5, 0.3], "balance": [0.2, 0.4]}).assign(
        k=14, precision_worst=0.1, precision_best=0.6, recall=0.25, lift=2.04, lead_days=31.0, average_precision=float("nan")
    )
    calibrated = pd.DataFrame({"model": ["pose"], "predicted": [0.5], "observed": [0.25], "n": [10]})
    verdicts = pd.DataFrame([{"model": "pose", "sentence": "Le score sert."}])
    unread = {name: pd.DataFrame() for name in ("comparisons", "regret", "leads", "spread")}
    measured = Measured(figures=frame, calibration=calibrated, verdicts=verdicts, **unread)

    def measure(_: Any, __: str, days: int, *, progress: Any) -> dict[str, Any]:
        progress("Questions mesurées", 1, 1)
        landlord = SimpleNamespace(name="Bailleur essai", is_synthetic=True)
        sundays = [date(2025, 1, 5), date(2025, 2, 2)][:days]
        return {"folder": Path("sorties"), "days": sundays, "landlord": landlord, "measured": {"derive": measured}}

    monkeypatch.setattr(backtest, "measure", measure)
    monkeypatch.setattr(console, "width", 200)
    shown = CliRunner().invoke(load_commands(), ["backtest", "run", "essai", "--days", "2"])
    assert shown.exit_code == 0, shown.output
    text = shown.output.replace("\u00a0", " ")
    assert "2 dimanches, du 05/01/2025 au 02/02/2025" in text
    assert "Données synthétiques" in text
    best, second = (line for line in text.splitlines() if "%" in line)
    for expected in ("table posée à la main", "40,0 %", "10,0 % – 60,0 %", "× 2,0", "—", "31 j", "0,250"):
        assert expected in best
    assert "solde exigible" in second
    assert "Table posée à la main. Le score sert." in text
    assert "Écrit : sorties" in text


def test_the_pages_of_a_backtest_are_named_where_they_were_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        backtest, "write_report", lambda _, bailleur: [Path(bailleur) / "rapport.html", Path(bailleur) / "rapport.pdf"]
    )
    shown = CliRunner().invoke(load_commands(), ["backtest", "report", "essai"])
    assert shown.output == "Écrit : essai/rapport.html\nÉcrit : essai/rapport.pdf\n"
