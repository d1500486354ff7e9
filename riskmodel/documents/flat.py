"""liste.csv: every row of every tab, facts without scores, in the form French Excel opens by a double click.

UTF-8 with its mark, semicolons, decimal commas, dates as 18/10/2026, CRLF.
"""

import csv
from io import StringIO

from riskmodel.documents import cells, record
from riskmodel.documents.cells import safe
from riskmodel.documents.columns import FLAT
from riskmodel.documents.french import day, typeset
from riskmodel.weekly.frozen import TABS, Departure, FrozenList

LIST_COLUMNS = ("bailleur", "unite", "semaine", "situation_au", "nature")
LEFT = "Sortis de la liste"
HEAD = "En tête de liste"


def flat(frozen: FrozenList) -> bytes:
    """The CSV's bytes: first what heads the list, one sentence a line under `pourquoi`; departures come last, with the tab they
    left in `evolution`."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*LIST_COLUMNS, *(column.key for column in FLAT)])
    nature = "Données synthétiques" if frozen.is_synthetic else ""
    who = (frozen.landlord_id, frozen.management_unit, frozen.week)
    head = [*(safe(text) for text in who), day(frozen.as_of), nature]
    writer.writerows(head + _sentence(text) for text in record.head(frozen))
    for tab in TABS:
        writer.writerows(head + [cells.flat(column.value(row, frozen.as_of)) for column in FLAT] for row in frozen.tab(tab))
    writer.writerows(head + _departed(left) for left in frozen.departures)
    return out.getvalue().encode("utf-8-sig")


def _sentence(text: str) -> list[str]:
    said = {"onglet": HEAD, "pourquoi": safe(text)}
    return [said.get(column.key or "", "") for column in FLAT]


def _departed(left: Departure) -> list[str]:
    """Why it left may quote a score in lists of before: that stays in the workbook."""
    known = {
        "onglet": LEFT,
        "bail": safe(left.lease_id),
        "evolution": typeset(f"sorti de « {TABS[left.tab]} » (n° {left.position})"),
    }
    return [known.get(column.key or "", "") for column in FLAT]
