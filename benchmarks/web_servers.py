"""What is measured, in processes of their own: the application as `riskmodel web serve` starts it, and a server of bare pages."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests import postgres

WORKERS = 2
READY_WITHIN = 180.0
SERVE = ("-c", "from riskmodel.cli import main; main()", "web", "serve")
SERVE_BARE = ("-m", "uvicorn", "benchmarks.web_bare:application", "--factory", "--no-access-log", "--log-level", "warning")
LASTING = ("shared_buffers=256MB",)
"""PostgreSQL as it comes: a commit lasts. Only its memory is that of a small server."""


@dataclass(frozen=True)
class Server:
    """A server that answers on a loopback port."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Seconds of processor that its processes have used, read from the system."""
        stats = (path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split() for path in _stats(self.pid))
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def register(folder: Path, database: str) -> Iterator[str]:
    """The URL of a database of one's own: a SQLite file, or a PostgreSQL server that keeps what it commits."""
    if database == "SQLite":
        yield f"sqlite:///{folder / 'register.db'}"
        return
    with postgres.running(LASTING) as server:
        yield server.create("vigie")


@contextmanager
def application(landlord: Path, url: str) -> Iterator[Server]:
    """The review application on the register at `url`."""
    places = {"VIGIE_HOME": landlord / "home", "VIGIE_LANDLORDS": landlord / "bailleurs", "VIGIE_REGISTER_URL": url}
    with _serving(SERVE, {name: str(place) for name, place in places.items()}) as server:
        yield server


@contextmanager
def bare(pages: Path) -> Iterator[Server]:
    """A FastAPI application that gives back the files of a folder, held in memory."""
    with _serving(SERVE_BARE, {"VIGIE_BENCH_PAGES": str(pages)}) as server:
        yield server


@contextmanager
def _serving(command: tuple[str, ...], environ: Mapping[str, str]) -> Iterator[Server]:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port = int(candidate.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, *command, "--workers", str(WORKERS), "--port", str(port)], env={**os.environ, **environ}
    )
    try:
        _until_ready(process, port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    limit = time.monotonic() + READY_WITHIN
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > limit:
            raise RuntimeError(f"The server is not ready after {READY_WITHIN:.0f} s (code {process.returncode}).")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sante")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stats(pid: int) -> Iterator[Path]:
    """A process and those it started."""
    yield Path(f"/proc/{pid}/stat")
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        yield from _stats(int(child))
