"""A page as one HTML file: no script, no address to fetch, no style but one block whose hash the page itself declares."""

import base64
import hashlib
import re
from html import escape
from string import Template

from riskmodel import REPOSITORY
from riskmodel.documents.french import day, typeset
from riskmodel.documents.page import SYNTHETIC, Block, Bullets, Page, Plot, Table, Terms

TEMPLATE = REPOSITORY / "reports" / "page.html"
STYLE = REPOSITORY / "reports" / "page.css"
_IDS = re.compile(r'(\bid="|href="#|url\(#)')
_OPENING = re.compile(r"<svg ([^>]*)>")


def html(page: Page) -> str:
    """The page as HTML; the same page gives the same text. Content-Security-Policy is inside: nothing can be loaded or run."""
    marks = Template(STYLE.read_text(encoding="utf-8"))
    style = marks.substitute(every_page=f'"{typeset(SYNTHETIC)}"' if page.is_synthetic else '""')
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=_text(page.title),
        subtitle=_text(page.subtitle),
        style=style,
        digest=digest,
        synthetic=_synthetic(page),
        facts="\n".join(f"<dt>{_text(name)}</dt><dd>{_text(said)}</dd>" for name, said in page.facts),
        contents="\n".join(_links(page)),
        sections="\n".join(_section(number, page) for number in range(len(page.sections))),
        footer=_text(f"{page.footer} · situation au {day(page.as_of)}"),
    )


def _synthetic(page: Page) -> str:
    return f'<p class="synthetic">{_text(SYNTHETIC)}</p>' if page.is_synthetic else ""


def _links(page: Page) -> list[str]:
    """The contents: chapters, or sections that belong to none."""
    shown = [number for number, section in enumerate(page.sections) if _level(page, number) == 2]
    return [f'<li><a href="#s{number}">{_text(page.sections[number].title)}</a></li>' for number in shown]


def _level(page: Page, number: int) -> int:
    """2 for chapters, 3 for what follows one until the next."""
    return 2 if page.sections[number].is_chapter else 3


def _section(number: int, page: Page) -> str:
    section = page.sections[number]
    level = _level(page, number)
    body = "\n".join(_block(block, f"s{number}b{place}") for place, block in enumerate(section.blocks))
    mark = _synthetic(page) if section.is_chapter else ""
    kind = "chapter" if section.is_chapter else "part"
    return f'<section class="{kind}"><h{level} id="s{number}">{_text(section.title)}</h{level}>{mark}\n{body}\n</section>'


def _block(block: Block, name: str) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Plot):
        return _plot(block, name)
    if isinstance(block, Bullets):
        return "<ul>\n" + "\n".join(f"<li>{_text(line)}</li>" for line in block.lines) + "\n</ul>"
    if isinstance(block, Terms):
        said = "\n".join(f"<dt>{_text(word)}</dt><dd>{_text(meaning)}</dd>" for word, meaning in block.lines)
        return f'<dl class="words">\n{said}\n</dl>'
    return f"<p>{_text(block)}</p>"


def _table(table: Table) -> str:
    sides = ["figure" if side == "r" else "text" for side in table.align]
    heads = "".join(f'<th scope="col" class="{side}">{_text(name)}</th>' for side, name in zip(sides, table.headers, strict=True))
    rows = "\n".join(_row(row, sides, place in table.strong) for place, row in enumerate(table.rows))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{_text(table.caption)}"><table>'
        f"<caption>{_text(table.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(row: tuple[str, ...], sides: list[str], is_strong: bool) -> str:
    mark = ' class="strong"' if is_strong else ""
    cells = "".join(f'<td class="{side}">{_text(cell)}</td>' for side, cell in zip(sides[1:], row[1:], strict=True))
    return f'<tr{mark}><th scope="row">{_text(row[0])}</th>{cells}</tr>'


def _plot(plot: Plot, name: str) -> str:
    """The picture inside the page, named and described; its identifiers made its own, as another picture may have the same."""
    own = _IDS.sub(rf"\g<1>{name}-", plot.svg[plot.svg.index("<svg") :])
    said = f'<title id="{name}-title">{_text(plot.title)}</title><desc id="{name}-desc">{_text(plot.alt)}</desc>'
    named = _OPENING.sub(
        lambda found: f'<svg {found[1]} role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc">{said}',
        own,
        count=1,
    )
    return f"<figure>\n<figcaption>{_text(plot.title)}</figcaption>\n{named}\n</figure>"


def _text(said: str) -> str:
    """French typography, then what HTML needs; the second line of a cell is small."""
    first, *more = escape(typeset(said)).split("\n")
    return first + "".join(f"<br><small>{line}</small>" for line in more)
