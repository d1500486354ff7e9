"""`make airflow`: Airflow's four components on this machine only, started one by one and ended one by one.

`airflow standalone` is not used: ended by a signal, it leaves the scheduler and the API server behind.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from rich.console import Console

from dags.local.home import environment
from riskmodel import REPOSITORY, demo

COMPONENTS: dict[str, list[str]] = {
    "api-server": [],
    "scheduler": ["--skip-serve-logs"],
    "dag-processor": [],
    "triggerer": ["--skip-serve-logs"],
}
"""Tasks' logs are read from the disk: the two servers of logs would listen on every network interface."""

READY_WITHIN, ENDED_WITHIN = 180.0, 30.0
DEMO = REPOSITORY / "var" / "demo"


class AirflowStopped(Exception):
    """Airflow could not be started, or one of its components ended by itself."""


@dataclass(frozen=True)
class Airflow:
    """A running Airflow: where its screens are, how to enter them, and its four processes by name."""

    home: Path
    url: str
    password: str = field(repr=False)
    user: str = "admin"
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def check(self) -> None:
        """Raise AirflowStopped, with the log to read, when a component ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise AirflowStopped(f"{name} s'est arrêté (code {process.returncode}). Lisez {_log(self.home, name)}.")


@contextmanager
def running(home: Path, environ: Mapping[str, str], database: str | None = None) -> Iterator[Airflow]:
    """Airflow in `home`, on `database` or a SQLite file of its own, ready to be used by tasks that see `environ`.

    It is ended when the block is left, whatever happens in it.
    """
    _refuse_a_second(home)
    airflow = Airflow(home, f"http://127.0.0.1:{_free_port()}", secrets.token_urlsafe(12))
    env = {**environ, **environment(home, database), **_server(airflow)}
    _create(airflow, env)
    try:
        for name in COMPONENTS:
            airflow.processes[name] = _start(home, name, env)
        _until_ready(airflow)
        yield airflow
    finally:
        _end(airflow)


def _server(airflow: Airflow) -> dict[str, str]:
    port = airflow.url.rpartition(":")[2]
    return {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": airflow.url,
        "AIRFLOW__API__SECRET_KEY": secrets.token_hex(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{airflow.url}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{airflow.user}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(airflow.home / "passwords.json"),
    }


def _create(airflow: Airflow, env: Mapping[str, str]) -> None:
    """Airflow's database in its newest form, and the one user's password, new each time."""
    (airflow.home / "logs").mkdir(parents=True, exist_ok=True)
    passwords = airflow.home / "passwords.json"
    passwords.touch(mode=0o600)
    passwords.write_text(json.dumps({airflow.user: airflow.password}), encoding="utf-8")
    with _log(airflow.home, "db-migrate").open("wb") as log:
        command = [sys.executable, "-m", "airflow", "db", "migrate"]
        subprocess.run(command, env=dict(env), check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _start(home: Path, name: str, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """One component in a session of its own, so that Ctrl-C reaches us alone; its pid is kept in a file."""
    command = [sys.executable, "-m", "airflow", name, *COMPONENTS[name]]
    with _log(home, name).open("wb") as log:
        process = subprocess.Popen(
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    _pid(home, name).write_text(str(process.pid), encoding="ascii")
    return process


def _until_ready(airflow: Airflow) -> None:
    """Wait until all four say they are healthy; raises AirflowStopped when one of them ends or never gets there."""
    limit = time.monotonic() + READY_WITHIN
    while not _is_healthy(airflow.url):
        airflow.check()
        if time.monotonic() > limit:
            raise AirflowStopped(f"Airflow n'est pas prêt après {READY_WITHIN:.0f} s. Lisez {airflow.home / 'logs'}.")
        time.sleep(0.5)
    airflow.check()


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/api/v2/monitor/health", timeout=5) as answer:
            parts = json.load(answer)
    except (OSError, HTTPException):
        return False
    return all(parts[name]["status"] == "healthy" for name in ("metadatabase", "scheduler", "triggerer", "dag_processor"))


def _end(airflow: Airflow) -> None:
    """SIGTERM to each recorded pid; SIGKILL to the whole session of one that has not ended in time."""
    for process in airflow.processes.values():
        if process.poll() is None:
            process.terminate()
    limit = time.monotonic() + ENDED_WITHIN
    for name, process in airflow.processes.items():
        try:
            process.wait(max(0.0, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        _pid(airflow.home, name).unlink(missing_ok=True)


def _refuse_a_second(home: Path) -> None:
    for name in COMPONENTS:
        if _pid(home, name).is_file() and _is_alive(pid := int(_pid(home, name).read_text(encoding="ascii"))):
            raise AirflowStopped(f"{name} tourne déjà dans {home} (processus {pid}). Arrêtez-le d'abord : kill {pid}.")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _free_port() -> int:
    """A port nobody uses: a fixed one would sooner or later be somebody else's, who would answer in our place."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])


def _log(home: Path, name: str) -> Path:
    return home / "logs" / f"{name}.log"


def _pid(home: Path, name: str) -> Path:
    return home / f"{name}.pid"


def main() -> int:
    """Serve until Ctrl-C, on the installation that VIGIE_HOME names, or on the demo's."""
    screen = Console(highlight=False, soft_wrap=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _serve(_installation(), screen)
    except AirflowStopped as fault:
        screen.print(f"[red]Arrêt[/] {fault}")
        return 1
    except KeyboardInterrupt:
        screen.print("Airflow est arrêté.")
    return 0


def _serve(environ: Mapping[str, str], screen: Console) -> None:
    home = Path(environ["VIGIE_HOME"]).resolve() / "airflow"
    screen.print("Démarrage d'Airflow (api-server, scheduler, dag-processor, triggerer)…")
    with running(home, environ) as airflow:
        screen.print(
            f"Airflow : [cyan]{airflow.url}[/]  utilisateur [bold]{airflow.user}[/]  mot de passe [bold]{airflow.password}[/]"
        )
        screen.print(f"Installation : {home.parent}   Journaux : {home / 'logs'}   Fin : Ctrl-C")
        screen.print("Les DAG sont en pause : les activer à l'écran, ou en lancer un avec sa date logique.")
        while True:
            airflow.check()
            time.sleep(1)


def _installation() -> dict[str, str]:
    """What tasks see. Without VIGIE_HOME, the demo's own folder and nothing else of this machine's settings."""
    if "VIGIE_HOME" in os.environ:
        return dict(os.environ)
    demo.install(DEMO)
    return {**{name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}, "VIGIE_HOME": str(DEMO)}


if __name__ == "__main__":
    sys.exit(main())
