"""One world for all who ask at every door: built once, asked, and rolled back."""

from typing import Any

import pytest

from tests.architecture.authorisation import matrix
from tests.architecture.authorisation.table import lines


@pytest.fixture(scope="session")
def walked(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> matrix.Walk:
    """What everybody was answered everywhere; plain data, the database is as before.

    With `-k caselogs` only the addresses of that room are asked.
    """
    chosen = [getattr(item, "callspec", None) for item in request.session.items]
    names = {spec.params["address"] for spec in chosen if spec and "address" in spec.params}
    everything = any("every_page" in item.fixturenames for item in request.session.items)
    with django_db_blocker.unblock():
        return matrix.walked({line.label for line in lines()} if everything else names)


@pytest.fixture(scope="session")
def every_page(walked: matrix.Walk) -> list[tuple[str, str, Any]]:
    """Every page outside the editor that somebody was shown: (who, path, answer)."""
    return [page for page in walked.pages if not page[1].startswith("/editor/")]
