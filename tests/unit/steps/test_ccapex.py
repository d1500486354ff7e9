"""From a night to a packed session: dossiers frozen from the ledger, to the cent, and printed as they were frozen."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from riskmodel.ccapex import cases, opinions, sessions
from riskmodel.ccapex.cases import CaseView
from riskmodel.documents.ccapex.facts import MOVEMENTS
from riskmodel.errors import DocumentRefused, NothingKnown
from riskmodel.features.statements import MOVEMENTS as MOVED
from riskmodel.features.statements import Month
from riskmodel.register import Sessions, households, open_register
from riskmodel.settings import Settings
from riskmodel.steps import ccapex, ccapex_facts, ccapex_known, features, law, person_help
from riskmodel.steps.receive import receive
from tests.factory import deliver, house, row
from tests.flow.tiny import SUNDAY, full
from tests.unit.documents.ccapex.test_dossier import FORBIDDEN, rows

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("essai")
    tables = full()
    tables["entries"] += [
        row(
            "entries", entry_id=f"C6-{month}", lease_id="B6", booked_on=f"{month}-28", value_on=f"{month}-28", period=month,
            kind="charges", amount="60.00",
        )
        for month in ("2026-08", "2026-09")
    ]  # fmt: skip
    deliver(folder / "inbox", SUNDAY, tables)
    made = house(folder, phone="02 00 00 00 00")
    receive(made, "essai", SUNDAY)
    (made.runs / "essai" / SUNDAY.isoformat()).mkdir(parents=True)
    features.build(made, "essai", SUNDAY)
    law.night(made, "essai", SUNDAY)
    with open_register(made.register_url).begin() as session:
        households.replace(session, "essai", SUNDAY, [("B6", "M6", "UG02"), ("B5", "M5", "UG01")])
    return made


@pytest.fixture
def register(settings: Settings) -> Sessions:
    return open_register(settings.register_url)


def brought(register: Sessions, kind: str, *lease_ids: str) -> tuple[int, list[CaseView]]:
    with register.begin() as session:
        number = sessions.open_(session, "essai", kind, date(2026, 12, 10), date(2026, 12, 1), "prepa", NOW)
        cases.choose(session, number, lease_ids, "hand", "prepa", NOW)
        return number, cases.of_session(session, number)


def test_months_are_told_in_columns_that_leave_no_movement_out() -> None:
    for name in MOVED:
        moved = {one: int(one == name) for one in MOVED}
        told = ccapex_facts.month(Month(month="2026-10", **moved, benefit_due_cents=0, balance_cents=1))
        assert sum(told[column] for column in MOVEMENTS) == 1, name  # type: ignore[literal-required]


def test_a_frozen_dossier_makes_the_debt_of_the_ledger_and_is_printed_as_it_was_frozen(
    settings: Settings, register: Sessions
) -> None:
    number, found = brought(register, "ctpe", "B6", "B5")
    with register.begin() as session:
        with pytest.raises(DocumentRefused, match="B6, B5"):
            ccapex.pack(session, settings, number, TODAY)
        cases.answer(session, found[0].case_id, ["fsl"], ["stay"], {"cause": "job_loss"}, "prepa", NOW)
        ccapex.freeze(session, settings, cases.of_session(session, number), "prepa", NOW)
    with register() as session:
        said = ccapex.frozen(cases.of_session(session, number)[0])
        assert said["debt"]["opening_cents"] + sum(m["called_cents"] + m["paid_cents"] for m in said["debt"]["months"]) == 172_000
        assert (said["debt"]["legal_cents"], said["charge"]["rent_cents"], said["as_of"]) == (172_000, 40_000, "2026-11-01")
        assert (said["asks"], said["declared"]["cause déclarée de l'impayé"]) == (["aide du FSL au maintien"], "perte d'emploi")
        assert len(said["contacts"]) == 3
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(ccapex.pack(session, settings, number, TODAY))).pages)
    assert "1 720,00" in text.replace("\u202f", " ")


def test_a_dossier_is_made_of_a_night_that_was_computed(settings: Settings, register: Sessions) -> None:
    _, found = brought(register, "local", "B6")
    with pytest.raises(NothingKnown, match="n'a pas été calculée"):
        ccapex_known.gather(settings, "essai", ["B6"], date(2026, 10, 30))
    with pytest.raises(NothingKnown, match="Pas de bail en cours"):
        ccapex_known.gather(settings, "essai", ["B6", "B99"], SUNDAY)
    with register() as session:
        assert {one.code for one in ccapex.missing(session, settings, found[0])} >= {"asks", "views", "declared"}
        with pytest.raises(DocumentRefused, match="pas encore figé"):
            ccapex.dossier_pdf(settings, found[0], TODAY)


def test_the_persons_own_file_holds_what_was_brought_and_what_was_said(register: Sessions) -> None:
    _, (case,) = brought(register, "commission", "B5")
    later = datetime(2026, 12, 11, 9, tzinfo=UTC)
    with register.begin() as session:
        cases.answer(session, case.case_id, ["fsl"], ["stay"], {"cause": "job_loss"}, "prepa", NOW)
        opinions.record(session, case.case_id, "avis", "fsl_granted", "fsl", date(2026, 12, 31), "prepa", later)
    with register() as session:
        found = {part.title: part.rows for part in person_help.parts(session, "essai", "B5", TODAY)}
    assert "aide du FSL au maintien" in {row["asks"] for row in found["Séances CCAPEX"]}
    assert [row["text"] for row in found["Avis de la commission"]] == ["accorder une aide du FSL"]
    assert found["Orientations"] == ()
    assert found["Dates comptées par la loi, dernière nuit"] == ()


def test_no_file_of_the_laws_night_speaks_of_a_score_nor_of_health(settings: Settings) -> None:
    files = sorted((settings.outputs / "essai" / "echeances" / SUNDAY.isoformat()).iterdir())
    assert len(files) == 4
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".csv", ".html")]
    texts.append(str(rows((settings.outputs / "essai" / "echeances" / SUNDAY.isoformat() / "echeances.xlsx").read_bytes())))
    assert [found for text in texts for found in re.findall(FORBIDDEN, text, re.IGNORECASE)] == []
