"""One household's score as a picture: a bar a reason, each starting where the one before ended, then their sum and the threshold.

An SVG of its own: drawn for an A5 page and for a screen, read aloud by its title and description, clear in black and white.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from riskmodel.score import PublishedTable, reasons
from riskmodel.score.french import counted

WIDTH = 480
"""Units of the drawing; an A5 page between margins gives each about a quarter of a millimetre."""
LEFT, RIGHT = 12, 440
LINE_CHARACTERS, NOTE_CHARACTERS = 90, 102
LINE, BAR, GAP, TOP = 14, 13, 9, 58
STEP, SUM, INK, GREY = "#b9cbe0", "#17365d", "#1a1a1a", "#5c5c5c"
FONTS = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Step:
    """One bar: from `start` to `start` + `points` on the scale, under its `lines` of text."""

    lines: tuple[str, ...]
    start: int
    points: int
    y: int

    @property
    def bar_y(self) -> int:
        """Top of the bar, below the text."""
        return self.y + LINE * len(self.lines)

    @property
    def below(self) -> int:
        """Where the next one begins."""
        return self.bar_y + BAR + GAP


def waterfall(table: PublishedTable, row: Mapping[str, Any], note: str = "") -> str:
    """The SVG of a household's score by `table`; `row` holds its features by name, `note` is printed under the drawing."""
    told = reasons(table, row)
    steps = list(_steps(told))
    score = sum(reason["points"] for reason in told)
    total = Step((f"Score : {counted(score, 'point', 'points')}",), 0, score, steps[-1].below if steps else TOP)
    axis = total.below + 4
    notes = wrap(note, NOTE_CHARACTERS)
    height = axis + 24 + LINE * len(notes)
    title, text = _title(table, row, score), _description(table, told, score)
    body = [
        *_head(table, title),
        *_threshold(table, [*steps, total]),
        *(part for step in steps for part in _bar(table, step, STEP, f"+{step.points}")),
        *(_connector(table, step) for step in steps),
        *_bar(table, total, SUM, str(score), weight="bold"),
        *_passed(table, total),
        *_axis(table, axis),
        *(_text(LEFT, axis + 34 + LINE * rank, line, 9, GREY) for rank, line in enumerate(notes)),
    ]
    return "\n".join([*_open(table, row, height, title, text), *body, "</svg>", ""])


def _steps(told: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    start, y = 0, TOP
    for reason in told:
        step = Step(tuple(wrap(reason["text"], LINE_CHARACTERS)), start, reason["points"], y)
        yield step
        start, y = start + step.points, step.below


def _title(table: PublishedTable, row: Mapping[str, Any], score: int) -> str:
    return f"{table.title}, bail {row['lease_id']} : {counted(score, 'point', 'points')} sur {table.total}"


def _description(table: PublishedTable, told: Sequence[Mapping[str, Any]], score: int) -> str:
    """The picture in words, in the order in which it is drawn."""
    lines = [f"{reason['text']} : {counted(reason['points'], 'point', 'points')}." for reason in told] or ["Aucun point."]
    side = "Le seuil est atteint" if score >= table.minimum else "Le seuil n'est pas atteint"
    return " ".join([*lines, f"Total : {counted(score, 'point', 'points')}. {side} ({table.minimum})."])


def _open(table: PublishedTable, row: Mapping[str, Any], height: int, title: str, text: str) -> list[str]:
    name = re.sub(r"\W", "-", f"points-{table.name}-{row['lease_id']}")
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{name}-titre {name}-texte" xml:lang="fr" font-family="{FONTS}">',
        f'<title id="{name}-titre">{escape(title)}</title>',
        f'<desc id="{name}-texte">{escape(text)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]


def _head(table: PublishedTable, title: str) -> list[str]:
    how = f"Points de chaque raison, de 0 à {table.total}. Table {table.version}."
    return [_text(LEFT, 20, title, 13, weight="bold"), _text(LEFT, 36, how, 9, GREY)]


def _bar(table: PublishedTable, step: Step, fill: str, label: str, weight: str = "normal") -> list[str]:
    """Text, bar, and the points beside its end."""
    start, end = _x(table, step.start), _x(table, step.start + step.points)
    texts = [_text(LEFT, step.y + 10 + LINE * rank, line, 10, weight=weight) for rank, line in enumerate(step.lines)]
    drawn = f'<rect x="{start:.1f}" y="{step.bar_y}" width="{end - start:.1f}" height="{BAR}" fill="{fill}" stroke="{SUM}"/>'
    return [*texts, drawn, _text(end + 4, step.bar_y + 10, label, 10, weight="bold")]


def _connector(table: PublishedTable, step: Step) -> str:
    """From the end of a bar down to the next one, which starts there."""
    x, y = _x(table, step.start + step.points), step.bar_y + BAR
    return f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{step.below}" stroke="{SUM}"/>'


def _threshold(table: PublishedTable, steps: Sequence[Step]) -> list[str]:
    """A mark across each bar and none across the text."""
    x = _x(table, table.minimum)
    marks = [(TOP - 8, TOP - 2), *((step.bar_y + 1, step.bar_y + BAR + 4) for step in steps)]
    lines = [f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{end}" stroke="{INK}" stroke-width="2"/>' for y, end in marks]
    return [*lines, _text(x + 4, TOP - 3, f"seuil {table.minimum}", 9)]


def _passed(table: PublishedTable, total: Step) -> list[str]:
    """The mark again, in white, where the sum's own bar would hide it."""
    x, y = _x(table, table.minimum), total.bar_y
    mark = f'<line x1="{x:.1f}" y1="{y + 1}" x2="{x:.1f}" y2="{y + BAR - 1}" stroke="#ffffff" stroke-width="2"/>'
    return [mark] if total.points > table.minimum else []


def _axis(table: PublishedTable, y: int) -> list[str]:
    marks = range(0, table.total + 1, 20)
    line = f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{GREY}"/>'
    ticks = [f'<line x1="{_x(table, m):.1f}" y1="{y}" x2="{_x(table, m):.1f}" y2="{y + 4}" stroke="{GREY}"/>' for m in marks]
    return [line, *ticks, *(_text(_x(table, mark), y + 15, str(mark), 9, GREY, anchor="middle") for mark in marks)]


def _x(table: PublishedTable, points: int) -> float:
    return LEFT + (RIGHT - LEFT) * points / table.total


def _text(x: float, y: float, text: str, size: int, fill: str = INK, weight: str = "normal", anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}" font-weight="{weight}">{escape(text)}</text>'
