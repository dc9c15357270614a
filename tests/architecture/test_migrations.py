"""The tables are what the models say."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    words = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=words)
    except (SystemExit, CommandError):
        pytest.fail(f"Run manage.py makemigrations:\n{words.getvalue()}")
