"""Secrets that are given once and kept as digests: whoever reads the register cannot use them."""

import hashlib
import secrets


def new() -> str:
    """256 bits of chance, in letters that a URL and a cookie carry."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the register keeps of a token. Plain SHA-256 is enough: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()
