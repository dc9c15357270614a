"""Films made of several others: what they are made of, in which order, and their sound."""

import uuid

from django.db import models

from footage.kinds import Balance, Music
from footage.models.films import Film


class Join(models.Model):
    """What a film that is made of several is like, apart from its pieces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.OneToOneField(Film, models.CASCADE, related_name="join")
    opening = models.CharField(max_length=300, blank=True)
    music = models.CharField(max_length=8, choices=Music, default=Music.NONE)
    balance = models.CharField(max_length=8, choices=Balance, default=Balance.VOICES)

    def __str__(self) -> str:
        return f"join of {str(self.film_id)[:8]}"


class Piece(models.Model):
    """A film in its place within a film made of several, with the words shown before it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="pieces")
    source = models.ForeignKey(Film, models.CASCADE, related_name="pieces_of_others")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["film", "position"], name="one_piece_a_place")
        ]

    def __str__(self) -> str:
        return f"piece {self.position} of {str(self.film_id)[:8]}"
