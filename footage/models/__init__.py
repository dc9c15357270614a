"""Films and what they consist of (films.py); the keys that open them (keys.py)."""

from footage.models.films import HOUSE, Artefact, Film, Upload, Work
from footage.models.keys import AccountKey, Grave, RingKey

__all__ = ["HOUSE", "AccountKey", "Artefact", "Film", "Grave", "RingKey", "Upload", "Work"]
