"""What one household is told, and all that is held about it: the letter, the complete file, the identity."""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.documents import letter as letters
from riskmodel.documents import person
from riskmodel.errors import NothingKnown
from riskmodel.register import open_register
from riskmodel.settings import Settings
from riskmodel.steps import people, rights, weekly_list
from riskmodel.steps.receive import receive
from tests.factory import deliver, house, row
from tests.flow.tiny import MONDAY, SUNDAY, full

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
ADDRESS = {"address_line": "2 RUE DES ESSAIS", "postcode": "76000", "city": "ROUEN", "phone": "06 00 00 00 00"}
FRIGHTENING = (
    "expuls|juge|justice|tribunal|huissier|commissaire|commandement|assignation|clause|résili|procédure|contentieux|ccapex|"
    "mise en demeure|poursuite|sanction|pénalité|score|points|risque|profil|algorithme|art\\."
)


def tables() -> dict[str, Any]:
    """Household 6, in debt and called three times in vain: a holder, a former one, an occupant and a guarantor."""
    found = full()
    tenant = {"lease_id": "B6", **ADDRESS}
    found["tenants"] = [
        row("tenants", tenant_id="T6", first_names="Zoé", last_name="EXEMPLE", **tenant),
        row("tenants", tenant_id="T7", first_names="Ancien", last_name="EXEMPLE", left_on="2025-01-01", **tenant),
        row("tenants", tenant_id="T8", role="occupant", last_name="ZZOCCUPANT", **tenant),
        row("tenants", tenant_id="T9", role="guarantor", last_name="ZZCAUTION", **tenant),
    ]
    found["obligations"] = [
        row("obligations", lease_id="B6", kind="insurance_certificate", due_on="2026-09-15", reminded_on="2026-09-20")
    ]
    found["entries"] += [
        row(
            "entries",
            entry_id="R6",
            lease_id="B6",
            booked_on="2026-10-07",
            value_on="2026-10-07",
            period="2026-09",
            kind="payment_rejected",
        )
    ]
    return found


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("essai")
    deliver(folder / "inbox", SUNDAY, tables())
    receive(made := house(folder), "essai", SUNDAY)
    weekly_list.build(made, "essai", MONDAY)
    with open_register(made.register_url).begin() as session:
        log.append(session, NOW, "agent.un", Action.HOUSEHOLD_VIEW, "ok", Place("essai", "UG02"), "B6")
    return made


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_identity_is_that_of_the_holders_who_live_there(settings: Settings) -> None:
    who = people.identity(settings, "essai", "B6", TODAY)
    assert (who.names, who.phones) == (("Zoé EXEMPLE",), ("06 00 00 00 00",))
    assert who.address == ("2 RUE DES ESSAIS", "76000 ROUEN")
    assert people.identity(settings, "essai", "B99", TODAY).names == ()


def test_the_letter_tells_dated_facts_in_sentences(settings: Settings) -> None:
    seen = people.letter(settings, "essai", "B6", TODAY, is_named=False).seen
    assert seen[0].startswith("Le loyer à payer le 5\u00a0octobre 2026\u00a0: il manque") or "5\u00a0octobre 2026" in seen[0]
    assert "Le 16\u00a0octobre 2026, nous vous avons appelé, sans vous joindre." in seen
    assert any("votre banque n'a pas pu faire un paiement de 400,00" in said for said in seen)
    assert any("attestation d'assurance" in said for said in seen)


def test_a_household_that_no_list_shows_is_told_so(settings: Settings) -> None:
    told = people.letter(settings, "essai", "B99", TODAY, is_named=False)
    assert told.head.startswith("Nous n'avons rien signalé")
    assert told.seen == ()


def test_the_letter_is_one_page_with_the_name_and_the_page_shows_none(settings: Settings) -> None:
    (page,) = texts(letters.pdf(people.letter(settings, "essai", "B6", TODAY, is_named=True)))
    assert "Zoé EXEMPLE" in page
    assert "76000 ROUEN" in page
    assert "Données synthétiques" in page
    assert "EXEMPLE" not in str(letters.plain(people.letter(settings, "essai", "B6", TODAY, is_named=False)))


def test_the_letter_with_all_it_may_say_still_holds_on_one_page() -> None:
    long = "Le 30\u00a0septembre 2026, nous vous avons envoyé l'enquête sur l'occupation des logements. Nous n'avons rien reçu."
    full_one = letters.Letter(
        "Office public", "Agence 01", "B1", TODAY, "Voici :", (long,) * 10, (long,) * 3, True, ("Zoé",), ("a", "b")
    )
    assert len(texts(letters.pdf(full_one))) == 1
    assert letters.pdf(full_one) == letters.pdf(full_one)


def sentences() -> list[str]:
    """Every fixed sentence that a household may read."""
    found = []
    for value in letters.words().values():
        inside = value if isinstance(value, list) else value.values() if isinstance(value, dict) else [value]
        found += [part for text in inside for part in re.split(r"(?<=[.!?:])\s+", text) if part]
    return found


def test_no_sentence_frightens_or_speaks_of_a_procedure_or_a_score() -> None:
    assert not [said for said in sentences() if re.search(FRIGHTENING, said.lower())]


def test_sentences_are_short_and_words_are_everyday_ones() -> None:
    lengths = [len(re.findall(r"\w+", said)) for said in sentences()]
    assert sum(lengths) / len(lengths) <= 13
    assert max(lengths) <= 26


def test_the_letter_speaks_of_what_the_household_already_asked_for(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "copie"
    own = copied(settings, folder)
    rights.contest(own, "essai", "B6", "contact_not_made", "agent.un", NOW)
    assert (
        "personne n'a essayé de vous joindre ce jour-là" in people.letter(own, "essai", "B6", TODAY, is_named=False).standing[0]
    )
    rights.record_objection(own, "essai", "B6", date(2026, 10, 20), "agent.un", NOW)
    told = people.letter(own, "essai", "B6", TODAY, is_named=False)
    assert told.head.startswith("Vous avez dit non à ce repérage le 20\u00a0octobre 2026")
    assert told.seen == ()


def copied(settings: Settings, folder: Path) -> Settings:
    """The same lake with a register of one's own."""
    made = house(folder)
    (made.home / "register.db").write_bytes((settings.home / "register.db").read_bytes())
    return type(made)(**{**vars(made), "lake_root": settings.lake_root})


@pytest.fixture(scope="module")
def held(settings: Settings) -> Any:
    return json.loads(person.as_json(people.person_file(settings, "essai", "B6", NOW)))


def lines(held: Any, title: str) -> list[dict[str, Any]]:
    return next(part["lignes"] for part in held["rubriques"] if part["titre"] == title)


def test_the_file_holds_every_delivered_row_with_its_meaning_and_money_in_euros(held: Any) -> None:
    entries = lines(held, "Écritures")
    assert len(entries) == 10 + 6 + 1
    assert entries[0]["amount_cents"] == "400.00"
    assert len(lines(held, "Contacts")) == 3
    assert lines(held, "Enquêtes, assurance, accès")[0]["kind"] == "insurance_certificate"
    part = next(part for part in held["rubriques"] if part["titre"] == "Écritures")
    assert part["codes"]["kind"]["payment_rejected"] == "paiement rejeté"


def test_the_file_holds_lists_reasons_points_and_who_read(held: Any) -> None:
    shown = lines(held, "Listes où le ménage a paru")
    assert [one["week"] for one in shown] == ["2026-S45"]
    reasons = lines(held, "Raisons et points")
    score = shown[0]["drift"] if shown[0]["tab"] == "derive" else shown[0]["decrochage"]
    assert sum(one["points"] for one in reasons if one["score"] == shown[0]["tab"]) == score
    assert {one["input"]: one["points"] for one in lines(held, "Points de la dernière nuit") if one["score"] == shown[0]["tab"]}[
        "total"
    ] == score
    assert [one["account"] for one in lines(held, "Journal des accès")] == ["agent.un"]
    assert lines(held, "Dossiers figés avec les listes")[0]["timeline"]


def test_the_file_names_the_holders_and_counts_the_others(held: Any) -> None:
    assert [one["first_names"] for one in lines(held, "Titulaires")] == ["Zoé", "Ancien"]
    assert held["autres_personnes"] == {"caution": 1, "occupant": 1}
    assert "ZZ" not in json.dumps(held)
    assert held["donnees_synthetiques"] is True


def test_the_file_reads_as_a_paper_too(settings: Settings) -> None:
    pages = "\n".join(texts(person.pdf(people.person_file(settings, "essai", "B6", NOW))))
    for wanted in ("Dossier complet, bail B6", "paiement rejeté", "Journal des accès", "Données synthétiques", "EXEMPLE"):
        assert wanted in pages


def test_nothing_of_a_file_or_a_letter_stays_on_disk(settings: Settings) -> None:
    before = {path for path in settings.home.rglob("*") if path.is_file()}
    person.pdf(people.person_file(settings, "essai", "B6", NOW))
    letters.pdf(people.letter(settings, "essai", "B6", TODAY, is_named=True))
    assert {path for path in settings.home.rglob("*") if path.is_file()} == before


def test_a_lease_of_which_nothing_is_held_has_no_file(settings: Settings) -> None:
    with pytest.raises(NothingKnown, match="rien n'est détenu"):
        people.person_file(settings, "essai", "B99", NOW)
