"""Addresses of static files, worked out once a process: a page names some thirty of them."""

from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Remembered:
    """A storage whose addresses do not change while it runs."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._addresses: dict[tuple[str | None, bool], str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address under which the file is served."""
        if (name, force) not in self._addresses:
            more = (
                {"force": force} if isinstance(self, CompressedManifestStaticFilesStorage) else {}
            )
            self._addresses[name, force] = super().url(name, **more)  # type: ignore[misc]
        return self._addresses[name, force]


class Plain(Remembered, StaticFilesStorage):
    """Files as they lie in the source folders."""


class Hashed(Remembered, CompressedManifestStaticFilesStorage):
    """Files under names that tell their content, compressed."""
