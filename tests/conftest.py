"""What every test shares: an installation of nobody's, and Hypothesis without a stopwatch."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Shared machines are slow at times: a test is wrong for what it answers, never for how long one example took.
settings.register_profile("maison", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("maison")


@pytest.fixture(autouse=True)
def _nobodys_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the machine's environment points at, a test that forgets to say where writes in a folder of its own."""
    for name in ("VIGIE_REGISTER_URL", "VIGIE_LAKE", "VIGIE_LANDLORDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "var"))
