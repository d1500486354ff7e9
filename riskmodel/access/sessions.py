"""Browser sessions: a cookie whose digest alone is kept, closed after half an hour of silence or ten hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy import orm as sa

from riskmodel.access import tokens
from riskmodel.access.policy import Viewer
from riskmodel.access.viewers import viewer_of
from riskmodel.register.models import Session, User

IDLE = timedelta(minutes=30)
LIFE = timedelta(hours=10)
TOUCH = timedelta(minutes=1)
"""`seen_at` is written again after that long at most, so that reading pages seldom writes."""


@dataclass(frozen=True)
class Opened:
    """What the browser is given: the cookie's token, and the token that every form carries."""

    token: str
    csrf: str


@dataclass(frozen=True)
class Found:
    """Who a cookie stands for, and what their forms must carry."""

    viewer: Viewer
    csrf: str


def open_session(session: sa.Session, user_id: int, now: datetime) -> Opened:
    """Open a session for a user who proved who they are; sessions past their life are swept away on the occasion."""
    session.execute(delete(Session).where(Session.expires_at <= now))
    opened = Opened(tokens.new(), tokens.new())
    mine = {"token_digest": tokens.digest(opened.token), "csrf": opened.csrf, "user_id": user_id}
    session.add(Session(**mine, created_at=now, seen_at=now, expires_at=now + LIFE))
    session.flush()
    return opened


def find(session: sa.Session, token: str, now: datetime) -> Found | None:
    """Who holds this cookie now; None when it is unknown, silent for 30 minutes, 10 hours old, or its account deactivated."""
    kept = session.execute(
        select(Session, User)
        .join(User, User.id == Session.user_id)
        .where(
            Session.token_digest == tokens.digest(token), User.is_active, Session.expires_at > now, Session.seen_at > now - IDLE
        )
    ).one_or_none()
    if kept is None:
        return None
    if now - kept.Session.seen_at >= TOUCH:
        session.execute(update(Session).where(Session.token_digest == kept.Session.token_digest).values(seen_at=now))
    return Found(viewer_of(kept.User), kept.Session.csrf)


def close(session: sa.Session, token: str) -> None:
    """Sign out: the cookie stands for nobody from now on."""
    session.execute(delete(Session).where(Session.token_digest == tokens.digest(token)))


def close_all(session: sa.Session, user_id: int) -> None:
    """Sign a user out everywhere: after a new password, a change of rights, the end of an account."""
    session.execute(delete(Session).where(Session.user_id == user_id))
