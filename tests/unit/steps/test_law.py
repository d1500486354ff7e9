"""The law's night on drawn landlords: the facts handed to the law, what is frozen and written, and what stops it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from riskmodel import features
from riskmodel.errors import NothingKnown
from riskmodel.law import Act, Balance, Benefit, Plan, Stage
from riskmodel.register import open_register, situations
from riskmodel.register.models import LegalSituation
from riskmodel.settings import Settings
from riskmodel.steps import law, law_facts
from riskmodel.steps.score import read_features
from tests.factory import house
from tests.lakes import Rows, laid_out
from tests.spec.drawing import household
from tests.unit.features.landlord import AS_OF, landlord

DEBT = """
    | valeur                  | écriture    | montant | période |
    | 2025-11-05 à 2026-10-05 | loyer       |  400,00 | mois    |
    | 2025-11-05 à 2026-10-05 | charges     |   50,00 | mois    |
    | 2025-11-05 à 2026-10-05 | RLS         |  -20,00 | mois    |
    | 2025-11-25 à 2026-09-25 | APL         | -150,00 | mois    |
    | 2025-11-07 à 2026-06-07 | prélèvement | -280,00 |         |
"""
TOLD = {
    "benefits": """
        | mois du droit     | droit  | état | su le      |
        | 2025-11 à 2026-09 | 150,00 |      | 2025-11-20 |
    """,
    "plans": """
        | cadre   | signé      | première   | échéance | nombre | dette  |
        | amiable | 2026-06-20 | 2026-07-10 |    50,00 |     12 | 600,00 |
    """,
}
Night = Callable[[Rows], Settings]


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Night:
    """An installation whose landlord delivered these rows, with the features of AS_OF."""

    def build(rows: Rows) -> Settings:
        settings = house(tmp_path)
        (lake := tmp_path / "lac").mkdir(exist_ok=True)
        known = laid_out(lake, rows)
        monkeypatch.setattr(law, "source", lambda *_: (known, AS_OF))
        folder = settings.runs / "essai" / AS_OF.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        features.compute(known, AS_OF, folder / "features.parquet")
        return settings

    return build


def drawn() -> Rows:
    rows = household(entries=DEBT, **TOLD)
    step = {"step_id": "S1", "lease_id": "B1", "step": "payment_order", "dated": date(2026, 9, 10), "amount_cents": 900_00}
    days = {"dated": date(2026, 12, 10), "recorded_on": date(2026, 10, 1), "hearing_on": date(2027, 2, 10)}
    rows["procedures"] += [step, {"step_id": "S2", "lease_id": "B1", "step": "summons", **days}]
    rows["overindebtedness"] += [{"lease_id": "B1", "step": "filed", "dated": date(2026, 10, 1)}]
    return rows


def files(settings: Settings) -> dict[str, bytes]:
    folder = settings.outputs / "essai" / "echeances" / AS_OF.isoformat()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_law_is_told_every_fact_of_a_lease_as_the_ledger_reads_it(night: Night) -> None:
    lease, _ = law.of_lease(night(drawn()), "essai", AS_OF, "B1")
    newest = lease.terms[-1]
    assert (newest.due_on, newest.rent_cents, newest.charges_cents) == (date(2026, 10, 5), 400_00, 50_00)
    assert (newest.reduction_cents, newest.benefit_cents, newest.net_cents) == (20_00, 150_00, 280_00)
    assert [term.unpaid_cents for term in lease.terms[-5:]] == [0, 280_00, 280_00, 280_00, 430_00]
    assert lease.legal_cents == 3 * 280_00 + 430_00
    assert lease.balances[-2:] == (Balance(date(2026, 9, 30), 840_00), Balance(AS_OF, 1270_00))
    assert lease.benefit == Benefit("apl", 150_00, "landlord", "open")
    order = Act("payment_order", date(2026, 9, 10), 900_00)
    assert lease.acts == (order, Act("summons", date(2026, 12, 10), None, date(2027, 2, 10)))
    assert lease.plans == (Plan("amicable", date(2026, 6, 20), date(2026, 7, 10), 50_00, 12, missed=4),)
    assert lease.overindebtedness == (Stage("filed", date(2026, 10, 1)),)


def test_a_night_is_frozen_and_written_and_the_same_again_changes_nothing(night: Night) -> None:
    settings = night(drawn())
    counts = law.night(settings, "essai", AS_OF)
    once = files(settings)
    assert counts["caf_report"] == counts["ccapex_referral"] == 1
    assert counts["urgent"] >= 1
    assert set(once) == {"echeances.xlsx", "echeances.csv", "echeances.html", "signalements-caf-msa.csv"}
    report = once["signalements-caf-msa.csv"].decode("utf-8-sig").splitlines()[1]
    assert "B1;APL;150,00;versée au bailleur (tiers payant);droit ouvert;05/10/2026;400,00;50,00;0,00;20,00;1270,00" in report
    assert law.night(settings, "essai", AS_OF) == counts
    assert files(settings) == once
    with open_register(settings.register_url)() as session:
        told = situations.of_lease(session, "essai", "B1")
    assert told is not None
    assert (told.as_of, told.situation.legal_cents, told.situation.stage) == (AS_OF, 1270_00, "payment_order")
    assert told.situation.facts["term"]["reduction"] == 20_00
    assert {one.code for one in told.deadlines} >= {"caf_report", "ccapex_referral", "debt_admissibility"}


def test_no_file_of_the_night_speaks_of_scores(night: Night) -> None:
    settings = night(drawn())
    law.night(settings, "essai", AS_OF)
    said = " ".join(content.decode() for name, content in files(settings).items() if not name.endswith(".xlsx")).lower()
    assert "score" not in said
    assert "à confirmer par un juriste" in said


def test_a_night_of_leases_that_owe_nothing_is_a_night_all_the_same(night: Night) -> None:
    settings = night(household(entries="| valeur | écriture | montant | période |"))
    counts = law.night(settings, "essai", AS_OF)
    with open_register(settings.register_url)() as session:
        kept = situations.night(session, "essai")
        assert kept is not None
        assert session.query(LegalSituation).count() == counts["situations"]


def test_a_statement_that_does_not_make_the_balance_of_the_night_stops_it(night: Night, tmp_path: Path) -> None:
    settings = night(drawn())
    stale = settings.runs / "essai" / AS_OF.isoformat() / "features.parquet"
    kept = shutil.copy(stale, tmp_path / "features.parquet")
    late = drawn()
    late["entries"] = [row for row in late["entries"] if row["amount_cents"] != -280_00]
    night(late)
    shutil.copy(kept, stale)
    with pytest.raises(NothingKnown, match=r"B1 : le relevé mène à 351000 centimes, les traits de la nuit disent 127000.*build"):
        law.night(settings, "essai", AS_OF)
    with open_register(settings.register_url)() as session:
        assert situations.night(session, "essai") is None


def test_only_leases_of_which_the_law_may_say_something_are_read(tmp_path: Path) -> None:
    rows = landlord()
    paid = {"kind": "payment", "value_on": AS_OF, "booked_on": AS_OF, "amount_cents": -10_000_00}
    rows["entries"] += [{"entry_id": f"{lease}-tout", "lease_id": lease, **paid} for lease in ("B08", "B10")]
    source = laid_out(tmp_path, rows)
    features.compute(source, AS_OF, tmp_path / "features.parquet")
    frame = read_features(tmp_path / "features.parquet")
    concerned = law_facts.concerned(frame)
    assert set(frame["lease_id"]) - set(concerned) == {"B08", "B10"}
    read = list(law_facts.leases(source, AS_OF, concerned))
    assert [lease.lease_id for lease in read] == sorted(concerned)
    assert all(sum(term.unpaid_cents for term in lease.terms) <= max(0, lease.legal_cents) for lease in read)


def test_a_lease_that_nobody_knows_is_said(night: Night) -> None:
    with pytest.raises(NothingKnown, match="Bail B99 : pas de bail en cours"):
        law.of_lease(night(drawn()), "essai", AS_OF, "B99")
