"""`make demo`: several nights and Mondays of the demo landlord through the real DAGs, then weeks of its orientations, and where
to look."""

import os
import shutil
import sys
import time
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dags.local import in_process
from riskmodel import REPOSITORY, demo, settings
from riskmodel.demo.inbox import LANDLORD
from riskmodel.steps import coverage, indicators, weekly_list
from riskmodel.steps.calendar import PARIS, as_of_night, day_before, monday_of
from riskmodel.steps.year import live
from riskmodel.steps.year.witness import Believer

HOME = REPOSITORY / "var" / "demo"
LIVED_ON = timedelta(days=19)
"""How long orientations go on after the last night: households answer, contracts are signed, some things are late."""
Rhythm = tuple[str, datetime]


def main() -> int:
    """Replay the demo; 0 when every run ended well."""
    _only_the_demo(HOME)
    _start_anew(HOME)
    nights = demo.install(HOME)
    screen = _quiet(HOME / "airflow.log")
    screen.print("[bold]Vigie Bail[/], bailleur de démonstration. [yellow]Données synthétiques.[/]")
    screen.print(f"Journal d'Airflow : {_shown(HOME / 'airflow.log')}")
    with screen.status("Préparation d'Airflow (base SQLite, sans serveur)…"):
        in_process.prepare(HOME / "airflow")
        dags = in_process.bag().dags
    failed = _replay(list(_calendar(nights)), dags, screen)
    if not failed:
        _orientations(nights, screen)
        _indicators(nights[-1], screen)
    _what_page_one_says(screen)
    _where_to_look(screen)
    return 1 if failed else 0


def _only_the_demo(home: Path) -> None:
    """Whatever installation the environment points at, the demo writes in its own folder only."""
    for name in ("VIGIE_REGISTER_URL", "VIGIE_LAKE", "VIGIE_LANDLORDS"):
        os.environ.pop(name, None)
    os.environ["VIGIE_HOME"] = str(home)


def _start_anew(home: Path) -> None:
    """Forget the last replay: another version may have read deliveries otherwise. The landlord's declaration is kept."""
    for left in home.glob("*"):
        if left.is_dir() and left.name != "bailleurs":
            shutil.rmtree(left)
        elif left.is_file():
            left.unlink()


def _quiet(log: Path) -> Console:
    """Send all that is printed here to `log`, and return a console on the terminal that was there before."""
    terminal = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    return Console(file=terminal, highlight=False, soft_wrap=True)


def _calendar(nights: list[date]) -> Iterator[Rhythm]:
    """The runs of these nights in order, each at its own hour; a night that ends on a Monday morning is followed by the list."""
    for night in nights:
        morning = night + timedelta(days=1)
        yield "nightly", datetime(morning.year, morning.month, morning.day, 2, tzinfo=PARIS)
        if morning.weekday() == 0:
            yield "weekly_list", datetime(morning.year, morning.month, morning.day, 5, 30, tzinfo=PARIS)


def _replay(rhythms: list[Rhythm], dags: Any, screen: Console) -> bool:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    failed = False
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("", total=len(rhythms))
        for dag_id, at in rhythms:
            progress.update(task, description=_title(dag_id, at))
            started = time.perf_counter()
            ended_well = in_process.run(dags[dag_id], at) == "success"
            screen.print(
                f"{'[green]✓[/]' if ended_well else '[red]✗[/]'} {_title(dag_id, at)} · {time.perf_counter() - started:.1f} s"
            )
            if not ended_well:
                failed = True
                _why(dag_id, at, screen)
            progress.advance(task)
    return failed


def _orientations(nights: list[date], screen: Console) -> None:
    """Invented partners, and what became of the first list; the newest is left to whoever opens the application."""
    mornings = [night + timedelta(days=1) for night in nights]
    mondays, last, started = [day for day in mornings if day.weekday() == 0], nights[-1] + LIVED_ON, time.perf_counter()
    with screen.status("Partenaires et orientations…"):
        live(settings.load(), LANDLORD, mondays[0], last, witness=Believer(), reviewed_until=day_before(mondays[-1]))
    screen.print(f"[green]✓[/] Partenaires et orientations jusqu'au {last:%d/%m/%Y} · {time.perf_counter() - started:.1f} s")


def _indicators(last_night: date, screen: Console) -> None:
    """Indicators of the month of the last night, as the first of the next month writes them."""
    started, end = time.perf_counter(), last_night.replace(day=monthrange(last_night.year, last_night.month)[1])
    with screen.status("Indicateurs…"):
        indicators.month(settings.load(), LANDLORD, end)
    screen.print(f"[green]✓[/] Indicateurs au {end:%d/%m/%Y} · {time.perf_counter() - started:.1f} s")


def _title(dag_id: str, at: datetime) -> str:
    if dag_id == "nightly":
        return f"Nuit du {at:%d/%m/%Y}, situation au soir du {as_of_night(at):%d/%m}"
    return f"Liste du lundi {at:%d/%m/%Y}"


def _why(dag_id: str, at: datetime, screen: Console) -> None:
    night = dag_id == "nightly"
    as_of = as_of_night(at) if night else day_before(monday_of(at))
    for standing in coverage.standings(settings.load(), as_of, coverage.NIGHT if night else coverage.MONDAY):
        screen.print(f"  {standing}", markup=False)


def _what_page_one_says(screen: Console) -> None:
    """What serves the last lists and what past ones were worth: nothing is served without it."""
    home = settings.load()
    for landlord_id in settings.landlord_ids(home):
        screen.print("\n[bold]En tête de chaque liste[/]")
        for sentence in weekly_list.newest_head(home, landlord_id):
            screen.print(f"  {sentence}", markup=False)


def _where_to_look(screen: Console) -> None:
    """The last Monday's files of every unit, and the last night's report."""
    outputs = settings.load().outputs
    screen.print("\n[bold]À ouvrir[/] (données synthétiques)")
    for week in sorted(outputs.glob("*/*-S*"))[-1:]:
        for unit in sorted(week.iterdir()):
            screen.print(f"  Agence {unit.name}, liste : [cyan]{_shown(unit / 'liste.xlsx')}[/]")
            screen.print(f"  Agence {unit.name}, synthèse : [cyan]{_shown(unit / 'synthese.pdf')}[/]")
    for report in sorted(outputs.glob("*/qualite/*/qualite.html"))[-1:]:
        screen.print(f"  Rapport de qualité : [cyan]{_shown(report)}[/]")
    for pack in sorted(outputs.glob("*/indicateurs/*/mois.pdf"))[-1:]:
        screen.print(f"  Indicateurs du mois : [cyan]{_shown(pack)}[/]")


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
