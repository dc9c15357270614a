"""Lines of the ledger and the one head of their chain."""

import uuid

from django.db import models


class Line(models.Model):
    """One thing that happened. Never changed, never removed (the database refuses both)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True, blank=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_kind}:{self.subject_id}"


class Head(models.Model):
    """Where the chain ends: how many lines there are, the last mark, and a seal over both."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    count = models.PositiveBigIntegerField(default=0)
    mark = models.CharField(max_length=64, default="0" * 64)
    seal = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="ledger_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.count} lines, last {self.mark[:12]}"
