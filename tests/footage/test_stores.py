"""Both stores keep the same promises."""

import io

import pytest

from footage.errors import SealBroken
from footage.stores import BucketStore, FolderStore
from tests.footage.faulted import small_disk


class Bucket:
    """The few calls of an S3 client that we use, in memory."""

    class exceptions:
        class NoSuchKey(Exception):
            """There is no such object."""

    def __init__(self):
        self.objects = {}

    def put_object(self, *, Bucket, Key, Body):
        self.objects[Key] = bytes(Body)

    def get_object(self, *, Bucket, Key, Range):
        if Key not in self.objects:
            raise self.exceptions.NoSuchKey
        start, last = map(int, Range.removeprefix("bytes=").split("-"))
        return {"Body": io.BytesIO(self.objects[Key][start : last + 1])}

    def delete_object(self, *, Bucket, Key):
        self.objects.pop(Key, None)

    def get_paginator(self, name):
        return self

    def paginate(self, *, Bucket, Prefix):
        found = sorted(key for key in self.objects if key.startswith(Prefix))
        for at in range(0, len(found), 2):
            yield {"Contents": [{"Key": key} for key in found[at : at + 2]]}


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    """One of the two."""
    return FolderStore(tmp_path) if request.param == "folder" else BucketStore(Bucket(), "films")


def test_what_is_put_can_be_read_anywhere_and_deleted(store):
    for name in ("a/x/1", "a/x/2", "a/y/1", "b/x/1"):
        store.put(name, name.encode() * 10)

    assert store.get("a/x/1", 5, 5) == b"a/x/1"
    assert store.get("a/x/1", 45, 100) == b"a/x/1"
    assert list(store.names("a")) == ["a/x/1", "a/x/2", "a/y/1"]
    assert store.delete("a/x") == 2
    assert store.delete("a/x") == 0
    assert list(store.names("a")) == ["a/y/1"]
    store.delete("a/y/1")
    assert list(store.names("a")) == []
    assert list(store.names("b")) == ["b/x/1"]


def test_a_missing_part_is_a_broken_seal(store):
    with pytest.raises(SealBroken):
        store.get("nowhere/1", 0, 1)


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    store = FolderStore(tmp_path)
    monkeypatch.setattr("footage.stores.os.fdatasync", full)

    with pytest.raises(OSError, match="No space"):
        store.put("a/x/1", b"data")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_nearly_full_takes_a_part_whole_or_not_at_all():
    with small_disk(4) as place:
        if not place.is_mount():
            pytest.skip("a small disk needs the right to mount one")
        store = FolderStore(place / "films")
        store.put("a/x/1", bytes(1024 * 1024))

        with pytest.raises(OSError, match="No space"):
            store.put("a/x/2", bytes(8 * 1024 * 1024))

        assert [(path.name, path.stat().st_size) for path in place.rglob("x/*")] == [("1", 1 << 20)]
        assert store.is_full()


def full(_):
    """A disk without room."""
    raise OSError(28, "No space left on device")
