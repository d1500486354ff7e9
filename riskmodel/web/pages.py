"""How pages are made: templates compiled once, French figures and dates as filters, and the frame around every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, Token, TokenStream

from riskmodel.access.policy import ROLE_LABELS
from riskmodel.casework.key import PARIS
from riskmodel.documents import french
from riskmodel.settings import Landlord
from riskmodel.web import shell
from riskmodel.web.security import FLASH_COOKIE, drop_cookie, opened

if TYPE_CHECKING:
    from riskmodel.web.routing import Asked

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True)
class Pages:
    """The templates, and the declared landlords whose data they show."""

    templates: Environment
    landlords: Mapping[str, Landlord]

    def frame(self, asked: "Asked") -> dict[str, Any]:
        """What base.html shows around any page."""
        mine, informed = shell.landlord_ids(asked.viewer), shell.informed_of(asked.viewer)
        return self.small_frame(asked) | {
            "menu": shell.menu(asked.viewer, asked.request.url.path),
            "notices": shell.notices(asked.session, informed, asked.today) if informed else (),
            "is_synthetic": any(self.landlords[name].is_synthetic for name in mine if name in self.landlords),
            "said": opened(asked.request.cookies.get(FLASH_COOKIE), asked.browser),
        }

    def small_frame(self, asked: "Asked") -> dict[str, Any]:
        """What any template may use."""
        return {"asked": asked, "viewer": asked.viewer, "csrf_token": asked.csrf, "today": asked.today}

    def bare_frame(self) -> dict[str, Any]:
        """The frame of a page shown when nobody is known, such as an error outside any view."""
        return {"asked": None, "viewer": None, "csrf_token": "", "menu": (), "notices": (), "is_synthetic": False, "said": None}

    def answer(self, template: str, values: Mapping[str, Any], status: int, *, uses_flash: bool = False) -> Response:
        """A template with its values as an answer; the sentence kept for the next page, once shown, is forgotten."""
        response = HTMLResponse(self.templates.get_template(template).render(values), status)
        if uses_flash and values["said"]:
            drop_cookie(response, values["asked"].request, FLASH_COOKIE)
        return response


class French(Extension):
    """No-break spaces and apostrophes of French in the templates' own text, once, when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Every piece of plain text, typeset; expressions and statements as they are."""
        for token in stream:
            yield Token(token.lineno, token.type, french.typeset(token.value)) if token.type == TOKEN_DATA else token


def ready(landlords: Mapping[str, Landlord]) -> Pages:
    """The pages of an application."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[French],
    )
    made.filters |= {
        "euros": french.euros,
        "integer": french.integer,
        "decimal": french.decimal,
        "day": french.day,
        "weekday": french.weekday,
        "instant": _instant,
        "ago": ago,
        "counted": french.counted,
        "typeset": french.typeset,
        "sentence": lambda text: text[:1].upper() + text[1:],
        "urlencode": lambda value: quote(str(value), safe=""),  # Jinja's own leaves a slash, which would cut an address
        "landlord_name": lambda name: landlords[name].name if name in landlords else name,
    }
    made.globals |= {"static": _addresses(), "ROLE_LABELS": ROLE_LABELS}
    return Pages(made, landlords)


def _instant(value: datetime) -> str:
    return f"{value.astimezone(PARIS):%d/%m/%Y à %H:%M}"


def ago(day: date, today: date) -> str:
    """How long ago a day was: aujourd'hui, hier, il y a 12 jours, il y a 5 semaines; dans 3 jours when it is to come."""
    days = (today - day).days
    if days < 0:
        return "demain" if days == -1 else f"dans {-days}\u00a0jours"
    if days < 2:
        return ("aujourd’hui", "hier")[days]
    return f"il y a {days}\u00a0jours" if days < 28 else f"il y a {days // 7}\u00a0semaines"


def _addresses() -> dict[str, str]:
    """Address of each file of static/, with its digest: browsers keep it until it changes."""
    files = [path for path in STATIC.iterdir() if path.suffix in {".css", ".js", ".svg"}]
    return {path.name: f"/static/{path.name}?v={sha256(path.read_bytes()).hexdigest()[:12]}" for path in files}
