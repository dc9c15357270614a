"""Films and what they consist of; how much of them may be kept; the keys that open them."""

from footage.models.allowances import Allowance
from footage.models.films import HOUSE, Artefact, Film, Upload, Work
from footage.models.joins import Join, Piece
from footage.models.keys import AccountKey, Grave, RingKey

__all__ = [
    "HOUSE",
    "AccountKey",
    "Allowance",
    "Artefact",
    "Film",
    "Grave",
    "Join",
    "Piece",
    "RingKey",
    "Upload",
    "Work",
]
