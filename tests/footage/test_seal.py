"""The seal: whatever is written comes out again anywhere, and nothing else ever does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage import seal, wrapping
from footage.errors import SealBroken
from footage.seal import CHUNK, PART_BYTES, SEALED_CHUNK, Layout, Reader, Seal, Writer

pytestmark = pytest.mark.walk  # no database: once is enough
KEY = bytes(range(32))
few = settings(max_examples=40, deadline=None)


class Shelf(dict):
    """A store in a dictionary."""

    def put(self, name, data):
        assert name not in self, "a part is written once"
        self[name] = bytes(data)

    def get(self, name, start, length):
        if name not in self:
            raise SealBroken(name)
        return self[name][start : start + length]


def pattern(size: int) -> bytes:
    """Bytes in which every place looks different."""
    return b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))[:size]


def written(plain: bytes, cuts: tuple[int, ...] = (), name: str = "film/original"):
    """A shelf and layout after the bytes were written in sessions that ended at these cuts."""
    shelf, layout, tail, at = Shelf(), Layout((), len(plain)), b"", 0
    for epoch, stop in enumerate(sorted({*cuts, len(plain)}), start=1):
        writer = Writer(Seal(KEY, name), shelf.put, layout, epoch=epoch, tail=tail)
        writer.write(plain[at:stop])
        writer.flush()
        layout, tail, at = writer.layout, writer.tail, stop
    return shelf, layout


def reader(shelf, layout, name="film/original", key=KEY):
    """A reader over it."""
    return Reader(Seal(key, name), shelf.get, layout)


SIZES = st.one_of(
    st.integers(0, 3 * CHUNK),
    st.sampled_from([CHUNK - 1, CHUNK, CHUNK + 1, PART_BYTES, PART_BYTES + 1, PART_BYTES + 5000]),
)


@few
@given(size=SIZES, data=st.data())
def test_any_range_comes_out_as_it_went_in(size, data):
    plain = pattern(size)
    cuts = data.draw(st.lists(st.integers(0, size), max_size=4))
    shelf, layout = written(plain, tuple(cuts))
    film = reader(shelf, layout)

    start = data.draw(st.integers(0, size))
    length = data.draw(st.integers(0, size + 10))

    assert film.range(start, length) == plain[start : start + length]
    assert b"".join(film.pieces()) == plain


@few
@given(size=st.integers(1, 2 * CHUNK), data=st.data())
def test_a_flipped_bit_is_refused(size, data):
    shelf, layout = written(pattern(size))
    part = data.draw(st.sampled_from(sorted(shelf)))
    place = data.draw(st.integers(0, len(shelf[part]) - 1))
    flipped = bytearray(shelf[part])
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    shelf[part] = bytes(flipped)

    with pytest.raises(SealBroken):
        b"".join(reader(shelf, layout).pieces())


@few
@given(size=st.integers(1, 2 * CHUNK), less=st.integers(1, CHUNK))
def test_a_cut_or_extended_part_is_refused(size, less):
    shelf, layout = written(pattern(size))
    part = sorted(shelf)[-1]
    whole = shelf[part]

    for changed in (whole[: -min(less, len(whole))], whole + b"\0" * less):
        shelf[part] = changed
        with pytest.raises(SealBroken):
            b"".join(reader(shelf, layout).pieces())


def test_swapped_chunks_are_refused():
    shelf, layout = written(pattern(3 * CHUNK))
    (part,) = shelf
    head, body = shelf[part][:8], shelf[part][8:]
    first, second, rest = (
        body[:SEALED_CHUNK],
        body[SEALED_CHUNK : 2 * SEALED_CHUNK],
        body[2 * SEALED_CHUNK :],
    )
    shelf[part] = head + second + first + rest

    with pytest.raises(SealBroken):
        reader(shelf, layout).range(0, 1)


def test_a_film_that_ends_early_does_not_pass_for_whole():
    shelf, _ = written(pattern(3 * CHUNK))
    (part,) = shelf
    shelf[part] = shelf[part][: 8 + 2 * SEALED_CHUNK]

    with pytest.raises(SealBroken):
        b"".join(reader(shelf, Layout(((1, 2),), 2 * CHUNK)).pieces())


def test_chunks_of_a_dead_session_are_refused():
    plain = pattern(2 * CHUNK)
    old, _ = written(plain)
    new = Shelf()
    writer = Writer(Seal(KEY, "film/original"), new.put, Layout((), len(plain)), epoch=2)
    writer.write(plain)
    writer.flush()
    new["film/original/0002-00000"] = old["film/original/0001-00000"]

    with pytest.raises(SealBroken):
        reader(new, writer.layout).range(0, 1)


@pytest.mark.parametrize(
    ("name", "key"), [("film/proxy", KEY), ("other/original", KEY), ("film/original", bytes(32))]
)
def test_another_name_or_key_opens_nothing(name, key):
    shelf, layout = written(pattern(100))
    moved = Shelf({part.replace("film/original", name): data for part, data in shelf.items()})

    with pytest.raises(SealBroken):
        reader(moved, layout, name=name, key=key).range(0, 1)


def test_an_unfinished_object_cannot_be_read():
    with pytest.raises(SealBroken):
        reader(Shelf(), Layout(((1, 1),), 2 * CHUNK))


def test_sealed_bytes_show_nothing():
    plain = b"a family at the kitchen table " * 5000
    shelf, _ = written(plain)

    assert not any(b"family" in data for data in shelf.values())


@few
@given(secret=st.binary(max_size=200), other=st.binary(min_size=32, max_size=32))
def test_a_wrapped_key_opens_with_its_key_and_purpose_only(secret, other):
    wrapped = wrapping.wrap(KEY, secret, "film|1")

    assert wrapping.unwrap(KEY, wrapped, "film|1") == secret
    for key, words, purpose in ((KEY, wrapped, "film|2"), (KEY, wrapped[:-1], "film|1")):
        with pytest.raises(SealBroken):
            wrapping.unwrap(key, words, purpose)
    if other != KEY:
        with pytest.raises(SealBroken):
            wrapping.unwrap(other, wrapped, "film|1")


def test_parts_swapped_between_films_objects_or_versions_are_refused():
    plain = pattern(3000)
    shelf, layout = written(plain)
    (part,) = shelf
    for key, name, version in (
        (bytes(32), "film/original", 1),
        (KEY, "other/original", 1),
        (KEY, "film/proxy", 1),
        (KEY, "film/original", 2),
    ):
        other = Shelf()
        writer = Writer(Seal(key, name, version), other.put, Layout((), 3000), epoch=1)
        writer.write(plain)
        writer.flush()
        (foreign,) = other.values()
        assert foreign[:8] == shelf[part][:8]
        with pytest.raises(SealBroken):
            reader(Shelf({part: foreign}), layout).range(0, 1)


@pytest.mark.parametrize("place", range(8))
def test_a_changed_byte_of_the_header_is_refused(place):
    shelf, layout = written(pattern(3000))
    (part,) = shelf
    changed = bytearray(shelf[part])
    changed[place] += 1
    shelf[part] = bytes(changed)

    with pytest.raises(SealBroken, match="unknown format"):
        reader(shelf, layout).range(0, 1)


def test_the_header_holds_a_byte_for_formats_to_come_and_is_bound_to_every_chunk():
    assert b"ATTUNE" + bytes([seal.FORMAT, 16]) == seal.HEADER
    assert 2 ** seal.HEADER[7] == CHUNK
    assert Seal(KEY, "film/original").bound == seal.HEADER + b"|film/original|1"


def test_a_part_of_an_older_sitting_is_refused_in_the_place_of_a_newer():
    """Two films sent under one upload: the second sitting began again after a cut at 0."""
    first, second = pattern(CHUNK), bytes(CHUNK)
    old, _ = written(first)
    new = Shelf()
    writer = Writer(Seal(KEY, "film/original"), new.put, Layout((), CHUNK), epoch=2)
    writer.write(second)
    writer.flush()
    both = Shelf({**old, **new, "film/original/0002-00000": old["film/original/0001-00000"]})

    with pytest.raises(SealBroken):
        reader(both, writer.layout).range(0, 1)
    assert reader(both, Layout(((1, 1),), CHUNK)).range(0, 4) == first[:4]  # its own place


TRUE = ((1, 1), (2, 2))
RUNS = st.one_of(
    st.just(TRUE), st.permutations(TRUE), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)))
)
NEAR = st.one_of(st.integers(0, 4 * CHUNK), st.sampled_from([2 * CHUNK, 2 * CHUNK + 500]))


@few
@given(runs=RUNS, size=NEAR, start=st.integers(0, 3 * CHUNK))
def test_whatever_the_database_says_no_wrong_byte_comes_out(runs, size, start):
    plain = pattern(2 * CHUNK + 500)
    shelf, layout = written(plain, (CHUNK + 10,))
    assert layout == Layout(TRUE, len(plain))
    edited = Layout(tuple(runs), size)

    try:
        out = reader(shelf, edited).range(start, 1000)
        whole = b"".join(reader(shelf, edited).pieces())
    except SealBroken:
        return
    assert out == plain[start : start + len(out)]
    assert whole in (plain, b"")
