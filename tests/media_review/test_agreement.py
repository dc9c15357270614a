"""Kappa against worked examples of the literature, and what must hold of any two people's codes."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as some

from media_review.agreement import agreement, kappa, merged, units

# table, kappa, standard error, and where they can be looked up
WORKED = {
    "Cohen 1960: 200 cases, three diagnoses; interval as in R's psych": (
        [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
        0.4915,
        0.0510,
    ),
    "Fleiss, Levin and Paik 2003, section 18.1: 100 patients, three diagnoses": (
        [[75, 1, 4], [5, 4, 1], [0, 0, 10]],
        0.6765,
        0.0877,
    ),
    "R's statpsych, ci.kappa(.05, 31, 12, 4, 58): two by two": (
        [[31, 12], [4, 58]],
        0.6757,
        0.0734,
    ),
    "Sim and Wright 2005, table 1: two clinicians, 39 patients": (
        [[22, 2], [4, 11]],
        0.6667,
        0.1238,
    ),
    "R's vcd, Kappa(SexualFun): 91 couples, four answers": (
        [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]],
        0.1293,
        0.0686,
    ),
}


@pytest.mark.parametrize("source", WORKED)
def test_kappa_is_that_of_the_literature(source):
    table, value, error = WORKED[source]

    found = kappa(table)

    assert (round(found.value, 4), round(found.error, 4)) == (value, error)
    assert found.units == sum(map(sum, table))


def test_the_interval_is_that_of_statpsych():
    found = kappa([[31, 12], [4, 58]])

    assert (round(found.low, 5), round(found.high, 5)) == (0.53172, 0.81963)


@pytest.mark.parametrize(
    "table",
    [[], [[0, 0], [0, 0]], [[40, 0], [0, 0]], [[0, 0], [0, 40]]],
    ids=["no table", "no units", "everything by both", "nothing by either"],
)
def test_where_chance_alone_agrees_fully_kappa_is_not_defined(table):
    assert kappa(table) is None


def test_nobody_coded_is_not_defined_and_never_nought():
    found = agreement([], [], 20_000)

    assert (found.overlap.share, found.kappa) == (None, None)


def test_only_one_coded_is_no_overlap_and_no_more_than_chance():
    found = agreement([(0, 5000)], [], 20_000)

    assert (found.overlap.first_ms, found.overlap.second_ms, found.overlap.share) == (5000, 0, 0)
    assert found.kappa.value == 0


def test_no_agreement_at_all_is_below_chance():
    found = agreement([(0, 10_000)], [(10_000, 20_000)], 20_000)

    assert (found.overlap.share, found.kappa.value) == (0, -1)


def test_an_example_by_hand():
    """Of twenty seconds the first marks 0-8, the second 4-10: 4 in common, 10 in all."""
    found = agreement([(0, 8000)], [(4000, 10_000)], 20_000)

    assert (found.overlap.both_ms, found.overlap.share) == (4000, 0.4)
    assert isclose(found.kappa.value, (0.7 - 0.54) / 0.46)


@pytest.mark.parametrize(
    ("spans", "marks"),
    [
        ([(0, 500)], [True, False, False]),
        ([(0, 499)], [False, False, False]),
        ([(0, 300), (700, 1000)], [True, False, False]),
        ([(1400, 2600)], [False, True, True]),
        ([(2200, 2400)], [False, False, True]),
    ],
)
def test_a_unit_counts_from_half_of_it_and_the_last_may_be_short(spans, marks):
    assert units(merged(spans, 2400), 2400) == marks


SPANS = some.lists(
    some.tuples(some.integers(0, 40_000), some.integers(1, 15_000)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=8,
)
LENGTHS = some.integers(1, 45_000)


@given(SPANS, SPANS, LENGTHS)
def test_any_two_agree_as_far_whichever_is_named_first(one, two, length):
    found, turned = agreement(one, two, length), agreement(two, one, length)

    assert found.overlap.both_ms == turned.overlap.both_ms
    assert found.overlap.share == turned.overlap.share
    assert (found.kappa is None) == (turned.kappa is None)
    if found.kappa:
        assert isclose(found.kappa.value, turned.kappa.value, abs_tol=1e-9)
        assert -1 <= found.kappa.low <= found.kappa.value + 1e-9
        assert found.kappa.value - 1e-9 <= found.kappa.high <= 1
    share = found.overlap.share
    assert share is None or 0 <= share <= 1


@given(SPANS, LENGTHS)
def test_whoever_agrees_with_themselves_agrees_fully(spans, length):
    found = agreement(spans, spans, length)

    assert found.overlap.share in (None, 1)
    assert found.kappa is None or isclose(found.kappa.value, 1)
    assert found.kappa is None or isclose(found.kappa.error, 0, abs_tol=1e-6)


@given(SPANS, SPANS, LENGTHS)
def test_marking_the_same_time_twice_changes_nothing(one, two, length):
    assert agreement([*one, *one], two, length) == agreement(one, two, length)


@given(SPANS, LENGTHS)
def test_merged_time_is_in_order_inside_and_apart(spans, length):
    found = merged(spans, length)

    flat = [edge for span in found for edge in span]
    assert flat == sorted(set(flat))
    assert not flat or (flat[0] >= 0 and flat[-1] <= length)
