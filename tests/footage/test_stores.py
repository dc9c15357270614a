"""Both stores keep the same promises."""

import boto3
import pytest
from moto import mock_aws

from footage.errors import SealBroken
from footage.stores import BucketStore, FolderStore
from tests.footage.faulted import small_disk


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    """One of the two."""
    if request.param == "folder":
        yield FolderStore(tmp_path)
        return
    with mock_aws():
        who = {"aws_access_key_id": "attune", "aws_secret_access_key": "attune"}
        client = boto3.client("s3", region_name="us-east-1", **who)
        client.create_bucket(Bucket="films")
        yield BucketStore(client, "films")


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
