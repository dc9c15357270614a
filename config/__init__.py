"""Settings, addresses and the ways in: knows the names of the rooms, holds no domain."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
