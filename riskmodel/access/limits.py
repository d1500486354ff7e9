"""Sliding windows that slow down whoever tries passwords or posts forms by the hundred. Kept in memory, one set a process."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

SWEEP = 10_000
"""Keys a window remembers before it forgets the silent ones."""


@dataclass
class Window:
    """At most `most` events a key within any stretch of `within`."""

    most: int
    within: timedelta
    _seen: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def admits(self, key: str, now: datetime) -> bool:
        """Count one event, unless it is one too many: that one is refused and does not count."""
        with self._lock:
            if len(self._seen) >= SWEEP:
                self._forget(now)
            events = self._seen.setdefault(key, deque())
            _drop_old(events, now - self.within)
            if len(events) >= self.most:
                return False
            events.append(now)
            return True

    def _forget(self, now: datetime) -> None:
        self._seen = {key: events for key, events in self._seen.items() if events and events[-1] > now - self.within}


@dataclass
class Limits:
    """The application's windows: sign-ins by account and by address, forms by session, calls by token."""

    by_account: Window = field(default_factory=lambda: Window(10, timedelta(minutes=5)))
    by_address: Window = field(default_factory=lambda: Window(50, timedelta(minutes=5)))
    by_session: Window = field(default_factory=lambda: Window(120, timedelta(minutes=1)))
    by_token: Window = field(default_factory=lambda: Window(240, timedelta(minutes=1)))

    def may_sign_in(self, account: str, address: str, now: datetime) -> bool:
        """Whether one more sign-in may be tried; the same for accounts that do not exist."""
        return self.by_address.admits(address, now) and self.by_account.admits(account.strip().lower()[:64], now)

    def may_post(self, csrf: str, now: datetime) -> bool:
        """Whether a session may post one more form; a session is known here by the token of its forms."""
        return self.by_session.admits(csrf, now)

    def may_call(self, account: str, now: datetime) -> bool:
        """Whether a token may call the API once more."""
        return self.by_token.admits(account, now)


def _drop_old(events: deque[datetime], before: datetime) -> None:
    while events and events[0] <= before:
        events.popleft()
