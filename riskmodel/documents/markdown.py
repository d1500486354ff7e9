"""A page as Markdown, to publish on a site: pictures are left out, for each is that of a table beside it."""

from riskmodel.documents.french import typeset
from riskmodel.documents.page import SYNTHETIC, Block, Bullets, Page, Plot, Section, Table, Terms


def markdown(page: Page) -> str:
    """The page without its pictures; the same page gives the same text."""
    head = [f"# {page.title}", page.subtitle, *([f"**{SYNTHETIC}**"] * page.is_synthetic)]
    head.append("\n".join(f"* **{label}** : {text}" for label, text in page.facts))
    body = [part for section in page.sections for part in (f"## {section.title}", *_marks(section))]
    return typeset("\n\n".join([*head, *body, f"_{page.footer}_"])) + "\n"


def _marks(section: Section) -> list[str]:
    return [_mark(block) for block in section.blocks if not isinstance(block, Plot)]


def _mark(block: Block) -> str:
    if isinstance(block, Bullets):
        return "\n".join(f"* {line}" for line in block.lines)
    if isinstance(block, Terms):
        return "\n".join(f"* **{name}** : {meaning}" for name, meaning in block.lines)
    return _grid(block) if isinstance(block, Table) else str(block)


def _grid(table: Table) -> str:
    rule = tuple("---:" if side == "r" else "---" for side in table.align)
    lines = [" | ".join(cell.replace("|", "/") for cell in line) for line in (table.headers, rule, *table.rows)]
    return f"**{table.caption}**\n\n" + "\n".join(f"| {line} |" for line in lines)
