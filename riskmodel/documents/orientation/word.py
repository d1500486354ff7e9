"""A document as DOCX: headings, lists, tables with repeated heads, boxes to click, signatures kept on one page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from riskmodel.documents.orientation.sheet import BOX, TICKED

_INK = RGBColor(0x1B, 0x2A, 0x38)
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_BOXES = re.compile(f"([{BOX}{TICKED}])")
_CELLS = "Cellule"
_WIDTH = 170
"""Millimetres between the margins."""


def docx(said: Mapping[str, Any]) -> bytes:
    """The file, from the parts that `rendering` made plain."""
    document = Document()
    _page(document, said)
    document.add_heading(said["title"], 0)
    document.add_paragraph(f"{said['subtitle']} · {said['dated']}", "Subtitle")
    if said["synthetic"]:
        document.add_paragraph().add_run(said["synthetic"]).bold = True
    for chapter in said["chapters"]:
        if chapter["title"]:
            document.add_heading(chapter["title"], 1)
        before = len(document.paragraphs)
        for part in chapter["parts"]:
            _WRITERS[part["kind"]](document, part)
        _hold(document.paragraphs[before:] if chapter is said["chapters"][-1] else document.paragraphs[before:-1])
    _signatures(document, said["signatures"])
    out = BytesIO()
    document.save(out)
    return _dated(out, datetime.fromisoformat(said["written_on"]))


def _dated(made: BytesIO, day: datetime) -> bytes:
    """The same file whose parts carry the document's day and not the hour of the machine: same facts, same bytes."""
    out = BytesIO()
    with ZipFile(made) as parts, ZipFile(out, "w", ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            entry = ZipInfo(name, date_time=day.timetuple()[:6])
            dated.writestr(entry, parts.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _hold(paragraphs: Sequence[Paragraph]) -> None:
    """Paragraphs that stay on the page of what follows them: those of a chapter, and the last chapter with the signatures."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _page(document: Any, said: Mapping[str, Any]) -> None:
    section, day = document.sections[0], datetime.fromisoformat(said["written_on"])
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    about = document.core_properties
    about.title, about.author, about.language, about.created, about.modified = said["title"], "Vigie Bail", "fr-FR", day, day
    about.last_modified_by, about.comments = "", ""
    _styles(document)
    _footer(section.footer.paragraphs[0], said)


def _styles(document: Any) -> None:
    sizes = {"Normal": 10.5, "Title": 20, "Subtitle": 12, "Heading 1": 12.5, "List Bullet": 10.5, "Footer": 8}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), _INK, False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), "Liberation Serif" if script == "cs" else "Times New Roman")
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.widow_control = True
    cells = document.styles.add_style(_CELLS, WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style, cells.font.size, cells.paragraph_format.space_before = document.styles["Normal"], Pt(9.5), Pt(2)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _footer(line: Paragraph, said: Mapping[str, Any]) -> None:
    line.add_run(f"{said['footer']}{' · Données synthétiques' if said['synthetic'] else ''} · page ")
    _field(line, "PAGE")
    line.add_run(" / ")
    _field(line, "NUMPAGES")


def _field(line: Paragraph, name: str) -> None:
    run = line.add_run()._r
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("end", "")):
        piece = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            piece.set(qn("w:fldCharType"), kind)
        piece.text = text or None
        run.append(piece)


def _text(document: Any, part: Mapping[str, Any]) -> None:
    _say(document.add_paragraph(), part["text"])


def _bullets(document: Any, part: Mapping[str, Any]) -> None:
    for line in part["lines"]:
        document.add_paragraph(line, "List Bullet")


def _choices(document: Any, part: Mapping[str, Any]) -> None:
    for line in part["lines"]:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Mm(4), Pt(1)
        _say(paragraph, line)


def _terms(document: Any, part: Mapping[str, Any]) -> None:
    table = _table(document, 2, (42, 128))
    for label, value in part["lines"]:
        row = _row(table)
        _cell(row.cells[0], label)
        row.cells[0].paragraphs[0].runs[0].bold = True
        _cell(row.cells[1], value)
    _gap(document)


def _rows(document: Any, part: Mapping[str, Any]) -> None:
    caption = document.add_paragraph()
    caption.add_run(part["caption"]).bold = True
    caption.paragraph_format.keep_with_next = True
    table = _table(document, len(part["headers"]), _widths([part["headers"], *part["rows"]]), "Table Grid")
    head = _row(table)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(head.cells, part["headers"], strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for values in part["rows"]:
        for cell, value in zip(_row(table).cells, values, strict=True):
            _cell(cell, value)
            for paragraph in cell.paragraphs:
                paragraph.style = _CELLS
    _gap(document)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Millimetres of each column: the room that its longest text asks for, within the page."""
    longest = [min(max(_room(row[rank]) for row in rows), 58) for rank in range(len(rows[0]))]
    return [_WIDTH * length // sum(longest) for length in longest]


def _room(text: str) -> int:
    """The room a text asks for, in letters: three for a box, a little more for a blank, never under twenty."""
    return max(20, len(text) + 2 * (text.count(BOX) + text.count(TICKED)) + text.count("_") // 4)


_WRITERS = {"text": _text, "bullets": _bullets, "choices": _choices, "terms": _terms, "table": _rows}


def _signatures(document: Any, signed: Mapping[str, Any]) -> None:
    """Places to sign, side by side, in rows that never break; the sentence above stays with them."""
    opening = document.add_paragraph(signed["opening"])
    opening.paragraph_format.space_before = Pt(14)
    opening.paragraph_format.keep_with_next = True
    signatories = signed["signatories"]
    table = _table(document, len(signatories), [_WIDTH // len(signatories)] * len(signatories), "Table Grid")
    row = _row(table)
    row.height = Mm(20 + 6 * max(len(lines) for _, lines in signatories))
    for cell, (title, lines) in zip(row.cells, signatories, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
        for line in lines:
            cell.add_paragraph(line)


def _table(document: Any, columns: int, widths: Iterable[int], style: str = "Normal Table") -> Table:
    table: Table = document.add_table(0, columns, style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _row(table: Table) -> _Row:
    """A row that never breaks across pages."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def _cell(cell: _Cell, text: str) -> None:
    first, *others = text.split("\n")
    _say(cell.paragraphs[0], first)
    for line in others:
        _say(cell.add_paragraph(), line)
    for paragraph in cell.paragraphs:
        paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.LEFT, Pt(0)


def _gap(document: Any) -> None:
    """What keeps two tables apart."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)


def _say(paragraph: Paragraph, text: str) -> None:
    """Text whose boxes can be clicked in a word processor."""
    for piece in _BOXES.split(text):
        if piece in (BOX, TICKED):
            paragraph._p.append(_box(piece == TICKED))
        elif piece:
            paragraph.add_run(piece)


def _box(is_ticked: bool) -> Any:
    shown, font = TICKED if is_ticked else BOX, "MS Gothic"
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:hint="eastAsia"/>'
    return parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w:alias w:val="case à cocher"/>'
        f'<w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/><w14:checkedState w14:val="2612" w14:font="{font}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{fonts}</w:rPr><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )
