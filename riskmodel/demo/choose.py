"""Which leases of a big extract make a small, telling demo: everything remarkable, and a plain sample of the rest."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from riskmodel.demo import erp

AGENCIES = ("02", "05", "06")
RECENT = timedelta(days=120)
ONE_IN = 10
"""Share of the unremarkable leases that are kept, drawn by a checksum of the account number so that it never varies."""

REMARKABLE: dict[str, Callable[[erp.Row, date], bool]] = {
    "CONTRAT.TXT": lambda row, night: (
        erp.day(row["DT_SORTIE"]) > night
        or erp.day(row["DT_ENTREE"]) > night - RECENT
        or (bool(row["DT_RESIL"]) and not row["DT_SORTIE"])
    ),
    "AIDELOG.TXT": lambda row, night: row["ETAT"] != "O" and erp.day(row["DT_INFO"]) > night - RECENT,
    "ACTIONS.TXT": lambda row, night: row["CD_RESULT"] in {"11", "12"} and erp.day(row["DT_ACTION"]) > night - RECENT,
    "PLANAP.TXT": lambda row, night: row["CD_CADRE"] in {"J", "P"} and (not row["DT_FIN"] or erp.day(row["DT_FIN"]) > night),
    "CONTENTX.TXT": lambda row, night: erp.day(row["DT_AUDIENCE"]) >= night,
    "PERSONNE.TXT": lambda row, night: (
        not row["DT_DEPART"] and (bool(row["DT_OPPOSITION"]) or erp.day(row["DT_DECES"]) > night - RECENT)
    ),
}
"""Households entering, leaving or terminated, benefit stopped, mail returned, judge's time or social cohesion protocol,
hearing ahead, objection, death: what a plain sample of some hundred leases would miss."""


def leases(folder: Path, night: date) -> set[str]:
    """Account numbers of the demo, chosen in the extract standing in `folder` as seen from its first night."""
    candidates = _accounts_of(
        folder, {row[erp.DWELLING] for row in erp.rows(folder, erp.DWELLINGS) if row["CD_AGENCE"] in AGENCIES}
    )
    sampled = {account for account in candidates if crc32(account.encode()) % ONE_IN == 0}
    return sampled | (candidates & _remarkable(folder, night))


def _accounts_of(folder: Path, dwellings: set[str]) -> set[str]:
    return {row[erp.LEASE] for row in erp.rows(folder, erp.LEASES) if row[erp.DWELLING] in dwellings}


def _remarkable(folder: Path, night: date) -> set[str]:
    gone = {row[erp.LEASE] for row in erp.rows(folder, erp.LEASES) if date.min < erp.day(row["DT_SORTIE"]) <= night}
    return _matching(folder, (file for file in erp.FILES if file.name in REMARKABLE), night) - gone


def _matching(folder: Path, files: Iterable[erp.File], night: date) -> set[str]:
    return {row[erp.LEASE] for file in files for row in erp.rows(folder, file) if REMARKABLE[file.name](row, night)}
