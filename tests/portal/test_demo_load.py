"""The demo is loaded whole, or said to be half."""

import pytest
from django.core.management import CommandError, call_command

from people.models import User
from portal.demo.world import cast, loading

pytestmark = pytest.mark.django_db


def test_a_demo_that_was_stopped_half_way_is_not_called_ready(settings):
    settings.DEMO = True
    User.objects.create_user(cast.CAST[0].email, name=cast.CAST[0].name)

    with pytest.raises(CommandError) as refused:
        call_command("demo_load")

    assert refused.value.returncode == 3
    assert "make demo-reset" in str(refused.value)


def test_half_a_demo_is_told_apart_from_a_whole_one():
    User.objects.create_user(cast.CAST[0].email, name=cast.CAST[0].name)

    with pytest.raises(loading.HalfLoaded):
        loading.load(print)


def test_there_is_no_demo_outside_the_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo_load")
