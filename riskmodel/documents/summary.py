"""synthese.pdf: the list on one page, without a score. The words are put together here, the page in reports/."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from riskmodel.documents import phrases
from riskmodel.documents.figures import age_days, causes, changes, in_all, is_ruled, reason_frequency, warnings
from riskmodel.documents.french import NO_BREAK, counted, day, decimal, euros, integer, shorten, typeset, weekday
from riskmodel.documents.identity import unit_name
from riskmodel.documents.phrases import UNKNOWN, fact, own_reasons
from riskmodel.documents.record import head
from riskmodel.weekly.frozen import TABS, FrozenList, Row, Tab
from riskmodel.weekly.identity import fingerprint, list_id

TEMPLATE = Path(__file__).parents[2] / "reports" / "synthese-hebdomadaire.typ"
WORKED: tuple[Tab, ...] = ("urgence", "derive", "decrochage")
ROWS = 12
ROWS_UNDER_A_HEAD = 8
"""Lines of each table, and when sentences on past lists come first; the workbook has the others."""
SAID = 420
"""Characters of a sentence that heads the page; the workbook has it whole."""
IN_COLUMNS = ("overdue_terms", "current_terms", "silence_days", "days_since_two_way")
"""Inputs that the table shows as figures or dates."""
TOLD = 2
"""Reasons of a household; the workbook has all of them with their points."""
URGENCIES = 5
_SAID_BESIDE = re.compile(r", (?:depuis le dernier échange|soit|il y a)\b.*$")
"""Ends of reasons that only repeat a column of the table, or the date just before them."""
_RULE = re.compile(r"^Règle «[^»]*»\s*:\s*")
_FIGURE = re.compile(r"(?<=\d) (?=\w)")
REASONS = 8
WARNINGS = 4
_ADVICE = (
    "Si des données manquent ou datent de plus de trois jours : vérifiez le compte avant d'appeler, "
    "ne concluez rien d'une absence de ligne, prévenez l'équipe informatique. La liste suivante se corrigera d'elle-même."
)


def summary(frozen: FrozenList) -> bytes:
    """The PDF's bytes (PDF/UA-1, one A4 page); the same list gives the same bytes."""
    made_at = datetime(frozen.as_of.year, frozen.as_of.month, frozen.as_of.day, tzinfo=UTC)
    rendered: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"faits": json.dumps(page_facts(frozen), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    return rendered


def page_facts(frozen: FrozenList) -> dict[str, Any]:
    """Everything the page shows, as French text and counts, cut to what a page can hold."""
    return {
        "titre": f"Synthèse de la semaine {frozen.week}",
        "unite": shorten(unit_name(frozen), 110),
        "bailleur": shorten(frozen.landlord_name, 70),
        "semaine": typeset(f"Semaine {frozen.week[-2:].lstrip('0')} de {frozen.week[:4]}, {weekday(frozen.monday)}"),
        "situation": _freshness(frozen),
        "synthetique": frozen.is_synthetic,
        "alertes": _warnings(frozen),
        "valeur": [shorten(sentence, SAID) for sentence in head(frozen)],
        "chiffres": _key_figures(frozen),
        "urgences": _urgencies(frozen),
        "tables": [_table(frozen, "derive"), _table(frozen, "decrochage")],
        "vide": _empty(frozen),
        "raisons": _bars(reason_frequency(frozen)[:REASONS]),
        "ecartes": _bars(causes(frozen)),
        "baremes": [_points_table(table) for table in frozen.tables],
        "conseil": typeset(_ADVICE),
        "reference": f"{shorten(list_id(frozen), 46)} · {fingerprint(frozen)[:12]}",
    }  # fmt: skip


def _freshness(frozen: FrozenList) -> str:
    days = age_days(frozen)
    since = {0: "le jour même", 1: "la veille"}.get(days, f"{counted(days, 'jour')} avant")
    return typeset(f"Situation au {day(frozen.as_of)} ; dernière livraison le {day(frozen.last_delivery)} ({since})")


def _warnings(frozen: FrozenList) -> list[str]:
    said = warnings(frozen)
    shown = [typeset(shorten(text, 230)) for text in said[:WARNINGS]]
    return shown + ([typeset(f"… et {counted(len(said) - WARNINGS, 'autre')} dans le classeur")] if len(said) > WARNINGS else [])


def _key_figures(frozen: FrozenList) -> list[dict[str, str]]:
    new, kept = (sum(changes(frozen)[tab][i] for tab in WORKED) for i in (0, 1))
    figures = {
        "Urgences": len(frozen.tab("urgence")),
        "Nouveaux": new,
        "Maintenus": kept,
        "Sortis": len(frozen.departures),
        "À contacter": in_all(frozen, "a_contacter"),
        "Écartés avec cause": in_all(frozen, "ecarte"),
        "Ne peut pas dire": in_all(frozen, "ne_peut_pas_dire"),
        "Capacité de la semaine": frozen.capacity,
        "Au-delà de la capacité": sum(frozen.counts.get(key, 0) for key in ("coupe_derive", "coupe_decrochage")),
    }
    return [{"nom": typeset(name), "valeur": integer(value)} for name, value in figures.items()]


def _urgencies(frozen: FrozenList) -> dict[str, Any]:
    rows = frozen.tab("urgence")
    left = len(rows) - URGENCIES
    return {
        "lignes": [[shorten(row.lease_id, 16), _hurried(row, typeset(shorten(row.why or "", 150)))] for row in rows[:URGENCIES]],
        "suite": typeset(f"… et {counted(left, 'autre')} dans le classeur") if left > 0 else "",
    }


def _table(frozen: FrozenList, tab: Tab) -> dict[str, Any]:
    rows = frozen.tab(tab)
    room = ROWS_UNDER_A_HEAD if frozen.statements or frozen.track else ROWS
    shared = _shared(rows[:room])
    new, _ = changes(frozen)[tab]
    left = len(rows) - room
    return {
        "titre": typeset(TABS[tab] + (", par une règle simple" if is_ruled(frozen, tab) else "")),
        "total": _tally(len(rows), new),
        "lignes": [_line(frozen, row, shared) for row in rows[:room]],
        "suite": typeset(f"… et {counted(left, 'autre')} dans le classeur") if left > 0 else "",
    }


def _line(frozen: FrozenList, row: Row, shared: set[str]) -> list[str]:
    exchange = phrases.last_exchange(row, frozen.as_of)
    return [
        str(row.position),
        shorten(row.lease_id, 16),
        f"n° {row.previous_position}".replace(" ", "\u00a0") if row.previous_position else row.change,
        _money(row, "net_term_cents"),
        _money(row, "current_cents"),
        _terms(row),
        exchange if isinstance(exchange, str) else day(exchange),
        _hurried(row, _telling(row, shared)),
    ]


def _hurried(row: Row, said: str) -> str:
    """What is said of a row, after how long nobody has decided about it."""
    waiting = phrases.silence(row)
    return f"{waiting[:1].upper()}{waiting[1:]}. {said}" if waiting else said


def _money(row: Row, name: str) -> str:
    cents = fact(row, name)
    return UNKNOWN if cents is None else euros(int(cents))


def _terms(row: Row) -> str:
    terms = fact(row, "current_terms")
    return UNKNOWN if terms is None else decimal(terms)


def _shared(rows: list[Row]) -> set[str]:
    """Reasons that more than half of the rows give in the same words: they say little of any one household."""
    said = Counter(reason.text for row in rows for reason in own_reasons(row))
    return {text for text, number in said.items() if 2 * number > len(rows) > 1}


def _telling(row: Row, shared: set[str]) -> str:
    """The heaviest reasons that tell this household from the others of its table, without what other columns show.

    Points are not printed, and a reason that lowers a score is not one to call for.
    """
    own = [reason for reason in own_reasons(row) if reason.points > 0]
    told = [reason for reason in own if reason.input not in IN_COLUMNS] or own
    first = sorted(told, key=lambda reason: (reason.text in shared, -reason.points))[:TOLD]
    said = [shorten(_SAID_BESIDE.sub("", reason.text), 75) for reason in first] or [shorten(_own_facts(row), 90)]
    joined = " ; ".join(text if place == 0 else text[:1].lower() + text[1:] for place, text in enumerate(said))
    return _FIGURE.sub(NO_BREAK, typeset(joined))


def _own_facts(row: Row) -> str:
    """What a rule saw, without the rule's name, which the table's title says; else how the account stands."""
    return _RULE.sub("", row.why) if row.why else phrases.standing(row)[0].partition(" ; ")[0]


def _empty(frozen: FrozenList) -> str:
    """A kind word when there is nothing to review."""
    if any(row.tab in WORKED for row in frozen.rows):
        return ""
    said = "Rien à examiner cette semaine : ni urgence, ni dérive, ni décrochage dans l'unité. C'est une bonne nouvelle"
    more = ", et peut-être le moment de joindre les ménages de l'onglet « À contacter »." if frozen.tab("a_contacter") else "."
    return typeset(said + more)


def _tally(total: int, new: int) -> str:
    said = "tous nouveaux" if new == total > 1 else f"dont {counted(new, 'nouveau', 'nouveaux')}" if new else ""
    return ", ".join(part for part in (counted(total, "ménage"), said) if part) if total else ""


def _bars(counts: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Bars with their share of the longest. Those left out are not added up: a household may be in several."""
    longest = max((number for _, number in counts), default=1)
    return [
        {"nom": shorten(name[0].upper() + name[1:], 60), "valeur": number, "part": 100 * number / longest}
        for name, number in counts
    ]


def _points_table(table: dict[str, str]) -> str:
    name = table.get("title", table["name"])
    return typeset(f"{name}, version {table['version']} ({table['hash'][:12]})")
