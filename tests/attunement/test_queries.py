"""The principles as pages read them."""

import pytest
from django.test import RequestFactory

from attunement import queries, services
from attunement.words import SIX

pytestmark = pytest.mark.django_db


def test_six_principles_in_order_with_glyphs():
    services.plant_framework()

    cards = queries.principles()

    assert [(card.number, card.heading, card.short, card.glyph) for card in cards] == [
        (each.number, each.heading, each.short, each.glyph) for each in SIX
    ]
    assert "".join(card.glyph for card in cards) == "◯◔◐◑◕●"
    assert all(card.examples for card in cards)


def test_read_once_a_request(django_assert_num_queries):
    services.plant_framework()
    request = RequestFactory().get("/")

    with django_assert_num_queries(1):
        first = queries.principles(request)
        again = queries.principles(request)

    assert again is first


def test_another_request_reads_again(django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.principles(RequestFactory().get("/"))
        queries.principles(RequestFactory().get("/"))
