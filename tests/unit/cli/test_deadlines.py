"""`riskmodel deadlines`: what it counts, and a lease told with every date and how it was counted."""

from datetime import date

import pytest
from typer.testing import CliRunner

from riskmodel.cli import app, console
from riskmodel.cli import deadlines as _commands  # noqa: F401  registers the commands
from riskmodel.law import Act, Benefit, Lease, Term
from riskmodel.law.lists import STATUTORY
from riskmodel.law.situation import situation
from riskmodel.steps import law, night

DAY = date(2026, 10, 31)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Runs a command on a wide screen."""
    monkeypatch.setattr(console, "width", 240)
    return lambda *arguments: CliRunner().invoke(app, ["deadlines", *arguments, "--as-of", "2026-10-31"], catch_exceptions=False)


def test_build_says_how_many_leases_were_read_and_the_length_of_every_list(run, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"situations": 12, "urgent": 3, **dict.fromkeys(STATUTORY, 2)}
    monkeypatch.setattr(night, "read_deadlines", lambda *_: counts)
    printed = run("build", "essai").output
    assert "essai : 12 baux lus, 3 droits en jeu." in printed
    assert all(f"{label} : 2" in printed for label in STATUTORY.values())


def test_show_tells_a_lease_with_every_date_and_how_it_was_counted(run, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = tuple(Term(date(2026, month, 5), 400_00, 50_00, 0, 0, 150_00, 300_00) for month in range(4, 11))
    order, aid = Act("payment_order", date(2026, 9, 10), 900_00), Benefit("apl", 150_00, "landlord", "open")
    lease = Lease("B1", "01", date(2019, 1, 2), date(2019, 1, 5), None, "tenant", terms, 2100_00, benefit=aid, acts=(order,))
    monkeypatch.setattr(law, "of_lease", lambda *_: (lease, situation(lease, DAY)))
    printed = run("show", "essai", "B1").output
    assert "Bail B1 au 31 octobre 2026 : dette exigible" in printed
    assert "commandement de payer" in printed
    assert "Impayé constitué : oui." in printed
    assert "2 mois à compter du 10 septembre 2026" in printed
