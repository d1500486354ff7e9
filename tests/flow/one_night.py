"""One night and its Monday, whole or killed at a chosen point, and everything that people can see of it afterwards."""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import select

from riskmodel.contracts import TABLES
from riskmodel.lake import connect
from riskmodel.register import DeliveryRow, ListRow, WeeklyList, draws, open_register, track
from riskmodel.register.models import LegalSituation
from riskmodel.settings import Settings, load
from riskmodel.steps import night
from riskmodel.steps.source import source
from tests.flow import tiny

STEPS: dict[str, Callable[[Settings], Any]] = {
    "receive": lambda settings: night.receive_deliveries(settings, "essai", tiny.SUNDAY),
    "features": lambda settings: night.build_features(settings, "essai", tiny.SUNDAY),
    "score": lambda settings: night.score_leases(settings, "essai", tiny.SUNDAY),
    "deadlines": lambda settings: night.read_deadlines(settings, "essai", tiny.SUNDAY),
    "track": lambda settings: night.mature_lists(settings, "essai", tiny.MONDAY),
    "weekly_list": lambda settings: night.build_lists(settings, "essai", tiny.MONDAY),
}
Where = tuple[str, ...]
"""Beginnings of the names of the modules whose calls are counted."""


def play(settings: Settings) -> None:
    """The whole night, then Monday's list."""
    for step in STEPS.values():
        step(settings)


def killed_after(settings: Settings, last: str) -> None:
    """Play until step `last` has ended, in another process that then dies of SIGKILL."""
    _die(settings, last, None, ())


def killed_inside(settings: Settings, step: str, calls: int, where: Where = ("riskmodel.",)) -> None:
    """Play until the process has made `calls` calls inside `step` to functions of the modules `where`; SIGKILL ends it."""
    _die(settings, step, calls, where)


def calls_made(settings: Settings, *, steps: Iterable[str] = STEPS, where: Where = ("riskmodel.",)) -> dict[str, int]:
    """Play these steps, and count the calls that each makes to functions of the modules `where`."""
    return {name: _counted(STEPS[name], settings, where, None) for name in steps}


def seen(settings: Settings) -> dict[str, Any]:
    """All that anybody can see: files byte for byte, list rows, draws, track record, deliveries and the lake's visible rows."""
    files = [path for folder in (settings.runs, settings.outputs) for path in folder.rglob("*") if _is_shown(path, settings)]
    return {
        "files": {str(path.relative_to(settings.home)): _content(path) for path in files},
        "register": _register(settings),
        "lake": _lake(settings),
    }


def _is_shown(path: Path, settings: Settings) -> bool:
    """A hidden folder is where a killed measure was working: nothing reads it again."""
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(settings.home).parts)


def _content(path: Path) -> bytes | list[dict[str, Any]]:
    """Bytes; of a measured day the rows, for its file also says which versions of the lake it was measured from, and a killed
    delivery leaves numbers that the next one skips."""
    return pq.read_table(path).to_pylist() if "histoire" in path.parts else path.read_bytes()


def _register(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    rows = select(WeeklyList.week, WeeklyList.management_unit, ListRow.tab, ListRow.position, ListRow.lease_id, ListRow.change)
    lists = rows.join(ListRow.weekly_list).add_columns(ListRow.facts, ListRow.reasons).order_by(*rows.selected_columns)
    frozen = select(WeeklyList.management_unit, WeeklyList.evidence).order_by(WeeklyList.management_unit)
    judged = select(DeliveryRow.as_of, DeliveryRow.status, DeliveryRow.ordinal, DeliveryRow.summary).order_by(DeliveryRow.as_of)
    told = select(LegalSituation.lease_id, LegalSituation.constitution, LegalSituation.rights).order_by(LegalSituation.lease_id)
    with open_register(settings.register_url).begin() as session:
        asked = {"rows": lists, "lists": frozen, "deliveries": judged, "law": told}
        found = {name: [tuple(row) for row in session.execute(question)] for name, question in asked.items()}
        kept = {"track": track.read(session, "essai"), "draws": draws.read(session, "essai")}
        return found | {name: [tuple(row.values()) for row in rows] for name, rows in kept.items()}


def _lake(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    pinned, _ = source(settings, "essai")
    with connect(pinned, tiny.SUNDAY, tables=list(TABLES)) as con:
        return {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TABLES}


def _die(settings: Settings, step: str, calls: int | None, where: Where) -> None:
    """In a child made from a clean server process: nothing of this one's threads or open files is shared."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    child = context.Process(target=_play_and_die, args=(str(settings.home), step, calls, where))
    child.start()
    child.join(120)
    code, _ = child.exitcode, child.close()
    if code != -signal.SIGKILL:
        raise AssertionError(f"the process was to be killed inside or after {step}, it ended with {code}")


def _play_and_die(home: str, last: str, calls: int | None, where: Where) -> None:
    settings = load({"VIGIE_HOME": home})
    for name, work in STEPS.items():
        if name == last and calls is not None:
            _counted(work, settings, where, calls)
            os._exit(3)
        work(settings)
        if name == last:
            os.kill(os.getpid(), signal.SIGKILL)


def _counted(work: Callable[[Settings], Any], settings: Settings, where: Where, deadly: int | None) -> int:
    made = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        if event == "call" and frame.f_globals.get("__name__", "").startswith(where):
            made += 1
            if made == deadly:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        work(settings)
    finally:
        sys.setprofile(None)
    return made
