from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from riskmodel.documents import french
from riskmodel.documents.columns import LAYOUT, printed
from riskmodel.documents.flat import flat
from riskmodel.documents.printing import height
from riskmodel.documents.summary import page_facts
from riskmodel.documents.unit import unit_lines
from riskmodel.documents.workbook import workbook
from riskmodel.weekly.answers import ACTING, DECISIONS, PAUSING
from riskmodel.weekly.frozen import COUNTS, SILENT_FACT, TABS, FrozenList, Tab
from riskmodel.weekly.identity import fingerprint, list_id
from tests.unit.documents.invented import AS_OF, invented

SIZES: dict[Tab, int] = {"urgence": 2, "derive": 12, "decrochage": 5, "ne_peut_pas_dire": 1, "ecarte": 4, "a_contacter": 2}
A4_WIDTH_INCHES = 11.69


def _open(frozen: FrozenList) -> Workbook:
    return load_workbook(BytesIO(workbook(frozen)))


def _table(book: Workbook, tab: str) -> list[dict[str, Any]]:
    heads, *lines = book[tab].iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return _open(invented(SIZES))


def test_it_opens_on_the_guide_then_one_sheet_a_tab_then_departures(book: Workbook) -> None:
    assert book.sheetnames == ["Lisez-moi", *TABS.values(), "Sortis de la liste"]
    assert [book[name].max_row - 1 for name in TABS.values()] == list(SIZES.values())


@pytest.mark.parametrize("name", [*TABS.values(), "Sortis de la liste"])
def test_each_sheet_is_frozen_filtered_and_printed_one_a4_page_wide(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes in ("D2", "B2")
    assert sheet.auto_filter.ref.startswith("A1:")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    heads = [cell.value for cell in sheet[1]]
    last = get_column_letter(heads.index("À revoir le") + 1 if "À revoir le" in heads else len(heads))
    assert sheet.print_area.replace("$", "").split("!")[-1] == f"A1:{last}{sheet.max_row}"


@pytest.mark.parametrize("tab", TABS)
def test_what_is_printed_fits_a_page_at_three_quarters_of_its_size_or_more(tab: Tab) -> None:
    columns = LAYOUT[tab][: printed(LAYOUT[tab])]
    pixels = sum(7 * column.width + 5 for column in columns)
    assert 96 * (A4_WIDTH_INCHES - 0.5) / pixels >= 0.75


def test_each_page_says_unit_week_page_internal_and_synthetic(book: Workbook) -> None:
    footer = book["Urgences"].oddFooter
    assert footer.left.text == "Agence Rives de Loire · semaine 2026-S43"
    assert footer.center.text == "Données synthétiques · Document interne"
    assert book["Urgences"].oddHeader.right.text == "Données synthétiques · Situation au 18/10/2026"
    assert footer.right.text == "Page &P sur &N"


def test_decisions_and_reasons_are_closed_lists_and_follow_up_is_a_date(book: Workbook) -> None:
    rules = {rule.type + str(rule.sqref)[0]: rule for rule in book["À contacter"].data_validations.dataValidation}
    lists = sorted(rule.formula1 for rule in rules.values() if rule.type == "list")
    closed = (DECISIONS.values(), [*ACTING.values(), *PAUSING.values()])
    assert lists == sorted(f'"{",".join(choices)}"' for choices in closed)
    (dates,) = [rule for rule in rules.values() if rule.type == "date"]
    assert (dates.operator or "between", dates.showErrorMessage) == ("between", True)


def test_answers_are_offered_on_every_row_of_every_working_tab(book: Workbook) -> None:
    for tab, size in SIZES.items():
        ranges = [str(rule.sqref) for rule in book[TABS[tab]].data_validations.dataValidation]
        assert len(ranges) == 3
        assert all(area.split(":")[-1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(size + 1) for area in ranges)


def test_no_score_no_points_and_no_removal_are_in_the_file_people_decide_from(book: Workbook) -> None:
    frozen = invented(SIZES)
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert not {head for head in cells if "Score" in head or ("points" in head and len(head) < 40)}
    for row in frozen.tab("derive"):
        assert not any(f"+{reason.points}  " in cell for reason in row.reasons for cell in cells)


def test_each_row_of_a_scored_tab_says_what_is_seen_one_fact_a_line(book: Workbook) -> None:
    for row, line in zip(invented(SIZES).tab("derive"), _table(book, "Dérive d'impayé"), strict=True):
        assert len(line["Ce qu'on voit"].split("\n")) == len(row.reasons)


def test_the_parts_of_the_debt_add_up_to_what_is_due(book: Workbook) -> None:
    for row in _table(book, "Dérive d'impayé"):
        owed = row["Dette courante"] + row["Dette technique"] + row["Dette gelée"]
        assert round(owed + row["Aide attendue"] - row["Aide reçue d'avance"], 2) == row["Solde exigible"]
        assert min(row["Aide attendue"], row["Aide reçue d'avance"]) >= 0


def test_amounts_are_numbers_in_french_euros_and_dates_are_dates(book: Workbook) -> None:
    sheet = book["Dérive d'impayé"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    amount, exchange = sheet.cell(2, heads["Dette courante"]), sheet.cell(2, heads["Dernier échange"])
    assert amount.data_type == "n"
    assert amount.number_format.startswith("#,##0.00\\ [$€-40C]")
    assert isinstance(exchange.value, datetime)
    assert exchange.number_format == "dd/mm/yyyy"


def test_hostile_identifiers_stay_text() -> None:
    frozen = invented({"derive": 1})
    hostile = replace(frozen.rows[0], lease_id="=cmd|' /C calc'!A0", household_id="{=1+1}", why="=HYPERLINK(1)")
    opened = _open(replace(frozen, rows=(hostile,), landlord_name="=A1 & <b>", management_unit="&P=1"))
    cells = [cell for sheet in opened for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "=cmd|' /C calc'!A0" in {cell.value for cell in cells}
    assert opened["Urgences"].oddHeader.left.text == "=A1 && <b>"


def test_an_edited_file_can_be_known_again_by_its_properties(book: Workbook) -> None:
    frozen = invented(SIZES)
    kept = {name: prop.value for name, prop in ((prop.name, prop) for prop in book.custom_doc_props.props)}
    assert kept == {"vigie_liste": list_id(frozen), "vigie_empreinte": fingerprint(frozen), "vigie_arrete_au": "2026-10-18"}
    assert book.properties.created == datetime(2026, 10, 18)


def test_rows_are_high_enough_for_their_longest_cell() -> None:
    assert height([("une ligne", 20)], least=1) < height([("un texte qui demande trois lignes dans sa colonne", 15)], least=1)
    assert height([("mot " * 5_000, 10)]) == 409


def test_an_empty_tab_says_so_and_offers_no_answer() -> None:
    sheet = _open(invented({}, departures=0))["Dérive d'impayé"]
    assert sheet["A2"].value == "Aucun ménage cette semaine (situation au 18/10/2026)."
    assert not sheet.data_validations.dataValidation


def test_unknown_facts_are_said_unknown_and_a_change_keeps_its_former_place() -> None:
    frozen = invented({"derive": 1})
    blank = replace(frozen.rows[0], facts={}, change="maintenu", previous_position=3)
    (row,) = _table(_open(replace(frozen, rows=(blank,))), "Dérive d'impayé")
    assert row["Dette courante"] == row["Dernier échange"] == row["Tentatives"] == "inconnu"
    assert row["Évolution"] == "maintenu (n°\u00a03)"


def test_a_row_about_which_nobody_decides_says_for_how_long_in_every_file() -> None:
    frozen = invented({"urgence": 1, "derive": 2})
    waiting = replace(frozen, rows=tuple(replace(row, facts=row.facts | {SILENT_FACT: 2}) for row in frozen.rows))
    said = "sans décision depuis 2\u00a0semaines"
    for tab in ("Urgences", "Dérive d'impayé"):
        assert all(row["Évolution"].split("\n")[1] == said for row in _table(_open(waiting), tab))
    assert flat(waiting).decode("utf-8-sig").count(said) == 3
    page = page_facts(waiting)
    told = [*(line[-1] for line in page["urgences"]["lignes"]), *(line[-1] for line in page["tables"][0]["lignes"])]
    assert all(text.startswith("Sans décision depuis 2\u00a0semaines. ") for text in told)


def test_the_guide_shows_marks_warnings_figures_tables_and_what_the_list_is_not() -> None:
    frozen = invented(SIZES, warnings=("Table « plans » non livrée.",))
    sheet = _open(replace(frozen, last_delivery=date(2026, 10, 10)))["Lisez-moi"]
    text = "\n".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    for said in (
        "DONNÉES SYNTHÉTIQUES",
        "À savoir\u00a0: Table «\u00a0plans\u00a0» non livrée.",
        "Avant tout appel, vérifiez le compte",
        "20\u00a0ménages à examiner",
        "12\u00a0ménages",
        "derive, version 2026-11, empreinte 8f1c09d2a7b3e65410fe",
        "Aucun acte de procédure ne peut en partir",
        "point-virgule, virgule décimale",
        fingerprint(replace(frozen, last_delivery=date(2026, 10, 10))),
    ):
        assert said in text


def test_every_figure_counted_over_the_unit_is_told_unless_it_is_nil() -> None:
    told = {key: 7_000 + place for place, key in enumerate(COUNTS)}
    text = " ".join(said for _, said in unit_lines(replace(invented({}), counts=told)))
    on_its_tab = {"a_contacter", "ne_peut_pas_dire"}
    assert not {key for key, number in told.items() if french.integer(number) not in text} - on_its_tab
    nil = unit_lines(replace(invented({}), counts=dict.fromkeys(COUNTS, 0) | {"menages": 12}))
    assert nil == [
        ("Ménages de l'unité", "12"),
        ("Dérive d'impayé", "0\u00a0ménage au-dessus du seuil, aucun au-delà de la capacité"),
        ("Décrochage", "0\u00a0ménage au-dessus du seuil, aucun au-delà de la capacité"),
    ]


def test_real_data_carry_no_synthetic_mark() -> None:
    opened = _open(replace(invented({"derive": 1}), is_synthetic=False))
    assert opened["Urgences"].oddFooter.center.text == "Document interne"
    assert "SYNTH" not in "".join(str(cell.value) for line in opened["Lisez-moi"].iter_rows() for cell in line)


def test_dates_frozen_as_text_read_like_dates() -> None:
    frozen = invented({"urgence": 1})
    as_text = {name: value.isoformat() if isinstance(value, date) else value for name, value in frozen.rows[0].facts.items()}
    assert workbook(replace(frozen, rows=(replace(frozen.rows[0], facts=as_text),))) == workbook(frozen)
    assert date(2026, 10, 18) == AS_OF


def test_a_row_without_points_shows_how_it_stands_like_any_other_and_invents_no_reason() -> None:
    frozen = invented({"derive": 1})
    (row,) = _table(
        _open(
            replace(
                frozen,
                rows=(replace(frozen.rows[0], reasons=(), drift=0, facts=frozen.rows[0].facts | {"days_since_two_way": 12}),),
            )
        ),
        "Dérive d'impayé",
    )
    account, contact = row["Ce qu'on voit"].split("\n")
    assert account.startswith("Termes non soldés à temps")
    assert contact.startswith("Dernier échange il y a")


def test_a_tab_that_a_rule_orders_says_so_and_shows_what_the_rule_saw() -> None:
    frozen = invented({"derive": 1})
    ruled = replace(frozen.rows[0], reasons=(), drift=None, why="Règle « âge de la dette » : 45 jours.")
    book = _open(replace(frozen, rows=(ruled,), orders={"derive": "debt_age"}))
    assert _table(book, "Dérive d'impayé")[0]["Ce qu'on voit"] == "Règle «\u00a0âge de la dette\u00a0»\u00a0: 45\u00a0jours."
    guide = "\n".join(str(cell.value) for line in book["Lisez-moi"].iter_rows() for cell in line if cell.value)
    assert "une règle simple classe cet onglet à la place du score" in guide
