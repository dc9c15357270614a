"""Keys that no page, log or trace shows, and keys wrapped by other keys for one purpose."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from footage.errors import SealBroken

FORMAT = 1
TAG = 16


class Secret(bytes):
    """Bytes that no log, trace or page shows: printed, they are two words."""

    def __repr__(self) -> str:
        return "<a secret>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)


def new_key() -> Secret:
    """A fresh 256-bit key."""
    return Secret(os.urandom(32))


def wrap(key: bytes, secret: bytes, purpose: str) -> bytes:
    """The secret, openable only with this key and for this purpose."""
    nonce = os.urandom(12)
    return bytes([FORMAT]) + nonce + AESGCM(key).encrypt(nonce, secret, purpose.encode())


def unwrap(key: bytes, wrapped: bytes, purpose: str) -> Secret:
    """The secret again; SealBroken when key, bytes or purpose differ."""
    if len(wrapped) < 1 + 12 + TAG or wrapped[0] != FORMAT:
        raise SealBroken("not a wrapped key of a known format")
    try:
        return Secret(AESGCM(key).decrypt(wrapped[1:13], wrapped[13:], purpose.encode()))
    except InvalidTag:
        raise SealBroken(f"the key for {purpose} does not open") from None
