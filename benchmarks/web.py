"""`python -m benchmarks.web [--on 2026-11-22] [--seconds 15]`: the review application under twenty users, written to `web.md`.

A register of 200 agencies and 50,000 rows on SQLite, then on PostgreSQL; the real server on loopback; lists and households read
without a pause, then with a second between two pages; beside it a bare FastAPI page of the same bytes. Files go to VIGIE_BENCH.
"""

import argparse
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path

from benchmarks.measure import measure
from benchmarks.web_load import PAGES, Visit, get, load, walk
from benchmarks.web_register import USERS, Visitor, fill
from benchmarks.web_report import Run, results
from benchmarks.web_servers import Server, application, bare, register
from riskmodel.web.security import SESSION_COOKIE

HOMES = 5_000
"""Households of the landlord whose one agency gives the rows that are copied."""
THINKS = (0.0, 1.0)
Walks = Sequence[tuple[str, Iterator[Visit]]]


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description="Mesure l'application sous vingt personnes.")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="jour de la mesure ; à défaut ce jour")
    parser.add_argument("--seconds", type=float, default=15, help="durée de chaque charge ; à défaut 15")
    said = parser.parse_args()
    folder = Path(os.environ.get("VIGIE_BENCH", "var/bench")).resolve() / "web"
    before = os.getloadavg()[0]
    landlord = _landlord(folder / str(HOMES))
    runs = [run for database in ("SQLite", "PostgreSQL") for run in _measured(folder, landlord, database, said.seconds)]
    runs += _bare(folder, said.seconds)
    page = Path(__file__).parent / "web.md"
    page.write_text(results(runs, said.on, before), encoding="utf-8")
    print(f"Résultats : {page}")
    shutil.rmtree(folder)


def _landlord(folder: Path) -> Path:
    """An invented landlord whose lists were frozen by the product's own code."""
    for stage in ("draw", "receive_full", "receive_night", "build_lists"):
        measure(stage, folder)
    return folder


def _measured(folder: Path, landlord: Path, database: str, seconds: float) -> Iterator[Run]:
    with register(folder, database) as url:
        visitors = fill(f"sqlite:///{landlord / 'home' / 'register.db'}", url, datetime.now(UTC))
        with application(landlord, url) as server:
            _keep_pages(folder / "pages", server, visitors[0])
            yield from _loaded(database, server, [(one.cookie, walk(one, n)) for n, one in enumerate(visitors)], seconds)


def _bare(folder: Path, seconds: float) -> Iterator[Run]:
    with bare(folder / "pages") as server:
        yield from _loaded("", server, [("", ((kind, f"/{kind}") for kind in cycle(PAGES))) for _ in range(USERS)], seconds)


def _loaded(database: str, server: Server, walks: Walks, seconds: float) -> Iterator[Run]:
    """Each load in turn, after one that nobody counts: templates are compiled and connections opened once."""
    load(server.port, SESSION_COOKIE, walks, 3, 0.0)
    for think in THINKS:
        busy, started = server.cpu_seconds(), time.perf_counter()
        waited = load(server.port, SESSION_COOKIE, walks, seconds, think)
        run = Run(database, think, waited, time.perf_counter() - started, server.cpu_seconds() - busy)
        print(run.line(), flush=True)
        yield run


def _keep_pages(folder: Path, server: Server, visitor: Visitor) -> None:
    """One page of each kind, for the server that only gives them back."""
    folder.mkdir(exist_ok=True)
    for kind, address in (("list", visitor.address), ("household", f"{visitor.address}/{visitor.leases[0]}")):
        (folder / f"{kind}.html").write_bytes(get(server.port, SESSION_COOKIE, visitor.cookie, address))


if __name__ == "__main__":
    main()
