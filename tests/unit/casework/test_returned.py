"""A workbook that people filled in: what it adds is recorded, what it contradicts is shown, what cannot be read is told."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from riskmodel.casework import workbooks
from riskmodel.casework.decisions import history, standing, undo
from riskmodel.casework.key import ListKey
from riskmodel.casework.returned import apply, compare, key_of, packed, unpacked
from riskmodel.documents.workbook import workbook
from riskmodel.errors import DecisionRefused
from riskmodel.register import open_register
from riskmodel.weekly.freezing import freeze
from riskmodel.weekly.frozen import FrozenList, Tab
from tests.registers import Fresh
from tests.unit.casework.lists import at, decided
from tests.unit.documents.invented import invented

SIZES: dict[Tab, int] = {"urgence": 1, "derive": 3, "decrochage": 1}
SENT = invented(SIZES)
KEY = ListKey(SENT.landlord_id, SENT.week, SENT.management_unit)
FILE = workbook(SENT)
DRIFT = "Dérive d'impayé"
FIRST, SECOND, THIRD = (row.lease_id for row in SENT.tab("derive"))
Typed = dict[tuple[str, int], tuple[Any, Any, Any]]


@pytest.fixture
def session(fresh_register: Fresh) -> Iterator[Session]:
    """On SQLite alone: what is new here is the file, and decisions are tested on both databases."""
    with open_register(fresh_register("sqlite"))() as opened:
        freeze(opened, SENT)
        yield opened


def filled(answers: Typed, *, changes: dict[tuple[str, str], Any] | None = None, file: bytes = FILE) -> bytes:
    """The workbook with what somebody typed, by sheet and line: decision, reason, day; `changes` by sheet and cell."""
    book = load_workbook(BytesIO(file))
    for (sheet, line), values in answers.items():
        heads = [cell.value for cell in book[sheet][1]]
        for head, value in zip(("Décision", "Motif", "À revoir le"), values, strict=True):
            book[sheet].cell(line, heads.index(head) + 1, value)
    for (sheet, cell), value in (changes or {}).items():
        book[sheet][cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def codes(session: Session) -> dict[str, str]:
    return {lease: one.code for lease, one in standing(session, KEY).items()}


def test_an_untouched_workbook_says_nothing(session: Session) -> None:
    found = compare(session, KEY, FILE)
    assert (found.new, found.same, found.conflicts, found.faults) == ((), (), (), ())
    assert key_of(FILE) == KEY


def test_answers_about_rows_that_nobody_decided_on_are_recorded(session: Session) -> None:
    until = datetime(2026, 11, 16)
    answers: Typed = {(DRIFT, 2): ("Rien à faire", None, None), (DRIFT, 3): ("Remis à plus tard", "promesse de paiement", until)}
    found = compare(session, KEY, filled(answers))
    assert [(one.lease_id, one.code, one.reason) for one in found.new] == [
        (FIRST, "no_action", None),
        (SECOND, "pause", "promise"),
    ]
    assert apply(session, KEY, found, set(), "agent.01", at(5)) == 2
    assert standing(session, KEY)[SECOND].paused_until == date(2026, 11, 16)
    again = compare(session, KEY, filled(answers))
    assert (len(again.same), again.new, again.conflicts) == (2, (), ())


def test_a_row_decided_otherwise_meanwhile_is_shown_side_by_side_and_replaced_only_when_accepted(session: Session) -> None:
    decided(session, FIRST, "visit", key=KEY)
    decided(session, SECOND, "visit", key=KEY)
    call = ("Appel", "demande du ménage", None)
    found = compare(session, KEY, filled({(DRIFT, 2): call, (DRIFT, 3): call}))
    assert [(one.answer.label, one.decided.label) for one in found.conflicts] == [("Appel", "Visite")] * 2
    assert apply(session, KEY, found, {SECOND}, "agent.02", at(5)) == 1
    assert codes(session) == {FIRST: "visit", SECOND: "call"}
    assert [one.code for one in history(session, KEY.landlord_id, SECOND)] == ["call", "visit"]


def test_nobody_accepts_to_replace_what_changed_since_they_compared(session: Session) -> None:
    decided(session, FIRST, "visit", key=KEY)
    found = compare(session, KEY, filled({(DRIFT, 2): ("Appel", "demande du ménage", None)}))
    text = packed(found)
    assert unpacked(session, KEY, text) == found
    undo(session, KEY, FIRST, "agent.02", at(5))
    decided(session, FIRST, "fsl", key=KEY, minutes=6)
    with pytest.raises(DecisionRefused, match=f"quelqu'un a décidé sur {FIRST}"):
        unpacked(session, KEY, text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"answers": [{"lease_id": "B"}], "seen": {}}', "null"])
def test_a_page_that_was_tampered_with_is_refused(session: Session, text: str) -> None:
    with pytest.raises(DecisionRefused, match="Déposez le classeur une nouvelle fois"):
        unpacked(session, KEY, text)


def test_a_forged_code_is_refused(session: Session) -> None:
    found = compare(session, KEY, filled({(DRIFT, 2): ("Rien à faire", None, None)}))
    with pytest.raises(DecisionRefused):
        unpacked(session, KEY, packed(found).replace("no_action", "summons"))


def test_every_fault_is_told_with_its_place_and_the_sound_rows_are_read(session: Session) -> None:
    typed: Typed = {
        ("Urgences", 2): ("Rien à faire", None, None),
        (DRIFT, 2): ("expulsion", None, None),
        (DRIFT, 3): ("Remis à plus tard", "demande du ménage", "bientôt"),
        (DRIFT, 4): ("Rien à faire", "décès", datetime(2026, 11, 16)),
        ("Décrochage", 2): (None, "décès", None),
    }
    found = compare(session, KEY, filled(typed))
    assert [one.sheet for one in found.new] == ["Urgences"]
    told = [(fault.sheet, fault.line, fault.column, fault.value) for fault in found.faults]
    assert told == [
        (DRIFT, 2, "Décision", "expulsion"),
        (DRIFT, 3, "Motif", "demande du ménage"),
        (DRIFT, 3, "À revoir le", "bientôt"),
        (DRIFT, 4, "Motif", "décès"),
        (DRIFT, 4, "À revoir le", "16/11/2026"),
        ("Décrochage", 2, "Décision", "vide"),
    ]
    assert "Attendu : une date après le 19/10/2026 et au plus tard le 20/10/2027. Écrivez une date comme 02/11/2026." in str(
        found.faults[2]
    )


def test_a_lease_that_the_list_does_not_show_is_a_fault(session: Session) -> None:
    edited = filled({(DRIFT, 2): ("Rien à faire", None, None)}, changes={(DRIFT, "B2"): "B-INCONNU"})
    (fault,) = compare(session, KEY, edited).faults
    assert (fault.column, fault.value, fault.expected) == ("Bail", "B-INCONNU", "un bail de cette liste")


def test_a_household_answered_in_two_ways_is_a_fault_and_neither_is_read(session: Session) -> None:
    edited = filled(
        {(DRIFT, 2): ("Rien à faire", None, None), (DRIFT, 3): ("Données fausses", None, None)}, changes={(DRIFT, "B3"): FIRST}
    )
    found = compare(session, KEY, edited)
    assert found.new == ()
    assert f"la même réponse qu'en feuille « {DRIFT} », ligne 2 (Rien à faire)" in found.faults[0].expected


def test_sorting_case_apostrophes_and_dates_typed_as_text_do_not_matter(session: Session) -> None:
    typed: Typed = {
        (DRIFT, 2): ("plan d’apurement", "Demande du ménage", None),
        (DRIFT, 3): ("REMIS À PLUS TARD", "décès", "16/11/2026"),
    }
    edited = filled(typed, changes={(DRIFT, "B2"): THIRD, (DRIFT, "B4"): FIRST})
    found = compare(session, KEY, edited)
    assert [(one.lease_id, one.code) for one in found.new] == [(THIRD, "plan"), (SECOND, "pause")]
    assert found.faults == ()


def test_a_missing_sheet_or_column_is_told(session: Session) -> None:
    book = load_workbook(BytesIO(FILE))
    del book["Urgences"]
    heads = [cell.value for cell in book[DRIFT][1]]
    book[DRIFT].cell(1, heads.index("Motif") + 1, "Remarques")
    out = BytesIO()
    book.save(out)
    told = [(fault.sheet, fault.column, fault.value) for fault in compare(session, KEY, out.getvalue()).faults]
    assert told == [("Urgences", "Bail", "feuille absente"), (DRIFT, "Motif", "colonne absente")]


def other(**changes: Any) -> FrozenList:
    return FrozenList(**{name: getattr(SENT, name) for name in SENT.__dataclass_fields__} | changes)


@pytest.mark.parametrize("changes", [{"management_unit": "Agence Autre"}, {"week": "2026-S42"}, {"landlord_id": "autre"}])
def test_the_workbook_of_another_list_is_refused_naming_both(session: Session, changes: dict[str, str]) -> None:
    with pytest.raises(DecisionRefused, match=f"la liste ouverte est « {KEY.landlord_id}/{KEY.management_unit}/{KEY.week} »"):
        compare(session, KEY, workbook(other(**changes)))


def test_a_workbook_made_from_other_facts_is_refused(session: Session) -> None:
    with pytest.raises(DecisionRefused, match="elle a été refaite depuis"):
        compare(session, KEY, workbook(other(capacity=21)))


def test_a_program_that_drops_properties_does_no_harm_and_an_unsigned_workbook_is_refused(session: Session) -> None:
    book = load_workbook(BytesIO(FILE))
    while book.custom_doc_props.names:
        del book.custom_doc_props[book.custom_doc_props.names[0]]
    bare, unsigned = BytesIO(), BytesIO()
    book.save(bare)
    assert compare(session, KEY, bare.getvalue()).faults == ()
    del book["Lisez-moi"]
    book.save(unsigned)
    with pytest.raises(DecisionRefused, match="ne dit pas à quelle liste"):
        compare(session, KEY, unsigned.getvalue())
    with pytest.raises(DecisionRefused, match="ne dit pas à quelle liste"):
        key_of(unsigned.getvalue())


def archive(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"not a workbook", FILE[:2000], archive("a.txt", b"a"), archive("[Content_Types].xml", b"<a")]
)
def test_what_is_no_workbook_is_refused(session: Session, content: bytes) -> None:
    with pytest.raises(DecisionRefused, match="n'est pas un classeur"):
        compare(session, KEY, content)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_opened(session: Session) -> None:
    with pytest.raises(DecisionRefused, match="Mo ouvert"):
        compare(session, KEY, archive("xl/workbook.xml", b"0" * (workbooks.LARGEST_UNPACKED + 1)))


def test_rows_that_can_no_longer_be_recorded_are_all_named(session: Session) -> None:
    typed: Typed = {
        (DRIFT, 2): ("Remis à plus tard", "décès", datetime(2026, 10, 22)),
        (DRIFT, 3): ("Remis à plus tard", "décès", datetime(2026, 10, 23)),
    }
    found = compare(session, KEY, filled(typed))
    with pytest.raises(DecisionRefused) as told:
        apply(session, KEY, found, set(), "agent.01", at() + timedelta(days=20))
    assert str(told.value).count("ne convient pas") == 2
