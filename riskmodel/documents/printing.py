"""How a sheet prints: A4, one page wide, who, which week and how many pages on every sheet of paper."""

from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.french import day, shorten
from riskmodel.weekly.frozen import FrozenList

A4 = 9


def set_print(sheet: Worksheet, frozen: FrozenList, title: str, *, is_landscape: bool) -> None:
    """Page set-up, header and footer of one sheet."""
    sheet.set_paper(A4)
    if is_landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.25, right=0.25, top=0.55, bottom=0.5)
    sheet.set_header(
        f"&L{_plain(frozen.landlord_name, 60)}&C&B{_plain(title, 40)}&RSituation au {day(frozen.as_of)}", {"margin": 0.2}
    )
    mark = "Document interne · Données synthétiques" if frozen.is_synthetic else "Document interne"
    sheet.set_footer(f"&L{_plain(frozen.management_unit, 60)} · semaine {frozen.week}&C{mark}&RPage &P sur &N", {"margin": 0.2})
    sheet.hide_gridlines(2)


def _plain(text: str, length: int) -> str:
    """Names in a header: "&" is a code there, and the whole may not exceed 255 characters."""
    return shorten(text, length).replace("&", "&&")
