"""Passwords: scrypt with a salt of its own for each."""

import hashlib
import hmac
import os

_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


def hash_password(password: str) -> str:
    salt = os.urandom(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, **_COST)
    return f"{salt.hex()}${digest.hex()}"


def matches(password: str, stored: str) -> bool:
    salt, _, digest = stored.partition("$")
    given = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **_COST)
    return hmac.compare_digest(given.hex(), digest)
