"""The dated rows behind each input: as many as the value says, in words a person can find in the account."""

from datetime import date
from pathlib import Path

import pytest

from riskmodel.errors import NothingKnown
from riskmodel.explain import dossier, evidence
from riskmodel.explain.evidence import EVIDENCE
from riskmodel.features.dictionary import FEATURES
from riskmodel.features.scenarios import copies
from riskmodel.score import published
from riskmodel.score.forbidden import FORBIDDEN
from tests.lakes import Rows, laid_out
from tests.unit.explain.accounts import AIDED, BREAK, PLAN, SILENT, UNMET, renter

AS_OF = date(2026, 10, 31)
COUNTED = (
    *("unpaid_terms_3", "unpaid_terms_6", "unpaid_terms_12", "rejects_120d", "plans_broken_365d"),
    *("failed_attempts_180d", "appointments_missed_180d", "mail_returned_365d"),
    *("obligations_unmet", "surveys_unmet", "insurance_unmet", "access_unmet"),
)
BROKEN = """
    | cadre | signé      | première   | échéance | nombre | dette  | fini       | motif |
    | CAF   | 2026-01-10 | 2026-02-10 |    50,00 |     12 | 600,00 | 2026-04-30 | rompu |
"""


def behind(rows: Rows, folder: Path) -> tuple[dict[str, object], dict[str, list[str]]]:
    """The lease's features, and the rows behind every input that a table may read."""
    with copies(laid_out(folder, rows), AS_OF, ["B1"]) as ready:
        file = dossier.read(ready, ["B1"])["B1"]
    return file.features, {name: [line.replace("\u00a0", " ") for line in lines(file)] for name, lines in EVIDENCE.items()}


def troubled() -> Rows:
    """A bit of everything."""
    return renter(
        "| 2026-08-07 | prélèvement | -400,00 | | P1 | |",
        "| 2026-08-12 | rejet | 400,00 | | | P1 |",
        "| 2026-09-10 | chèque | -250,00 | | | |",
        "| 2026-10-12 | chèque | -500,00 | | | |",
        contacts=SILENT,
        obligations=UNMET,
        plans=PLAN,
    )


def test_every_input_that_a_table_may_read_has_its_rows() -> None:
    assert {feature.name for feature in FEATURES} - set(FORBIDDEN) <= set(EVIDENCE)


def test_there_are_as_many_rows_as_the_value_counts(tmp_path: Path) -> None:
    features, lines = behind(troubled(), tmp_path)
    assert {name: len(lines[name]) for name in COUNTED} == {name: features[name] for name in COUNTED}
    assert features["unpaid_terms_6"] == 2


def test_terms_are_told_with_their_net_what_was_paid_and_the_credit_before(tmp_path: Path) -> None:
    _, lines = behind(troubled(), tmp_path)
    assert lines["unpaid_terms_6"] == [
        "Terme du 05/08/2026 : 400 € à payer, payé 0 € au 30/08/2026",
        "Terme du 05/09/2026 : 400 € à payer, payé 250 € au 30/09/2026",
    ]
    assert lines["debt_rise_3_terms"][2:] == ["Terme du 05/10/2026 : 400 € à payer, payé 500 € au 30/10/2026"]


def test_what_is_owed_adds_up_to_the_debt(tmp_path: Path) -> None:
    rows = renter("| 2026-09-10 | chèque | -250,00 | | | |")
    features, lines = behind(rows, tmp_path)
    assert lines["overdue_terms"] == [
        "Terme du 05/08/2026 : reste dû 150 € sur 400 €",
        "Terme du 05/09/2026 : reste dû 400 € sur 400 €",
        "Terme du 05/10/2026 : reste dû 400 € sur 400 €",
    ]
    assert features["current_cents"] == 950_00
    assert lines["oldest_unpaid_days"] == lines["overdue_terms"][:1]


def test_plans_rejects_and_contacts_are_told_with_their_days(tmp_path: Path) -> None:
    _, lines = behind(troubled(), tmp_path)
    assert lines["rejects_120d"] == ["Paiement rejeté le 12/08/2026 : 400 €"]
    assert lines["plan_missed"][0] == "Plan amiable du 20/05/2026 : 50 € par mois"
    assert lines["plan_missed"][-1] == "Échéance du 10/10/2026 : 50 € non couverts"
    assert lines["mail_returned_365d"] == ["20/08/2026, lettre simple : n'habite pas à l'adresse indiquée (NPAI)"]
    assert lines["silence_days"][0] == "Dernier échange le 01/02/2026"
    assert lines["insurance_unmet"] == [
        "Attestation d'assurance : demande du 01/03/2026 pour le 01/04/2026, relance du 15/04/2026, sans suite"
    ]


def test_a_reject_left_unpaid_and_a_broken_plan_are_told(tmp_path: Path) -> None:
    rows = renter("| 2026-10-07 | prélèvement | -400,00 | | P1 | |", "| 2026-10-12 | rejet | 400,00 | | | P1 |", plans=BROKEN)
    _, lines = behind(rows, tmp_path)
    assert lines["reject_unpaid_days"] == ["Paiement rejeté le 12/10/2026 : 400 €, sans paiement depuis"]
    assert lines["plans_broken_365d"] == ["Plan CAF du 10/01/2026 : rompu le 30/04/2026"]
    assert lines["plan_missed"] == []


def test_a_benefit_break_is_told_month_by_month(tmp_path: Path) -> None:
    _, lines = behind(renter(account=AIDED, benefits=BREAK), tmp_path)
    assert lines["has_benefit_break"] == [
        "Droit de juin 2026 : 250 €, droit ouvert",
        "Droit de juillet 2026 : 250 €, droit ouvert",
        "Droit d'août 2026 : 250 €, droit suspendu",
        "Droit de septembre 2026 : 100 €, droit ouvert",
    ]


def test_a_household_without_trouble_has_no_rows(tmp_path: Path) -> None:
    source = laid_out(tmp_path, renter("| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |"))
    told = {**evidence(source, AS_OF, "B1", published("derive")), **evidence(source, AS_OF, "B1", published("decrochage"))}
    assert {name for name, lines in told.items() if lines} == {"debt_rise_3_terms"}


def test_a_lease_not_in_force_is_said_with_the_next_move(tmp_path: Path) -> None:
    with pytest.raises(NothingKnown, match=r"Bail B9 : pas de bail en cours au 31/10/2026\. Vérifiez"):
        evidence(laid_out(tmp_path, renter()), AS_OF, "B9", published("derive"))
