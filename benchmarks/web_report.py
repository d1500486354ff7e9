"""The page of the web application's figures: machine, latencies by page, load and database, and whether the target is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from benchmarks.report import machine, table
from benchmarks.web_load import HOUSEHOLDS_A_LIST, Latencies
from benchmarks.web_register import AGENCIES, ROWS, USERS
from benchmarks.web_servers import WORKERS

TARGET_MS = 150
BARE = "bare page, same bytes"


@dataclass(frozen=True)
class Run:
    """One load on one server; `database` is empty for the bare pages."""

    database: str
    think: float
    waited: Latencies
    seconds: float
    cpu_seconds: float

    @property
    def pages(self) -> int:
        """Pages that were read."""
        return sum(map(len, self.waited.values()))

    @property
    def is_met(self) -> bool:
        """Whether 95 % of the pages of every kind came within the target."""
        return all(rank(some, 95) < TARGET_MS for some in self.waited.values())

    def line(self) -> str:
        """The run in a line, as it comes."""
        told = ", ".join(f"{kind} p50 {rank(some, 50):.0f} p95 {rank(some, 95):.0f} ms" for kind, some in self.waited.items())
        return f"{self.database or BARE:<22} {self.think:.0f} s: {told}, {self.pages / self.seconds:.0f} pages/s"


def results(runs: Sequence[Run], on: date, before: float) -> str:
    """The whole page in Markdown; `before` is the load average before the first stage: how much else the machine was doing."""
    head = (
        f"# The review application under {USERS} users, {on.isoformat()}\n\n"
        f"Written by `python -m benchmarks.web`; synthetic data: {AGENCIES} agencies, {AGENCIES * ROWS:,} rows, each with its "
        f"household's file. {machine()}, fastapi {version('fastapi')}, sqlalchemy {version('sqlalchemy')}. "
        f"Load average before the first stage: {before:.1f}; above 0.5, other work shared the machine: trust processor time.\n"
    )
    columns = ("server", "pause", "page", "read", "p50 ms", "p95 ms", "max ms", f"p95 under {TARGET_MS} ms")
    lines = [line for run in runs for line in _lines(run)]
    return "\n".join([head, _verdict(runs, before), table("## What people wait for", columns, lines), _work(runs), NOTES])


def rank(milliseconds: Sequence[float], percent: int) -> float:
    """The value that `percent` of the pages do not exceed."""
    ordered = sorted(milliseconds)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _verdict(runs: Sequence[Run], before: float) -> str:
    """Whether people who pause wait for less than the target; on a shared machine, a miss says nothing of a quiet one."""
    paused = [run for run in runs if run.database and run.think]
    told = [f"{run.database} {'met' if run.is_met else '**not met**'}" for run in paused]
    doubt = f" The load average was {before:.0f} before it began: to be measured again on a quiet machine." if before > 1 else ""
    return f"Target, 95 % of the pages under {TARGET_MS} ms with a pause of 1 s: {', '.join(told)}.{doubt}\n"


def _lines(run: Run) -> list[tuple[str, ...]]:
    return [
        (
            run.database or BARE,
            f"{run.think:.0f} s" if run.think else "none",
            kind,
            f"{len(some):,}",
            *(f"{rank(some, percent):.0f}" for percent in (50, 95, 100)),
            "yes" if rank(some, 95) < TARGET_MS else "**no**",
        )
        for kind, some in run.waited.items()
    ]


def _work(runs: Sequence[Run]) -> str:
    rows = [
        (run.database or BARE, f"{run.pages / run.seconds:.0f}", f"{1000 * run.cpu_seconds / run.pages:.1f}")
        for run in runs
        if not run.think
    ]
    return table("## What a page costs, without a pause", ("server", "pages a second", "processor ms a page"), rows)


NOTES = f"""## How to read this

* Twenty people, each of an agency of their own, with a session and a connection, read one list and {HOUSEHOLDS_A_LIST} households
  of it, over and over. A pause of 1 s is half a second to one and a half between two pages: faster than anybody reads. Without a
  pause, everybody asks for the next page at once: what the machine can give, and how long one queues when it gives all it has.
* The server is what `riskmodel web serve --workers {WORKERS}` starts; whoever asks runs on the same cores. Every household that
  is opened is a line of the chained access log and a reading of the review: two transactions that write.
* Processor time is that of the web server's processes; PostgreSQL's own is not in it.
* The bare page is a FastAPI route that returns the bytes of one such page from memory: no session, log, database or template.
  The difference is what the application does.
* PostgreSQL runs beside it on the same machine, reached by a Unix socket, with its default settings: a commit waits for the disk.
  SQLite keeps its register in WAL mode: a commit outlives the process, and a power cut may take the last ones.
"""
