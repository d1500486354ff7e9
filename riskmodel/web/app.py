"""The application: every module's routes behind the one door, static files, and pages for what goes wrong."""

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from riskmodel import register, settings
from riskmodel.settings import Settings
from riskmodel.web import (
    account,
    admin_nights,
    admin_places,
    admin_proofs,
    admin_tables,
    admin_users,
    cases,
    entry,
    home,
    households,
    list_files,
    lists,
    pages,
    partners,
    referral_ladder,
    referral_papers,
    referrals,
    rights,
)
from riskmodel.web.admission import Door
from riskmodel.web.routing import Route
from riskmodel.web.security import Guard, TooLarge, whole

Clock = Callable[[], datetime]
REFERRALS = (referral_ladder, referral_papers, referrals)
ADMINISTRATION = (admin_nights, admin_users, admin_places, admin_tables, admin_proofs)
ROOMS = (entry, account, home, cases, lists, list_files, households, rights, *REFERRALS, *ADMINISTRATION, partners)
TOO_LARGE = 413
CONNECTIONS = 10
"""Kept open to the register by each process; as many again are opened when needed."""


def create_app(given: Settings, clock: Clock) -> FastAPI:
    """The application on a register. `clock` tells the aware instant of each request; nothing else here knows the time."""
    landlords = {name: settings.landlord(given, name) for name in settings.landlord_ids(given)}
    door = Door(given, register.open_register(given.register_url, CONNECTIONS), pages.ready(landlords), clock)
    app = FastAPI(
        title="Vigie Bail", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_closing(door)
    )
    for room in ROOMS:
        for route in room.routes:
            _add(app, door, route)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    _add_error_pages(app, door)
    app.add_middleware(Guard, is_https=given.is_https)
    return app


def _closing(door: Door) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Leave nothing open on the register when the server stops."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        door.sessions.engine.dispose()

    return life


def _add(app: FastAPI, door: Door, route: Route) -> None:
    name = f"{route.view.__module__.rsplit('.', 1)[-1]}.{route.view.__name__}"
    app.add_api_route(
        route.path,
        _endpoint(door, route),
        methods=[route.method],
        name=name,
        response_class=Response,
        response_model=None,
        openapi_extra={"x-action": str(route.action)},
    )


def _endpoint(door: Door, route: Route) -> Callable[..., Response]:
    """What FastAPI calls: the view's own typed parameters, without `asked`, plus the request and its form."""

    def endpoint(request: Request, form: FormData, **given: Any) -> Response:
        request.scope["path_params"] = {name: whole(value) for name, value in request.path_params.items()}
        return door.answer(route, request, form, {name: whole(value) for name, value in given.items()})

    _, *own = inspect.signature(route.view).parameters.values()
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    shell = [
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request),
        inspect.Parameter("form", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Annotated[FormData, Depends(_form)]),
    ]
    endpoint.__signature__ = inspect.Signature([*shell, *keyword], return_annotation=Response)  # type: ignore[attr-defined]
    return endpoint


async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form of an act, its files closed once it was answered."""
    if request.method == "GET":
        yield FormData()
        return
    async with request.form(max_files=2, max_fields=5000) as form:
        yield form


def _add_error_pages(app: FastAPI, door: Door) -> None:
    """Pages for what no view saw: an unknown address, a value that cannot be read, a fault of ours."""

    def page(status: int) -> Response:
        known = status if status == TOO_LARGE else 404 if status < 500 else 500
        frame = door.pages.bare_frame() | {"today": None}
        return door.pages.answer(f"errors/{known}.html", frame, status)

    async def told(_request: Request, fault: Exception) -> Response:
        return page(getattr(fault, "status_code", 404))

    async def too_large(_request: Request, _fault: Exception) -> Response:
        return page(TOO_LARGE)

    async def ours(_request: Request, _fault: Exception) -> Response:
        return page(500)

    app.add_exception_handler(HTTPException, told)
    app.add_exception_handler(RequestValidationError, told)
    app.add_exception_handler(TooLarge, too_large)
    app.add_exception_handler(Exception, ours)
