"""How a page is declared and what it is given: a route has an action of the policy, a view gets one `Asked`.

`routes = Routes()` in a module of views, `@routes.get("/listes", Action.LIST_VIEW)` above each view. Nothing can be declared
without an action; what anybody may open says so with `Action.PUBLIC`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import quote

from fastapi import Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from riskmodel.access.policy import Action, Viewer
from riskmodel.errors import VigieError
from riskmodel.settings import Settings
from riskmodel.web.pages import Pages
from riskmodel.web.security import BROWSER_COOKIE, FLASH_COOKIE, keep_cookie, sealed

View = Callable[..., Response]
SEE_OTHER = 303
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FLASH_SECONDS = 120


class PageUnknown(VigieError):
    """There is nothing at this address, or nothing for this viewer: both are said with the same page."""


@dataclass(frozen=True)
class Route:
    """One way into the application: what is done there decides who may."""

    method: Literal["GET", "POST"]
    path: str
    action: Action
    view: View


@dataclass
class Routes:
    """The routes of one module of views, in the order in which they are matched."""

    declared: list[Route] = field(default_factory=list)

    def get(self, path: str, action: Action) -> Callable[[View], View]:
        """Declare a page."""
        return self._declare("GET", path, action)

    def post(self, path: str, action: Action) -> Callable[[View], View]:
        """Declare an act: its form carries the session's token, and it is written in the access log."""
        return self._declare("POST", path, action)

    def __iter__(self) -> Iterator[Route]:
        """The routes in order."""
        return iter(self.declared)

    def _declare(self, method: Literal["GET", "POST"], path: str, action: Action) -> Callable[[View], View]:
        def keep(view: View) -> View:
            self.declared.append(Route(method, path, action, view))
            return view

        return keep


@dataclass(frozen=True)
class Asked:
    """A request that was let through: who asks, the register's transaction, the day, and the ways to answer.

    `session` is committed when the view returns and rolled back when it raises. `viewer` of a public page is ANONYMOUS.
    """

    request: Request
    settings: Settings
    pages: Pages
    session: Session
    viewer: Viewer
    now: datetime
    today: date
    csrf: str
    browser: str
    """What this browser is known by before anybody signs in: seals what is said on the next page."""
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every value of a field that a form sent several times, such as boxes that were ticked."""

    @property
    def is_htmx(self) -> bool:
        """Whether htmx asks, and a fragment is enough."""
        return self.request.headers.get("HX-Request") == "true"

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A whole page, with its menu, banners and what was said by the one before."""
        return self._known(self.pages.answer(template, self.pages.frame(self) | values, status, uses_flash=True))

    def fragment(self, template: str, status: int = 200, **values: Any) -> Response:
        """A piece of a page, for htmx."""
        return self.pages.answer(template, self.pages.small_frame(self) | values, status)

    def go(self, path: str, said: str | None = None) -> Response:
        """Send the browser to `path` of this application, where the sentence `said` is shown once."""
        response = Response(status_code=SEE_OTHER, headers={"Location": quote(path, safe="/?&=#%:+,;@~!$'()*")})
        if said:
            keep_cookie(response, self.request, FLASH_COOKIE, sealed(said, self.browser), FLASH_SECONDS)
        return self._known(response)

    def download(self, content: bytes, name: str, media_type: str) -> Response:
        """A file to keep; `name` is ours and holds no one's name."""
        disposition = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
        return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})

    def _known(self, response: Response) -> Response:
        """The answer, with the cookie of a browser that comes for the first time."""
        if BROWSER_COOKIE not in self.request.cookies:
            keep_cookie(response, self.request, BROWSER_COOKIE, self.browser)
        return response
