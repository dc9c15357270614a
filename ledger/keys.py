"""The key of the ledger's marks."""

import hashlib

from django.conf import settings


def ledger_key() -> bytes:
    """Derived from the house's secret, so that a dump of the database cannot forge a line."""
    words = settings.LEDGER_KEY or settings.SECRET_KEY
    return hashlib.sha256(b"ledger|" + words.encode()).digest()
