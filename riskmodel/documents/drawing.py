"""Charts of a household's page, as SVG written by hand: no script, no style attribute (the page's policy forbids both).

Every series has a texture or a marker of its own, so that a black-and-white print reads like the screen. A chart never stands
alone: its title and description say what it shows, and the page gives the same figures in a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from riskmodel.documents.axes import MINUS, WIDE, Format, Panel, frame, month_label, names, panel_of, slot, zero
from riskmodel.documents.french import NO_BREAK, counted, euros, typeset
from riskmodel.documents.svg import BLUE, GREY, INK, drawn, marker, rule, text

BOTTOM = 34
"""Room under the lower panel for the names of months."""

Month = Mapping[str, Any]
Months = Sequence[Month]


def account_chart(series: Months, form: Format = WIDE) -> str:
    """The account month by month: the balance at the end of each as a line, above what was due and what came as bars.

    `series` as in a household's file, oldest first; an empty one gives an empty drawing. Amounts are cents.
    """
    if not series:
        return ""
    balance = panel_of("Solde en fin de mois (au-dessus de zéro : dette)", 40, 150, [row["balance"] for row in series])
    flows = panel_of("Chaque mois : à payer, et reçu", 196, 320, [value for row in series for value in _heights(row)])
    parts = [
        *frame(form, balance),
        *_line(series, form, balance),
        *frame(form, flows),
        *(bar for place, row in enumerate(series) for bar in _bars(row, place, len(series), form, flows)),
        zero(form, flows),
        *names([row["month"] for row in series], form, flows.bottom),
        *_legend(form, flows.bottom + BOTTOM + 14),
    ]
    rows = -(-len(_KEYS) // _columns(form))
    height = flows.bottom + BOTTOM + 14 + 20 * rows
    title = f"Compte du ménage, {counted(len(series), 'mois', 'mois')} jusqu'à {month_label(series[-1]['month'])}"
    return drawn(f"compte-{form.name}", form.width, height, title, _described(series), [_patterns(form), *parts])


def _described(series: Months) -> str:
    first, last = series[0], series[-1]
    due, paid, benefit = (sum(row[name] for row in series) for name in ("net", "paid", "benefit"))
    return (
        f"De {month_label(first['month'])} à {month_label(last['month'])} : {euros(due)} à payer par le ménage, "
        f"{euros(paid)} payés, {euros(benefit)} d'aide au logement reçus. "
        f"Solde : {euros(first['balance'])} à la fin du premier mois, {euros(last['balance'])} au dernier jour connu. "
        "Le tableau donne chaque mois."
    )


def _heights(row: Month) -> tuple[int, ...]:
    """Both ends of the two bars of a month: what was due (net term, then benefit expected), what came (paid, then benefit)."""
    return tuple(
        end for own, aid in ((row["net"], row["benefit_due"]), (row["paid"], row["benefit"])) for end in (own, max(own, 0) + aid)
    )


def _line(series: Months, form: Format, panel: Panel) -> Iterator[str]:
    """The balance: a line, a marker a month, the last amount in full."""
    slots = [slot(place, len(series), form) for place in range(len(series))]
    points = [(left + width / 2, panel.y(row["balance"])) for (left, width), row in zip(slots, series, strict=True)]
    yield from (rule(*start, *end, INK, 2) for start, end in pairwise(points))
    for (x, y), row in zip(points, series, strict=True):
        yield marker(x, y, f"{month_label(row['month'])} : {euros(row['balance'])}")
    x, y = points[-1]
    above = y - 9 if y - 9 > panel.top - 4 else y + 18
    yield text(form.width, above, euros(series[-1]["balance"]), form.text, weight="bold", anchor="end", halo=True)


def _bars(row: Month, place: int, months: int, form: Format, panel: Panel) -> Iterator[str]:
    left, width = slot(place, months, form)
    wide, name = width * 0.38, month_label(row["month"])
    due, come = left + width * 0.1, left + width * 0.52
    for x, cents, base, fill, what in (
        (due, row["net"], 0, f"url(#du-{form.name})", "à payer"),
        (due, row["benefit_due"], max(row["net"], 0), f"url(#aide-{form.name})", "aide attendue"),
        (come, row["paid"], 0, BLUE, "payé"),
        (come, row["benefit"], max(row["paid"], 0), f"url(#aide-{form.name})", "aide reçue"),
    ):
        if cents:
            top, low = sorted((panel.y(base), panel.y(base + cents)))
            said = escape(f"{name}, {what} : {euros(cents)}")
            yield (
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{max(low - top, 0.5):.1f}" fill="{fill}" '
                f'stroke="{INK}" stroke-width="0.75"><title>{said}</title></rect>'
            )


_KEYS = (
    ("du", "à payer par le ménage (terme net)"),
    ("paye", "payé par le ménage"),
    ("aide", "aide au logement (attendue, reçue)"),
    ("solde", "solde en fin de mois"),
)


def _columns(form: Format) -> int:
    return 2 if form.width > 500 else 1


def _legend(form: Format, y: int) -> Iterator[str]:
    for rank, (key, label) in enumerate(_KEYS):
        x = (rank % _columns(form)) * form.width / 2
        line = y + 20 * (rank // _columns(form))
        yield from _key(form, key, x, line)
        yield text(x + 28, line + 10, label, form.text)


def _key(form: Format, key: str, x: float, y: float) -> Iterator[str]:
    if key == "solde":
        yield rule(x, y + 6, x + 20, y + 6, INK, 2)
        yield marker(x + 10, y + 6)
    else:
        fill = BLUE if key == "paye" else f"url(#{key}-{form.name})"
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="20" height="12" fill="{fill}" stroke="{INK}" stroke-width="0.75"/>'


def _patterns(form: Format) -> str:
    size = 'width="5" height="5" patternUnits="userSpaceOnUse"'
    return (
        f'<defs><pattern id="du-{form.name}" {size} patternTransform="rotate(45)"><rect width="5" height="5" fill="#ffffff"/>'
        f'<rect width="2" height="5" fill="{GREY}"/></pattern>'
        f'<pattern id="aide-{form.name}" {size}><rect width="5" height="5" fill="#ffffff"/>'
        f'<circle cx="2.5" cy="2.5" r="1" fill="{INK}"/></pattern></defs>'
    )


BAR, GAP, LINE, TOP = 14, 10, 15, 56
LEFT, RIGHT, LETTERS = 6, 372, 54


def waterfall_chart(told: Mapping[str, Any]) -> str:
    """The points of each reason, one under the other, each bar starting where the one before ended, then their sum and the
    threshold. `told` as in a household's file: `score`, `title`, `minimum`, `total`, and `steps` with `text` and `points`."""
    score = sum(step["points"] for step in told["steps"])
    bars = [*_steps(told["steps"]), ("Score", 0, score)]
    parts, y = [text(0, 18, typeset(told["title"]), 14, weight="bold"), *_scale(told)], TOP
    for rank, (label, start, points) in enumerate(bars):
        is_sum = rank == len(bars) - 1
        parts += _bar(told, wrap(typeset(label), LETTERS), y, start, points, is_sum=is_sum)
        y += LINE * len(wrap(typeset(label), LETTERS)) + BAR + GAP
    side = "atteint" if score >= told["minimum"] else "n'atteint pas"
    said = [f"{label} : {counted(points, 'point')}." for label, _, points in bars[:-1]]
    described = " ".join([*said, f"Total : {counted(score, 'point')}, qui {side} le seuil de {told['minimum']}."])
    return drawn(f"points-{told['score']}", RIGHT + 36, y, f"{told['title']} : points de chaque raison", described, parts)


def _steps(steps: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for step in steps:
        yield step["text"], start, step["points"]
        start += step["points"]


def _at(told: Mapping[str, Any], points: int) -> float:
    return LEFT + (RIGHT - LEFT) * points / max(told["total"], 1)


def _scale(told: Mapping[str, Any]) -> Iterator[str]:
    for points in (0, told["minimum"], told["total"]):
        x = _at(told, points)
        name = f"seuil{NO_BREAK}{points}" if points == told["minimum"] else str(points)
        yield text(x, TOP - 12, name, 11, GREY, anchor="middle" if points else "start")
        yield rule(x, TOP - 8, x, TOP - 2, INK, 2 if points == told["minimum"] else 1)


def _bar(told: Mapping[str, Any], lines: Sequence[str], y: int, start: int, points: int, *, is_sum: bool) -> Iterator[str]:
    """The reason, its bar, its points at the end of it, and the mark of the threshold."""
    weight = "bold" if is_sum else "normal"
    yield from (text(LEFT, y + 11 + LINE * rank, line, 13, weight=weight) for rank, line in enumerate(lines))
    top, ends = y + LINE * len(lines), sorted((_at(told, start), _at(told, start + points)))
    fill = BLUE if is_sum else "#B9CBE0"
    size = f'width="{ends[1] - ends[0]:.1f}" height="{BAR}"'
    yield f'<rect x="{ends[0]:.1f}" y="{top}" {size} fill="{fill}" stroke="{INK}" stroke-width="0.75"/>'
    yield rule(_at(told, told["minimum"]), top - 1, _at(told, told["minimum"]), top + BAR + 2, INK, 2)
    yield text(ends[1] + 5, top + 11, str(points) if is_sum else f"{points:+d}".replace("-", MINUS), 12, weight="bold", halo=True)
