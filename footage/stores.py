"""Where sealed parts rest: a folder or an S3-compatible bucket. It only sees sealed bytes."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import F_SETFL, fcntl
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from django.conf import settings

from footage.errors import SealBroken
from footage.seal import HEADER, PART_CHUNKS, SEALED_CHUNK, Buffer

BLOCK = 4096
DIRECT = getattr(os, "O_DIRECT", 0)

ROOM = 32 * 1024 * 1024

FULL_PART = len(HEADER) + PART_CHUNKS * SEALED_CHUNK
PART = re.compile(r"(.+/\d{4,})-(\d{5})")
SITTING = re.compile(r".+/\d{4,}")


class Store(Protocol):
    """Whole parts, written once under a name like film/object/part."""

    def put(self, name: str, data: Buffer) -> None:
        """The part is on durable storage when this returns."""

    def finish(self, name: str, runs: Iterable[Sequence[int]]) -> None:
        """The parts that count of this object, (epoch, chunks) of each sitting, can be read."""

    def get(self, name: str, start: int, length: int) -> bytes:
        """Up to so many bytes of the part; SealBroken when there is no such part."""

    def names(self, prefix: str) -> Iterator[str]:
        """The names of all parts below a prefix."""

    def delete(self, prefix: str) -> int:
        """Nothing lies below this prefix any more; how many parts did."""

    def is_full(self) -> bool:
        """Is there no room for what a film is made into?"""

    def free(self) -> int | None:
        """Bytes of film for which there is room; None when only asking to take them will tell."""


class FolderStore:
    """Parts as files below one folder. What no row counts is never read, whole or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def put(self, name: str, data: Buffer) -> None:
        """Written in its place and made durable; nobody reads it before a row counts it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            _write(file, memoryview(data))
            os.fdatasync(file)  # journalling file systems keep a new file's name along with it
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(file)

    def finish(self, name: str, runs: Iterable[Sequence[int]]) -> None:
        """They can be read as they lie."""

    def get(self, name: str, start: int, length: int) -> bytes:
        """Read in one go from its place in the file."""
        try:
            file = os.open(self.folder / name, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise SealBroken(f"{name} is missing") from None
        try:
            return os.pread(file, length, start)
        finally:
            os.close(file)

    def names(self, prefix: str) -> Iterator[str]:
        """Every file below the prefix, unfinished ones too."""
        for path in sorted((self.folder / prefix).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self.folder))

    def delete(self, prefix: str) -> int:
        """Removes the folder of this prefix."""
        path = self.folder / prefix
        if path.is_file():
            path.unlink(missing_ok=True)
            return 1
        count = sum(1 for _ in self.names(prefix))
        shutil.rmtree(path, ignore_errors=True)
        return count

    def is_full(self) -> bool:
        """Less is free than a few parts need."""
        return self.free() < ROOM

    def free(self) -> int:
        """What the disk has left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.folder).free


def _write(file: int, data: memoryview) -> None:
    """All of it; whole blocks straight to the disk where memory and file system allow that."""
    done = 0
    with suppress(OSError):
        fcntl(file, F_SETFL, DIRECT)
        done = os.write(file, data[: len(data) // BLOCK * BLOCK])
    fcntl(file, F_SETFL, 0)
    while done < len(data):
        done += os.write(file, data[done:])


class BucketStore:
    """Sittings as objects of an S3-compatible bucket; the parts of each come by multipart upload.

    A part is durable when the bucket has answered, and can be read when its sitting is finished.
    One short part, all that many a sitting has, is a PUT of its own.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket
        self._begun: dict[str, str] = {}
        self._lock = Lock()

    def put(self, name: str, data: Buffer) -> None:
        """Durable when the bucket has answered."""
        key, number = _place(name)
        place = {"Bucket": self.bucket, "Key": key, "Body": bytes(data)}
        if number or len(data) >= FULL_PART:
            self.client.upload_part(UploadId=self._upload(key), PartNumber=number + 1, **place)
        else:
            self.client.put_object(**place)

    def finish(self, name: str, runs: Iterable[Sequence[int]]) -> None:
        """Completed with what counts of each sitting, and nothing else. Twice does no more."""
        counted = {f"{name}/{epoch:04d}": -(-chunks // PART_CHUNKS) for epoch, chunks in runs}
        for key, upload in self._open(name):
            if key in counted:
                self._complete(key, upload, counted[key])

    def get(self, name: str, start: int, length: int) -> bytes:
        """One ranged GET, never beyond the part."""
        key, number = _place(name)
        begin = number * FULL_PART
        asked = f"bytes={begin + start}-{begin + min(start + length, FULL_PART) - 1}"
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=key, Range=asked)
        except self.client.exceptions.ClientError as wrong:
            if wrong.response["Error"]["Code"] in ("NoSuchKey", "InvalidRange"):
                raise SealBroken(f"{name} is missing") from None
            raise
        return answer["Body"].read()

    def names(self, prefix: str) -> Iterator[str]:
        """Page by page: the parts of finished sittings, then those of unfinished ones."""
        for key, size in self._objects(prefix):
            count = max(1, -(-size // FULL_PART)) if SITTING.fullmatch(key) else 0
            yield from (f"{key}-{number:05d}" for number in range(count))
            if not count:
                yield key
        for key, upload in self._open(prefix):
            numbers = {0} | {part["PartNumber"] - 1 for part in self._parts(key, upload)}
            yield from (f"{key}-{number:05d}" for number in sorted(numbers))

    def delete(self, prefix: str) -> int:
        """One by one: not every S3 knows the bulk call. A sitting goes with its first part."""
        key, number = _place(prefix)
        if number:
            return 0
        names = list(self.names(prefix))
        for place, upload in self._open(key):
            with self._unless_gone():
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=place, UploadId=upload)
        for place in [place for place, _ in self._objects(prefix)] or [key]:
            self.client.delete_object(Bucket=self.bucket, Key=place)
        return len(names)

    def _upload(self, key: str) -> str:
        """The multipart upload of this sitting, begun by whichever thread comes first."""
        with self._lock:
            if key not in self._begun:
                begun = self.client.create_multipart_upload(Bucket=self.bucket, Key=key)
                self._begun[key] = begun["UploadId"]
            return self._begun[key]

    def _complete(self, key: str, upload: str, count: int) -> None:
        place = {"Bucket": self.bucket, "Key": key, "UploadId": upload}
        with self._unless_gone():  # somebody else was quicker
            parts = [
                {"PartNumber": part["PartNumber"], "ETag": part["ETag"]}
                for part in self._parts(key, upload)
                if part["PartNumber"] <= count
            ]
            if len(parts) == count:
                self.client.complete_multipart_upload(MultipartUpload={"Parts": parts}, **place)
            elif not parts:  # begun twice by a call that was tried again
                self.client.abort_multipart_upload(**place)
            else:
                raise SealBroken(f"{key} lacks a part")

    def _objects(self, prefix: str) -> Iterator[tuple[str, int]]:
        """(key, size) of what lies below the prefix."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix and prefix.rstrip("/") + "/"):
            for entry in page.get("Contents", ()):
                yield entry["Key"], entry["Size"]

    def _open(self, prefix: str) -> Iterator[tuple[str, str]]:
        """(key, upload) of the multipart uploads at or below the prefix that nobody finished."""
        pages = self.client.get_paginator("list_multipart_uploads")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
            for entry in page.get("Uploads", ()):
                if not prefix or f"{entry['Key']}/".startswith(prefix.rstrip("/") + "/"):
                    yield entry["Key"], entry["UploadId"]

    def _parts(self, key: str, upload: str) -> list[dict[str, Any]]:
        """What has come of a multipart upload, in order; nothing when it is gone."""
        pages = self.client.get_paginator("list_parts")
        told = pages.paginate(Bucket=self.bucket, Key=key, UploadId=upload)
        with self._unless_gone():
            return [part for page in told for part in page.get("Parts", ())]
        return []

    @contextmanager
    def _unless_gone(self) -> Iterator[None]:
        """A multipart upload that was finished or given up meanwhile is no error."""
        try:
            yield
        except self.client.exceptions.ClientError as wrong:
            if wrong.response["Error"]["Code"] != "NoSuchUpload":
                raise

    def is_full(self) -> bool:
        """A bucket says so when it is asked to take something."""
        return False

    def free(self) -> None:
        """Nobody can tell."""


def _place(name: str) -> tuple[str, int]:
    """The sitting's key, and which part of it this is; of any other name, the name."""
    found = PART.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 0)


def store() -> Store:
    """The store this house uses."""
    if settings.FILM_STORE == "s3":
        return BucketStore(_client(settings.FILM_S3_ENDPOINT), settings.FILM_BUCKET)
    return FolderStore(settings.FILM_FOLDER)


@cache
def _client(endpoint: str) -> Any:
    import boto3  # only houses with a bucket install it
    from botocore.config import Config

    told = (
        Config(  # checksums that not every S3 knows only where they must be; the seal has its own
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=32,
        )
    )
    return boto3.client("s3", endpoint_url=endpoint or None, config=told)
