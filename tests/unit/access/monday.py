"""One Monday morning, cheap Argon2, a good password."""

from datetime import UTC, datetime

from argon2 import PasswordHasher

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PHRASE = "brume lente sur le canal"
