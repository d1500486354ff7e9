"""A list taken away as a workbook, filled in elsewhere and brought back, while somebody decides on the screen."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from riskmodel.casework import decisions
from tests.web.site import KEY, LIST, Site

HEADS = ("Décision", "Motif", "À revoir le")


def exported(page: Page) -> bytes:
    page.goto(LIST)
    with page.expect_download() as download:
        page.get_by_role("link", name="Classeur XLSX").click()
    return Path(download.value.path()).read_bytes()


def filled(workbook: bytes, answers: dict[str, tuple[str | None, str | None]]) -> bytes:
    """The workbook as somebody would fill it in: by lease, a decision and its reason."""
    book = load_workbook(BytesIO(workbook))
    for sheet in book.worksheets[1:]:
        heads = [cell.value for cell in sheet[1]]
        if "Décision" not in heads:
            continue
        for row in sheet.iter_rows(min_row=2):
            answer = answers.get(str(row[heads.index("Bail")].value))
            for head, value in zip(("Décision", "Motif"), answer or (), strict=False):
                row[heads.index(head)].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def drop(page: Page, content: bytes, name: str = "liste.xlsx") -> None:
    page.goto(f"{LIST}/import")
    page.get_by_label("Classeur de cette liste").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    page.get_by_role("button", name="Comparer").click()


def decide(site: Site, lease_id: str, code: str, reason: str | None, by: str) -> None:
    with site.register.begin() as session:
        decisions.decide(session, KEY, lease_id, code, reason=reason, paused_until=None, by=by, now=site.clock.now)


def standing(site: Site) -> dict[str, tuple[str, str]]:
    with site.register() as session:
        return {lease: (one.code, one.decided_by) for lease, one in decisions.standing(session, KEY).items()}


def test_a_filled_workbook_is_compared_before_anything_is_written_and_conflicts_are_chosen_one_by_one(
    site: Site, page: Page
) -> None:
    taken = exported(page)
    edited = filled(
        taken,
        {
            "B02": ("Appel", "plus de nouvelles"),
            "B03": ("Visite", "plus de nouvelles"),
            "B04": ("Rien à faire", None),
            "B05": ("Danser", None),
        },
    )
    decide(site, "B02", "visit", "no_contact", "conseillere")
    decide(site, "B03", "call", "asked", "conseillere")
    drop(page, edited)
    expect(page.get_by_role("heading", name="2 décisions différentes")).to_be_visible()
    expect(page.get_by_role("heading", name="1 décision nouvelle")).to_be_visible()
    expect(page.locator(".faults")).to_contain_text("Danser")
    assert "B04" not in standing(site)
    page.get_by_label("pour le bail B02").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#avis")).to_contain_text("2 décisions enregistrées depuis le classeur. 1 décision différente est restée")
    assert standing(site) == {"B02": ("call", "agent"), "B03": ("call", "conseillere"), "B04": ("no_action", "agent")}


def test_a_decision_taken_between_the_comparison_and_the_acceptance_is_kept(site: Site, page: Page) -> None:
    edited = filled(exported(page), {"B02": ("Appel", "plus de nouvelles")})
    decide(site, "B02", "visit", "no_contact", "conseillere")
    drop(page, edited)
    page.get_by_label("pour le bail B02").check()
    with site.register.begin() as session:
        decisions.undo(session, KEY, "B02", "conseillere", site.clock.now)
    decide(site, "B02", "no_action", None, "conseillere")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("depuis la comparaison, quelqu’un a décidé sur B02")
    assert standing(site) == {"B02": ("no_action", "conseillere")}


def test_the_exported_workbook_holds_the_decisions_taken_since_and_no_score(site: Site, page: Page) -> None:
    decide(site, "B04", "call", "no_contact", "agent")
    taken = exported(page)
    sheet = load_workbook(BytesIO(taken))["Dérive d'impayé"]
    heads, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(dict(zip(heads, line, strict=True)) for line in lines if "B04" in line)
    assert (row["Décision"], row["Motif"]) == ("Appel", "plus de nouvelles")
    assert not [head for head in heads if "score" in str(head).lower() or "points" in str(head).lower()]
    drop(page, taken)
    expect(page.locator("main")).to_contain_text("1 réponse déjà enregistrée à l’identique")
    expect(page.locator("main")).to_contain_text("Rien à enregistrer")


def test_the_page_of_the_week_is_a_pdf(page: Page) -> None:
    page.goto(LIST)
    with page.expect_download() as download:
        page.get_by_role("link", name="Synthèse PDF").click()
    assert download.value.suggested_filename == "synthese-UG01-2026-S45.pdf"
    assert "UG01" in PdfReader(download.value.path()).pages[0].extract_text()


def test_a_file_that_is_no_workbook_is_refused_with_the_next_move(site: Site, page: Page) -> None:
    drop(page, b"bonjour", "liste.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("n’est pas un classeur .xlsx lisible")
    assert standing(site) == {}


def test_the_workbook_of_another_agency_is_refused(site: Site, page: Page) -> None:
    taken = exported(page)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "vigie", "value": site.session_of("responsable"), "url": site.url}])
    page.goto(f"{LIST[:-4]}UG02/import")
    page.get_by_label("Classeur de cette liste").set_input_files(
        [{"name": "liste.xlsx", "mimeType": "application/zip", "buffer": taken}]
    )
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce classeur répond à la liste « essai/UG01/2026-S45 »")
