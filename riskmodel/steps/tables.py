"""Points tables from proposal to approval: fitted on the landlord's past, replayed on its last year, approved by a person or not.

Nothing here promotes a table: without a person's approval the one in force goes on.
"""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd

from riskmodel import fit, outcomes, register
from riskmodel.errors import TableFileError, TooLittleHistory
from riskmodel.register import decisions, lists, tables
from riskmodel.register.tables import KeptTable
from riskmodel.score import parse
from riskmodel.settings import Landlord, Settings, landlord
from riskmodel.steps import replay_page
from riskmodel.steps.accounts import account
from riskmodel.steps.approved import in_force, read
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.replay import replay as replayed
from riskmodel.steps.source import source
from riskmodel.steps.track import LEDGER_BEFORE, Progress, ledger_from

STATUSES = {tables.PROPOSED: "en attente", tables.APPROVED: "approuvée", tables.WITHDRAWN: "retirée"}
SHORT = "moins de six mois de comptes avant le premier dimanche : rien à apprendre, la table en place continue."
DAYS = 24
"""As-of days that a table is fitted on, four weeks apart: close to two years, each calendar month at least once."""
NOTE = range(10, 241)
"""Length in characters of the sentence that goes with an approval."""


@dataclass(frozen=True)
class Proposed:
    """What came of proposing one score's table: its version where there is one, and French sentences for whoever approves."""

    name: str
    version: str | None
    sentences: tuple[str, ...]


def propose(
    settings: Settings, landlord_id: str, as_of: date | None = None, *, progress: Progress | None = None
) -> list[Proposed]:
    """Fit a candidate for each score on what is known (by `as_of`, when given) and keep it in the register, waiting for a person.

    Where there is too little history nothing is proposed, and the sentence says that the table in force goes on. Raises
    NothingKnown before any delivery.
    """
    known, last_delivery = source(settings, landlord_id, as_of)
    oldest = ledger_from(known, last_delivery) + LEDGER_BEFORE
    days = [day for day in outcomes.sundays(last_delivery, DAYS) if day >= oldest]
    folder = settings.runs / landlord_id / "histoire" / last_delivery.isoformat()
    if not days:
        return [Proposed(name, None, (f"{name} : {SHORT}",)) for name in outcomes.SCORES]
    panel = outcomes.panel(known, days, last_delivery, folder, progress)
    with register.open_register(settings.register_url)() as session:
        treated = decisions.treated(session, landlord_id)
    origin = {"landlord_id": landlord_id, "lake": sha256(json.dumps(known.pins, sort_keys=True).encode()).hexdigest()}
    fitted = Fitting(landlord_on(settings, landlord_id, last_delivery), panel, last_delivery, treated, origin)
    return [_propose(settings, fitted, name) for name in outcomes.SCORES]


@dataclass(frozen=True)
class Fitting:
    """What both scores' tables are fitted on: the panel and whom it is about, who was helped, and where the rows come from."""

    landlord: Landlord
    panel: pd.DataFrame
    last_delivery: date
    treated: pd.DataFrame
    origin: dict[str, str]

    @property
    def capacity(self) -> int:
        """Rows that all teams can review in a week."""
        units = self.panel.loc[self.panel["as_of"] == self.panel["as_of"].max(), "management_unit"].unique()
        return sum(self.landlord.rows_a_week(unit) for unit in units)


def replay(settings: Settings, landlord_id: str, version: str, *, progress: Progress | None = None) -> dict[str, Any]:
    """Replay a proposal beside the table in force over the past year, keep the result with the proposal, and give it back.

    `version` is written as `riskmodel tables list` shows it, « derive-2026-10-31 ». Raises TableFileError when there is none.
    """
    kept = found(settings, landlord_id, version)
    result = replayed(settings, landlord_id, read(kept), kept.proposed_on, progress=progress)
    with register.open_register(settings.register_url).begin() as session:
        tables.keep_replay(session, landlord_id, kept.name, kept.version, result)
    return result | {"page": str(replay_page.write(settings, landlord(settings, landlord_id), result))}


def approve(settings: Settings, landlord_id: str, version: str, by: str, note: str, on: date) -> str | None:
    """Put a replayed proposal in force from `on`; the version it replaces, or None when that was the hand-set table.

    Raises TableFileError when the proposal is unknown, already judged, not replayed, or no longer the text that was replayed, or
    when a list was already frozen for `on`; DecisionRefused when `by` is no account.
    """
    account(by)
    kept = found(settings, landlord_id, version)
    _may_be_approved(settings, landlord_id, kept, version, note, on)
    read(kept)
    with register.open_register(settings.register_url).begin() as session:
        former = tables.in_force(session, landlord_id, kept.name, on)
        tables.approve(session, landlord_id, kept.name, kept.version, by, on, note.strip())
    return former.version if former else None


def withdraw(settings: Settings, landlord_id: str, version: str, by: str, on: date) -> None:
    """Take a table out of force from `on`, or a proposal out of the waiting ones; the hand-set table serves again."""
    account(by)
    kept = found(settings, landlord_id, version)
    if kept.status == tables.WITHDRAWN:
        raise TableFileError(f"{version} : déjà retirée le {kept.withdrawn_on}.")
    _not_behind_a_list(settings, landlord_id, version, on)
    with register.open_register(settings.register_url).begin() as session:
        tables.withdraw(session, landlord_id, kept.name, kept.version, on)


def found(settings: Settings, landlord_id: str, version: str) -> KeptTable:
    """The table that a person names « derive-2026-10-31 »; raises TableFileError listing those there are."""
    name, _, own = version.partition("-")
    with register.open_register(settings.register_url)() as session:
        kept = tables.find(session, landlord_id, name, own)
        known = [f"{table.name}-{table.version}" for table in tables.all_of(session, landlord_id)]
    if kept is None:
        there = f"Tables connues : {', '.join(known)}." if known else "Lancez d'abord « riskmodel tables propose »."
        raise TableFileError(f"{landlord_id}, {version} : aucune table de ce nom au registre. {there}")
    return kept


def _propose(settings: Settings, given: Fitting, name: outcomes.Score) -> Proposed:
    landlord_id, version = given.landlord.landlord_id, given.last_delivery.isoformat()
    try:
        made = fit.propose(given.panel, name, given.capacity, version, treated=given.treated, origin=given.origin)
    except TooLittleHistory as fault:
        return Proposed(name, None, (f"{name} : {fault}",))
    digest = parse(made.toml).digest
    with register.open_register(settings.register_url).begin() as session:
        is_new = tables.propose(session, landlord_id, name, version, digest, made.toml, given.last_delivery)
    what = "proposée" if is_new else "déjà au registre, inchangée"
    return Proposed(name, version, (f"{name}-{version} : {what}. À rejouer, puis à approuver ou non.", *made.notes))


def _may_be_approved(settings: Settings, landlord_id: str, kept: KeptTable, version: str, note: str, on: date) -> None:
    if kept.status != tables.PROPOSED:
        raise TableFileError(f"{version} : déjà jugée ({STATUSES[kept.status]}). Seule une table en attente peut être approuvée.")
    if kept.replay is None or kept.replay["digest"] != kept.digest:
        raise TableFileError(
            f"{version} : pas encore rejouée sur l'année passée. Lancez « riskmodel tables replay {landlord_id} {version} », "
            "lisez ce qu'elle changerait, puis approuvez."
        )
    if kept.replay["against_digest"] != in_force(settings, landlord_id, on)[kept.name].digest:
        raise TableFileError(
            f"{version} : rejouée contre une table qui n'est plus celle en place. Relancez « riskmodel tables replay "
            f"{landlord_id} {version} »."
        )
    if len(note.strip()) not in NOTE or "\n" in note.strip():
        raise TableFileError(f"{version} : « --note » attend une phrase de {NOTE[0]} à {NOTE[-1]} caractères, sur une ligne.")
    if on < kept.proposed_on:
        raise TableFileError(
            f"{version} : approuvée le {on.isoformat()}, avant d'être proposée ({kept.proposed_on.isoformat()})."
        )
    _not_behind_a_list(settings, landlord_id, version, on)


def _not_behind_a_list(settings: Settings, landlord_id: str, version: str, on: date) -> None:
    """What served a frozen list cannot be changed afterwards."""
    with register.open_register(settings.register_url)() as session:
        frozen = lists.days(session, landlord_id, date.max)
    if frozen and on <= frozen[-1]:
        raise TableFileError(
            f"{version} : une liste au {frozen[-1].isoformat()} est déjà figée. Donnez un jour postérieur à cette liste."
        )
