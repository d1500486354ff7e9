"""A PostgreSQL of the tests' own: Debian's server on a cluster made for the session, reached through a socket in a closed folder.

No port is taken and nobody else can enter. The server ends with the process that asked for it, however that one ends.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

OWNER = "vigie"
MISSING = (
    "PostgreSQL est introuvable (ni initdb dans le PATH, ni /usr/lib/postgresql/*/bin). Les tests du registre tournent aussi sur "
    "PostgreSQL. Installez-le : apt-get install postgresql (Debian), brew install postgresql (macOS)."
)
READY_WITHIN = 60.0
# What a server that nobody will need after a crash can do without.
FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "autovacuum=off")
# The shell holds the pipe's other end: when the tests' process is gone, killed or not, `cat` ends and the server with it.
UNTIL_THE_PIPE_CLOSES = '"$@" & cat >/dev/null; kill -INT $!; wait; rm -rf "$FOLDER"'


class NoPostgres(Exception):
    """PostgreSQL is not installed, or did not start."""


class Server:
    """A running server: databases made from one another, and their SQLAlchemy URLs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, as a copy of `template`; its URL."""
        self.run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        self.made.add(database)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def run(self, statement: str, database: str = "postgres") -> None:
        """Execute a statement outside any transaction."""
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=database, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running(options: tuple[str, ...] = FORGETFUL) -> Iterator[Server]:
    """A fresh server with these settings; raises NoPostgres, with what to install, when there is none on this machine."""
    binaries = _binaries()
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="vigie-postgres-"))
    if user:
        shutil.chown(folder, user)
    _initialise(binaries, folder, user)
    with _served(binaries, folder, user, options):
        yield Server(folder)


def _initialise(binaries: Path, folder: Path, user: str | None) -> None:
    options = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={OWNER}")
    command = [str(binaries / "initdb"), *options, f"--pgdata={folder / 'data'}"]
    made = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(folder)
        raise NoPostgres(f"initdb a échoué (code {made.returncode}) :\n{made.stderr}")


@contextmanager
def _served(binaries: Path, folder: Path, user: str | None, options: tuple[str, ...]) -> Iterator[None]:
    told = (f"unix_socket_directories={folder}", "listen_addresses=", *options)
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), *(part for option in told for part in ("-c", option))]
    with (folder / "log").open("wb") as log:
        shell = subprocess.Popen(
            ["/bin/sh", "-c", UNTIL_THE_PIPE_CLOSES, "sh", *command],
            env={"FOLDER": str(folder), "PATH": os.environ["PATH"]},
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _until_ready(Server(folder))
        yield
    finally:
        assert shell.stdin is not None
        shell.stdin.close()
        shell.wait()


def _until_ready(server: Server) -> None:
    limit = time.monotonic() + READY_WITHIN
    while True:
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError as fault:
            if time.monotonic() > limit:
                log = (server.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise NoPostgres(f"PostgreSQL n'est pas prêt après {READY_WITHIN:.0f} s. Son journal :\n{log}") from fault
            time.sleep(0.05)


def _binaries() -> Path:
    """The folder of the newest server on this machine."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not installed:
        raise NoPostgres(MISSING)
    return installed[-1].parent


def _unprivileged() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root. None when the tests themselves run as somebody else."""
    if os.geteuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if name in {user.pw_name for user in pwd.getpwall()})
