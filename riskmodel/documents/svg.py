"""The few shapes that charts are made of, as text: presentation attributes alone, which a strict page allows."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from riskmodel.documents.french import typeset

INK, GREY, PALE, BLUE = "#1B2A38", "#5A6672", "#D5DBE1", "#1F4E79"


def drawn(name: str, width: int, height: float, title: str, described: str, parts: Sequence[str]) -> str:
    """A picture of its own, read aloud by its title and its description; `name` is unique on its page."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" '
        f'role="img" class="graphique" lang="fr" aria-labelledby="{name}-titre {name}-texte">'
    )
    told = f'<title id="{name}-titre">{escape(typeset(title))}</title><desc id="{name}-texte">{escape(typeset(described))}</desc>'
    return "\n".join([head, told, *parts, "</svg>"])


def rule(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    """A straight line."""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def marker(x: float, y: float, said: str = "") -> str:
    """A ring on a line; `said` is shown when it is pointed at."""
    told = f"<title>{escape(said)}</title>" if said else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#ffffff" stroke="{INK}" stroke-width="2">{told}</circle>'


def text(
    x: float,
    y: float,
    said: str,
    size: int,
    fill: str = INK,
    *,
    weight: str = "normal",
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """A line of text; `halo` keeps it readable over a line of the drawing."""
    around = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' if halo else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{fill}"{around}'
    return f"<text {place}>{escape(said)}</text>"
