"""Films and what they consist of (films.py); the keys that open them (keys.py)."""

from footage.models.films import HOUSE, Artefact, Film, Upload, Work
from footage.models.keys import Grave, RingKey

__all__ = ["HOUSE", "Artefact", "Film", "Grave", "RingKey", "Upload", "Work"]
