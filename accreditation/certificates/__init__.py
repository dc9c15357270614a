"""Certificates drawn as PDF: plain facts in, the same bytes out, every time."""

from .facts import CertificateFacts, Kind
from .fonts import undrawable
from .page import draw

__all__ = ["CertificateFacts", "Kind", "draw", "undrawable"]
