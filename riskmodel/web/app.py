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
    admin_partners,
    admin_places,
    admin_proofs,
    admin_tables,
    admin_users,
    api,
    cases,
    ccapex,
    ccapex_cases,
    coordination,
    deadlines,
    entry,
    home,
    households,
    indicators,
    list_files,
    lists,
    pages,
    partner_calendar,
    partner_files,
    partner_places,
    partner_tokens,
    partners,
    places,
    referral_ladder,
    referral_papers,
    referrals,
    rights,
)
from riskmodel.web.admission import Door
from riskmodel.web.api_door import ApiDoor
from riskmodel.web.api_routing import ApiRoute, problem
from riskmodel.web.routing import Route
from riskmodel.web.security import Guard, TooLarge, whole

Clock = Callable[[], datetime]
REFERRALS = (referral_ladder, referral_papers, referrals)
ADMINISTRATION = (admin_nights, admin_users, admin_places, admin_partners, admin_tables, admin_proofs)
PARTNERS = (partner_calendar, partner_tokens, partner_files, partner_places, partners)
"""What has a name of its own comes before what has a number."""
ROOMS = (
    entry,
    account,
    home,
    cases,
    deadlines,
    ccapex,
    ccapex_cases,
    lists,
    list_files,
    households,
    rights,
    *REFERRALS,
    places,
    coordination,
    indicators,
    *ADMINISTRATION,
    api,
    *PARTNERS,
)
TOO_LARGE = 413
API = "/api/"
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
        openapi_extra={"x-action": str(route.action), "x-api": isinstance(route, ApiRoute)},
    )


def _endpoint(door: Door, route: Route) -> Callable[..., Response]:
    """What FastAPI calls: the view's own typed parameters, without its first, plus the request and what it sends: a form on a
    page, bytes in the API."""
    answer: Callable[..., Response] = ApiDoor(door).answer if isinstance(route, ApiRoute) else door.answer
    read = Annotated[bytes, Depends(_body)] if isinstance(route, ApiRoute) else Annotated[FormData, Depends(_form)]

    def endpoint(request: Request, sent: Any, **given: Any) -> Response:
        request.scope["path_params"] = {name: whole(value) for name, value in request.path_params.items()}
        return answer(route, request, sent, {name: whole(value) for name, value in given.items()})

    _, *own = inspect.signature(route.view).parameters.values()
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    shell = [
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request),
        inspect.Parameter("sent", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=read),
    ]
    endpoint.__signature__ = inspect.Signature([*shell, *keyword], return_annotation=Response)  # type: ignore[attr-defined]
    return endpoint


async def _body(request: Request) -> bytes:
    """What a call of the API sends."""
    return await request.body()


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

    def answer(request: Request, status: int, detail: str = "") -> Response:
        return problem(status, detail) if request.url.path.startswith(API) else page(status)

    async def told(request: Request, fault: Exception) -> Response:
        return answer(request, getattr(fault, "status_code", 404))

    async def unread(request: Request, fault: Exception) -> Response:
        wrong = [one["loc"] for one in fault.errors()] if isinstance(fault, RequestValidationError) else []
        named = ", ".join(f"« {place[-1]} »" for place in wrong if place[0] != "path")
        return answer(request, 422, f"Valeur illisible : {named}.") if named and API in request.url.path else answer(request, 404)

    async def too_large(request: Request, _fault: Exception) -> Response:
        return answer(request, TOO_LARGE)

    async def ours(request: Request, _fault: Exception) -> Response:
        return answer(request, 500)

    app.add_exception_handler(HTTPException, told)
    app.add_exception_handler(RequestValidationError, unread)
    app.add_exception_handler(TooLarge, too_large)
    app.add_exception_handler(Exception, ours)
