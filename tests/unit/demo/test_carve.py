from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from riskmodel.demo import erp
from riskmodel.demo.carve import as_known, carve, manifest, news
from riskmodel.errors import VigieError

FRIDAY, MONDAY = date(2026, 10, 16), date(2026, 10, 19)
EXTRACT = {
    "PATLOG.TXT": ["NO_LOGT;CD_AGENCE;INSEE;TYPE;SURF_HAB;QPV", "300001;02;76259;4;76,2;0"],
    "CONTRAT.TXT": [
        "NO_CPTE;NO_LOGT;NO_FOYER;DT_SIGN;DT_ENTREE;DT_SORTIE;DT_RESIL;CD_SITU;CD_TERME;JR_EXIG;CD_REGLT;CD_FAM;AN_NAISS",
        "100002;300001;200002;15/09/2014;01/10/2014;;19/10/2026;5;E;5;2;2;1954",
    ],
    "MVTCPT.TXT": [
        "NO_ECR;NO_CPTE;DT_COMPTA;DT_VAL;PERIODE;CD_OPE;DEBIT;CREDIT;CD_REGLT;NO_ECR_REJ;LIBELLE",
        "1;100002;16/10/2026;05/11/2026;10/2026;1010;500,10;;;;Loyer principal",
        "2;100002;16/10/2026;16/10/2026;;7010;400,00;;;;Dépôt de garantie",
        "3;100002;19/10/2026;17/10/2026;;3020;;120,35;2;;Virement reçu",
    ],
    "AIDELOG.TXT": ["NO_CPTE;MOIS;NATURE;MT_DROIT;TIERS_PAYANT;ETAT;DT_INFO"],
    "ACTIONS.TXT": ["NO_ACTION;NO_CPTE;DT_ACTION;HEURE;CD_MOYEN;SENS;CD_RESULT;CD_MOTIF;DT_SAISIE"],
    "DEMANDES.TXT": [
        "NO_DEMANDE;NO_CPTE;CD_DEMANDE;DT_ENVOI;DT_LIMITE;DT_RELANCE;DT_RETOUR",
        "1;100002;1;12/09/2026;12/10/2026;18/10/2026;19/10/2026",
    ],
    "PLANAP.TXT": [
        "NO_PLAN;NO_CPTE;CD_CADRE;DT_SIGN;DT_1ERE_ECH;MT_ECH;NB_ECH;MT_DETTE;DT_FIN;CD_FIN",
        "1;100002;A;18/06/2026;05/07/2026;25,00;5;125,00;19/10/2026;R",
    ],
    "CONTENTX.TXT": ["NO_ETAPE;NO_CPTE;CD_ETAPE;DT_ETAPE;MT_DETTE;DT_AUDIENCE;DT_SAISIE"],
    "SURENDET.TXT": ["NO_CPTE;CD_BDF;DT_BDF;MT_DETTE"],
    "PERSONNE.TXT": [
        "NO_PERS;NO_CPTE;CD_ROLE;NOM;PRENOMS;DT_NAISS;TEL;MAIL;ADRESSE;CP;VILLE;MANDATAIRE;DT_DECES;DT_OPPOSITION;DT_DEPART",
        "1;100002;T;DUPUIS;CLAIRE;10/02/1977;;;;76400;FECAMP;N;;19/10/2026;",
    ],
    "SOLDES.TXT": ["NO_CPTE;DT_ARRETE;SOLDE", "100002;19/10/2026;379,75"],
}


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    for name, lines in EXTRACT.items():
        (tmp_path / name).write_bytes(("\r\n".join(lines) + "\r\n").encode(erp.ENCODING))
    return tmp_path


@pytest.fixture
def tables(extract: Path) -> dict[erp.File, list[erp.Row]]:
    return {file: list(erp.rows(extract, file)) for file in erp.FILES}


def file(table: str) -> erp.File:
    return next(found for found in erp.FILES if found.table == table)


def test_what_happens_later_is_still_blank(tables: dict[erp.File, list[erp.Row]]) -> None:
    known = as_known(tables, FRIDAY)
    lease, plan = known[erp.LEASES][0], known[file("plans")][0]
    assert (lease["DT_RESIL"], lease["CD_SITU"]) == ("", "1")
    assert (plan["DT_FIN"], plan["CD_FIN"]) == ("", "")
    assert known[file("obligations")][0]["DT_RELANCE"] == ""
    assert known[file("tenants")][0]["DT_OPPOSITION"] == ""


def test_an_entry_appears_the_day_it_is_booked_and_balances_leave_deposits_out(tables: dict[erp.File, list[erp.Row]]) -> None:
    assert [row["NO_ECR"] for row in as_known(tables, FRIDAY)[erp.ENTRIES]] == ["1", "2"]
    assert as_known(tables, FRIDAY)[erp.BALANCES] == [{"NO_CPTE": "100002", "DT_ARRETE": "16/10/2026", "SOLDE": "500,10"}]
    assert as_known(tables, MONDAY)[erp.BALANCES][0]["SOLDE"] == "379,75"


def test_a_night_sends_only_what_changed_and_totals_it_in_the_contracts_signs(
    tables: dict[erp.File, list[erp.Row]],
) -> None:
    sent = news(as_known(tables, FRIDAY), as_known(tables, MONDAY))
    assert {found.table for found, rows in sent.items() if rows} == {
        "leases",
        "entries",
        "obligations",
        "plans",
        "tenants",
        "balances",
    }
    totals = manifest(sent, MONDAY, is_full=False)
    assert totals["mode"] == "incremental"
    assert totals["tables"]["entries"] == {"rows": 1, "amount_total": "-120.35"}


def test_a_quiet_night_has_no_entry(tables: dict[erp.File, list[erp.Row]]) -> None:
    assert news(as_known(tables, FRIDAY), as_known(tables, date(2026, 10, 17)))[erp.ENTRIES] == []


def test_the_same_extract_gives_the_same_bytes(extract: Path) -> None:
    archives = [extract / "a.zip", extract / "b.zip"]
    assert [carve(extract, archive, first=FRIDAY, last=MONDAY) for archive in archives] == [1, 1]
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with ZipFile(archives[0]) as archive:
        assert "oph-estuaire/2026-10-19/MVTCPT.TXT" in archive.namelist()


def test_balances_that_do_not_reconcile_stop_the_cut(extract: Path) -> None:
    (extract / "SOLDES.TXT").write_text("NO_CPTE;DT_ARRETE;SOLDE\r\n100002;19/10/2026;379,74\r\n", encoding=erp.ENCODING)
    with pytest.raises(VigieError, match="1 soldes diffèrent de la somme des écritures"):
        carve(extract, extract / "a.zip", first=FRIDAY, last=MONDAY)


@pytest.mark.parametrize(("amount", "written"), [(0, "0,00"), (5, "0,05"), (-120_35, "-120,35"), (1_000_00, "1000,00")])
def test_cents_are_written_as_the_erp_does(amount: int, written: str) -> None:
    assert erp.euros(amount) == written
    assert erp.cents(written) == amount
