"""Figures drawn by matplotlib, as SVG that any page may hold: readable in black and white, without style, date or script."""

import re
from io import StringIO
from threading import Lock

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

_STYLE = re.compile(r' style="([^"]*)"')
_BLOCK = re.compile(r"\s*<style type=\"text/css\">.*?</style>", re.DOTALL)
_COORDINATES = re.compile(r'(<path id="DejaVu[^"]*")? d="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d+")
_ONE_AT_A_TIME = Lock()
"""matplotlib keeps its options for the whole process, and the web application draws on several threads."""


def svg(figure: Figure) -> str:
    """The same figure gives the same text: no date, identifiers from a fixed salt. Letters are drawn, so that no font is missed;
    what matplotlib says in `style` is said in attributes, which no content policy forbids."""
    out = StringIO()
    with _ONE_AT_A_TIME, matplotlib.rc_context({"svg.hashsalt": "vigie-bail", "svg.fonttype": "path"}):
        FigureCanvasSVG(figure).print_svg(out, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    plain = _STYLE.sub(_attributes, _BLOCK.sub("", out.getvalue()))
    return _COORDINATES.sub(_shortened, plain)


def _shortened(found: re.Match[str]) -> str:
    """Coordinates to a hundredth of a point; those of letters, which are drawn sixty times smaller, to the unit."""
    digits = 0 if found[1] else 2
    path = _NUMBER.sub(lambda number: f"{round(float(number[0]), digits):g}", " ".join(found[2].split()))
    return f'{found[1] or ""} d="{path}"'


def _attributes(found: re.Match[str]) -> str:
    declared = (part.split(":", 1) for part in found[1].split(";") if part.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in declared)
