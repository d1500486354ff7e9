"""Whatever is asked, signed in as anybody, on either database: an answer, never a fault of ours (5xx).

Schemathesis draws parameters from the application's own schema; half of the time they are replaced by those of a real list and
household, so that views are reached, or by what usually breaks things. Forms hold the fields that templates have.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.schemas import OpenApiSchema
from sqlalchemy import NullPool, create_engine, func, insert, select

from riskmodel import REPOSITORY
from riskmodel.access import accounts, invitations
from riskmodel.access.policy import Granted, Role
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import Base
from riskmodel.settings import Settings
from riskmodel.web import app as application
from tests.registers import KINDS, Fresh
from tests.web.door import NOW, Caller, calling, open_for
from tests.web.landlord import LANDLORD, UNIT, WEEK
from tests.web.test_matrix import LINES, Line

EXAMPLES = 4
"""A route and database: with the routes there are, hundreds of requests in all."""
FEW = settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
"""The same examples each time; one that fails is told as it is, since making it smaller would take minutes."""
ROLES = (Role.CONTENTIEUX, Role.HEAD, Role.DATA, Role.DPO)
VICTIM = "victime"
"""An account that the others may invite, grant, deactivate."""
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
NASTY = st.sampled_from(
    ["", "\x00", "'\";--", "-1", "9" * 30, "1e999", "0x1", "٣", "../..", "%00", "\r\nX: y", "é" * 400, "2026-02-30"]
)
FIELDS = sorted(
    {
        name
        for path in (REPOSITORY / "riskmodel/web/templates").rglob("*.html")
        for name in re.findall(r"""\bname=["']([a-z_]+)["']|field\(["']([a-z_]+)["']""", path.read_text(encoding="utf-8"))
        for name in name
        if name and name != "csrf"
    }
)
QUERY = ("bailleur", "bail", "onglet", "tri", "filtre", "q", "page", "unite", "nature", "suite", "semaine")
"""Parameters that pages read from the address after « ? »."""


@dataclass(frozen=True)
class Target:
    """The application on one database, its schema, and who may ask."""

    call: Caller
    schema: OpenApiSchema
    register: Sessions
    users: dict[Role, int]
    values: dict[str, list[str]]


@pytest.fixture(scope="module", params=KINDS)
def target(request: pytest.FixtureRequest, frozen: Settings, fresh_register: Fresh) -> Iterator[Target]:
    url = fresh_register(request.param)
    copy(frozen.register_url, url)
    given = replace(frozen, register_url=url)
    register = open_register(url, connections=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application.register, "open_register", lambda *_: register)
        app = application.create_app(given, lambda: NOW)
    with register.begin() as session:
        users = {
            role: accounts.create(session, f"qui.{role}", role, "a@exemple.test", [Granted(role, LANDLORD)], NOW).id
            for role in ROLES
        }
        victim = accounts.create(session, VICTIM, "V.", "v@exemple.test", [Granted(Role.CESF, LANDLORD)], NOW)
        token = invitations.invite(session, victim.id, NOW)
    known = {"landlord_id": [LANDLORD], "unit": [UNIT], "week": [WEEK], "lease_id": ["B01", "B06", "B16", "B99"]}
    with warnings.catch_warnings(), calling(app) as call:
        warnings.simplefilter("ignore", DeprecationWarning)
        schema = schemathesis.openapi.from_dict(app.openapi())
        yield Target(call, schema, register, users, known | {"token": [token], "account": [VICTIM]})
    register.engine.dispose()


def copy(source: str, target: str) -> None:
    """The rows of one register in another, whose own numbers go on after them."""
    read_from, write_to = (create_engine(url, poolclass=NullPool) for url in (source, target))
    with read_from.connect() as read, write_to.begin() as write:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows:
                write.execute(insert(table), rows)
            if rows and table.autoincrement_column is not None and write.dialect.name == "postgresql":
                newest = max(row["id"] for row in rows)
                write.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.path}")
def test_no_request_is_answered_by_a_fault_of_ours(target: Target, line: Line) -> None:
    operation = target.schema[line.path][line.method.lower()]
    strategy = operation.as_strategy()

    @FEW
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(strategy)
        opened = open_for(target.register, target.users[data.draw(st.sampled_from(ROLES))])
        path = {name: data.draw(value(target, name, drawn)) for name, drawn in (case.path_parameters or {}).items()}
        query = {name: data.draw(st.just(drawn) | NASTY) for name, drawn in (case.query or {}).items()}
        sent: dict[str, Any] = {"params": query}
        if line.method == "POST":
            form = data.draw(st.dictionaries(st.sampled_from(FIELDS), answers(), max_size=5))
            sent |= {"data": form | {"csrf": opened.csrf}, "files": data.draw(files())}
        answer = target.call(line.method, filled(line.path, path), opened, **sent)
        assert answer.status_code < 500, f"{answer.request.method} {answer.request.url} {sent}\n{answer.text[:500]}"
        assert "Traceback" not in answer.text

    ask()


@pytest.mark.parametrize("breaking", ["\x00", "9" * 30], ids=["nul", "huge"])
def test_a_value_that_databases_refuse_is_answered_wherever_it_stands(target: Target, breaking: str) -> None:
    """In each parameter of each path in turn, the others being real; asked by whoever may."""
    faults = []
    for line in LINES:
        role = next((role for role in ROLES if role in line.roles), Role.HEAD)
        opened = open_for(target.register, target.users[role])
        names = re.findall(r"\{(\w+)\}", line.path)
        real = {name: target.values.get(name, ["1"])[0] for name in names}
        for broken in names or [""]:
            query = {} if line.method == "POST" else dict.fromkeys(QUERY, breaking)
            form = {"data": dict.fromkeys(FIELDS, breaking) | {"csrf": opened.csrf}} if line.method == "POST" else {}
            answer = target.call(line.method, filled(line.path, real | {broken: breaking}), opened, params=query, **form)
            faults += [f"{line.method} {line.path} {broken} : {answer.status_code}"] if answer.status_code >= 500 else []
    assert not faults


def value(target: Target, name: str, drawn: Any) -> st.SearchStrategy[str]:
    """A real value of a path's parameter as often as not, else one that was drawn or one that usually breaks things."""
    strange = st.just(str(drawn)) | NASTY | TEXT
    real = st.sampled_from(target.values.get(name, ["1"]))
    return real | real | real | strange


def answers() -> st.SearchStrategy[str]:
    """What somebody may type in a field."""
    codes = st.sampled_from(
        ["call", "pause", "no_action", "late_benefit", "1", "2026-12-01", "B01", "cesf", UNIT, "confirmed", "on"]
    )
    return codes | NASTY | TEXT


def files() -> st.SearchStrategy[dict[str, Any] | None]:
    """Nothing, or a file that is no workbook."""
    return st.none() | st.binary(max_size=50).map(
        lambda content: {"fichier": ("liste.xlsx", content), "workbook": ("l.xlsx", content)}
    )


def filled(path: str, values: dict[str, str]) -> str:
    """The path with its values as an address writes them."""
    return re.sub(r"\{(\w+)\}", lambda found: quote(values[found[1]], safe=""), path)


def test_forms_have_fields_to_fill(tmp_path: Path) -> None:
    assert {"code", "password"} <= set(FIELDS), f"{tmp_path} {FIELDS}"
