"""Who ended well: every step notes how it went, and a night or a Monday with a landlord missing says so.

A scheduler calls a run successful when its last task is; the journal kept here is what tells the truth about each landlord.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskmodel.errors import RunIncomplete, SettingsError, VigieError
from riskmodel.register import open_register
from riskmodel.register.runs import note, noted
from riskmodel.settings import Settings, landlord_ids

NIGHT = ("receive", "features", "score", "deadlines")
SIDE_BY_SIDE = ("score", "deadlines")
"""Steps that wait for the same one and not for each other: the law is read whatever becomes of scores."""
MONDAY = ("track", "weekly_list")
QUARTER = ("propose",)
Steps = tuple[str, ...]
Work = Callable[[Settings, str, date], Mapping[str, Any]]

STARTED, DONE, LATE, FAILED, NOT_REACHED = "started", "done", "late", "failed", "not_reached"
ENDED_WELL = (DONE, LATE)
WORDS = {
    DONE: "terminé",
    LATE: "sans la livraison du jour",
    STARTED: "interrompu avant la fin",
    FAILED: "arrêté",
    NOT_REACHED: "non atteint",
}


@dataclass(frozen=True)
class Standing:
    """How a step of a landlord's day stands; `fault` is the message of the error that stopped it."""

    landlord_id: str
    step: str
    status: str
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.landlord_id} · {self.step} : {WORDS[self.status]}" + (f". {self.fault}" if self.fault else "")


def declared(settings: Settings) -> list[str]:
    """The landlords of this run, with the register made ready once before all of them write in it.

    Raises SettingsError when nobody is declared: a run over nobody would look like a success.
    """
    found = landlord_ids(settings)
    if not found:
        raise SettingsError(
            f"{settings.landlords} : aucun bailleur déclaré. Déposez-y un fichier TOML (modèle : docs/exploitation.md)."
        )
    open_register(settings.register_url)
    return found


def recorded(settings: Settings, landlord_id: str, as_of: date, step: str, work: Work) -> dict[str, Any]:
    """Run one step of a landlord's day and note in the register that it started, then how it ended.

    Whatever stops the step is raised again. Of an error that is not ours only the class is noted: its text may quote data.
    """
    write = _journal(settings, landlord_id, as_of)
    write(step, STARTED, {})
    for later in _after(step):
        write(later, NOT_REACHED, {})
    try:
        summary = _plain(work(settings, landlord_id, as_of))
    except Exception as fault:
        write(step, FAILED, {"error": type(fault).__name__, "message": str(fault) if isinstance(fault, VigieError) else ""})
        raise
    write(step, LATE if _is_late(summary, as_of) else DONE, summary)
    return summary


def standings(settings: Settings, as_of: date, steps: Steps) -> list[Standing]:
    """How each step of each declared landlord stands."""
    with open_register(settings.register_url).begin() as session:
        journal = {key: (run.status, run.summary) for key, run in noted(session, as_of, steps).items()}
    pairs = [(landlord_id, step) for landlord_id in landlord_ids(settings) for step in steps]
    return [Standing(*pair, *_read(*journal.get(pair, (NOT_REACHED, {})))) for pair in pairs]


def is_complete(settings: Settings, landlord_id: str, as_of: date, steps: Steps) -> bool:
    """Whether every one of these steps ended well for this landlord."""
    return all(row.status in ENDED_WELL for row in standings(settings, as_of, steps) if row.landlord_id == landlord_id)


def close(settings: Settings, as_of: date, steps: Steps) -> dict[str, int]:
    """Count the landlords that ended well, and among them those whose delivery of the day is missing.

    Raises RunIncomplete, naming each landlord that did not end well, where it stopped and why, so that the run shows red.
    """
    table = standings(settings, as_of, steps)
    stopped: dict[str, Standing] = {}
    for row in table:
        if row.status not in ENDED_WELL:
            stopped.setdefault(row.landlord_id, row)
    landlords = {row.landlord_id for row in table}
    if stopped:
        raise RunIncomplete(_incomplete(as_of, list(stopped.values()), len(landlords)))
    return {"landlords": len(landlords), "late": sum(row.status == LATE for row in table)}


def _journal(settings: Settings, landlord_id: str, as_of: date) -> Callable[[str, str, Mapping[str, Any]], None]:
    sessions = open_register(settings.register_url)

    def write(step: str, status: str, summary: Mapping[str, Any]) -> None:
        with sessions.begin() as session:
            note(session, landlord_id, as_of, step, status, summary)

    return write


def _after(step: str) -> Steps:
    """Steps whose earlier outcome no longer counts once this one starts again."""
    if step in SIDE_BY_SIDE:
        return ()
    return next((steps[steps.index(step) + 1 :] for steps in (NIGHT, MONDAY) if step in steps), ())


def _read(status: str, summary: Mapping[str, Any]) -> tuple[str, str]:
    return status, summary.get("message") or summary.get("error") or ""


def _is_late(summary: Mapping[str, Any], as_of: date) -> bool:
    """Only the intake step tells the day of the newest accepted delivery."""
    return "last_accepted" in summary and (summary["last_accepted"] or "") < as_of.isoformat()


def _plain(summary: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in summary.items() if value is None or isinstance(value, int | str)}


def _incomplete(as_of: date, stopped: list[Standing], landlords: int) -> str:
    lines = "\n".join(f"  - {row}" for row in stopped)
    return (
        f"{as_of.isoformat()} : {len(stopped)} bailleur(s) sur {landlords} n'ont pas abouti ; "
        "les résultats des autres sont en place.\n"
        f"{lines}\nCorrigez la cause, puis relancez les tâches rouges de ces bailleurs et celle-ci (docs/exploitation.md)."
    )
