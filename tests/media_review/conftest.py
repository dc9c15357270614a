"""Every test of films has a store of its own."""

import pytest


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.FILM_FOLDER = tmp_path / "films"
    settings.FILM_PAUSE_SECONDS = 0
