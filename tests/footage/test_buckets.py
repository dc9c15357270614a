"""In a bucket the parts of a sitting are one object, made of exactly the parts that count."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from footage import vault
from footage.errors import SealBroken
from footage.kinds import ArtefactKind
from footage.models import Film
from footage.seal import CHUNK, PART_BYTES, Layout, Reader, Seal, Writer
from footage.stores import FULL_PART, BucketStore
from tests import bucket

NAME = "film/original"
KEY = b"k" * 32
DATA = random.Random(11).randbytes(3 * PART_BYTES + 5 * CHUNK + 77)


@pytest.fixture
def client(monkeypatch):
    """An S3 client of a bucket in this process."""
    for name, words in bucket.WHO.items():
        monkeypatch.setenv(name, words)
    with mock_aws():
        made = boto3.client("s3")
        made.create_bucket(
            Bucket="films", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        yield made


@pytest.fixture
def store(client):
    """The store of one host."""
    return BucketStore(client, "films")


def written(store, layout, epoch, upto, flush=True, data=DATA):
    """The layout after a sitting of its own wrote as far as that."""
    writer = Writer(Seal(KEY, NAME), store.put, layout, epoch=epoch)
    writer.write(data[layout.written * CHUNK : upto])
    if flush:
        writer.flush()
    return writer.layout


def reader(store, layout):
    """A reader of the film."""
    return Reader(Seal(KEY, NAME), store.get, layout)


def whole(store, layout):
    """The film, part by part."""
    return b"".join(reader(store, layout).pieces())


def objects(client):
    """What lies in the bucket: keys and sizes."""
    found = client.list_objects_v2(Bucket="films").get("Contents", ())
    return {entry["Key"]: entry["Size"] for entry in found}


def unfinished(client):
    """The keys of multipart uploads nobody finished."""
    return [
        each["Key"] for each in client.list_multipart_uploads(Bucket="films").get("Uploads", ())
    ]


EMPTY = Layout((), len(DATA))


def test_a_whole_film_is_one_object_that_can_be_read_anywhere(store, client):
    layout = written(store, EMPTY, 1, len(DATA))
    assert list(store.names("film")) == [f"{NAME}/{part}" for part, *_ in layout.parts()]
    with pytest.raises(SealBroken):
        whole(store, layout)

    store.finish(NAME, layout.runs)
    store.finish(NAME, layout.runs)

    assert list(objects(client)) == [f"{NAME}/0001"]
    assert unfinished(client) == []
    assert list(store.names("film")) == [f"{NAME}/{part}" for part, *_ in layout.parts()]
    film, dice = reader(store, layout), random.Random(5)
    assert whole(store, layout) == DATA
    edges = [0, PART_BYTES - 1, PART_BYTES, 2 * PART_BYTES - 3, 3 * PART_BYTES, len(DATA) - 1]
    for at in [*edges, *(dice.randrange(len(DATA)) for _ in range(12))]:
        length = dice.randrange(1, 2 * CHUNK)
        assert film.range(at, length) == DATA[at : at + length]


def test_of_a_killed_sitting_only_what_counts_is_in_the_film(store, client):
    written(store, EMPTY, 1, 2 * PART_BYTES + CHUNK)
    counted = EMPTY.grown(1, PART_BYTES // CHUNK)
    other = BucketStore(client, "films")
    written(other, counted, 2, 2 * PART_BYTES + CHUNK, flush=False)
    layout = written(other, counted, 3, len(DATA))

    other.finish(NAME, layout.runs)

    assert objects(client)[f"{NAME}/0001"] == FULL_PART
    assert whole(store, layout) == DATA
    assert unfinished(client) == [f"{NAME}/0002"]
    wanted = {f"{NAME}/{part}" for part, *_ in layout.parts()}
    litter = [name for name in store.names("film") if name not in wanted]
    assert litter == [f"{NAME}/0002-00000"]
    with pytest.raises((client.exceptions.ClientError, KeyError)):  # the latter is moto's
        store.put(f"{NAME}/0001-00001", bytes(FULL_PART))
    for name in litter:
        store.delete(name)
    assert (unfinished(client), set(store.names("film"))) == ([], wanted)
    assert whole(store, layout) == DATA


def test_parts_come_side_by_side_in_any_order_and_two_hosts_finish(store, client, monkeypatch):
    parts = {}
    size = 3 * PART_BYTES
    writer = Writer(
        Seal(KEY, NAME), lambda name, part: parts.update({name: part}), Layout((), size), epoch=1
    )
    writer.write(DATA[:size])
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: store.put(name, parts[name]), reversed(parts)))
    slower = BucketStore(client, "films")
    seen = list(slower._open(NAME))
    monkeypatch.setattr(slower, "_open", lambda _: seen)

    for host in (store, slower):
        host.finish(NAME, writer.layout.runs)

    assert whole(store, writer.layout) == DATA[:size]
    assert objects(client) == {f"{NAME}/0001": 3 * FULL_PART}


def test_sittings_of_one_short_part_are_plain_objects(store, client):
    layout = EMPTY
    for epoch, upto in enumerate((CHUNK, 3 * CHUNK, len(DATA)), start=1):
        layout = written(store, layout, epoch, upto)
    assert unfinished(client) == [f"{NAME}/0003"]

    store.finish(NAME, layout.runs)

    assert sorted(objects(client)) == [f"{NAME}/000{epoch}" for epoch in (1, 2, 3)]
    assert whole(store, layout) == DATA


def test_a_sitting_that_lacks_a_part_is_not_finished(store, client):
    store.put(f"{NAME}/0001-00001", bytes(FULL_PART))

    with pytest.raises(SealBroken):
        store.finish(NAME, [[1, 256]])

    assert list(store.names("film")) == [f"{NAME}/0001-00000", f"{NAME}/0001-00001"]


@pytest.mark.parametrize("place", ["film", NAME, f"{NAME}/0001-00000"])
def test_deleting_gives_up_what_nobody_finished(store, client, place):
    written(store, EMPTY, 1, len(DATA))

    store.delete(place)

    assert (unfinished(client), objects(client), list(store.names(""))) == ([], {}, [])


def test_what_is_made_of_a_film_can_be_read_once_it_is_kept(store, client, monkeypatch):
    monkeypatch.setattr(vault, "store", lambda: store)
    for size in (0, 10, PART_BYTES - 1, PART_BYTES, 2 * PART_BYTES + 9):
        data = memoryview(DATA)[:size]
        made = vault.keep(Film(pk=uuid4()), KEY, ArtefactKind.PROXY, uuid4(), data)
        seal = Seal(KEY, made.object)
        assert b"".join(Reader(seal, store.get, made.layout).pieces()) == data
    assert unfinished(client) == []
