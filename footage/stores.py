"""Where sealed parts rest: a folder or an S3-compatible bucket. It only sees sealed bytes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from fcntl import F_SETFL, fcntl
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from footage.errors import SealBroken
from footage.seal import Buffer

BLOCK = 4096
DIRECT = getattr(os, "O_DIRECT", 0)

ROOM = 32 * 1024 * 1024


class Store(Protocol):
    """Whole parts, written once under a name like film/object/part."""

    def put(self, name: str, data: Buffer) -> None:
        """The part is on durable storage when this returns."""

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
    """Parts as objects of an S3-compatible bucket; at most eight megabytes, so one PUT each."""

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    def put(self, name: str, data: Buffer) -> None:
        """Durable when the bucket has answered."""
        self.client.put_object(Bucket=self.bucket, Key=name, Body=bytes(data))

    def get(self, name: str, start: int, length: int) -> bytes:
        """One ranged GET."""
        try:
            answer = self.client.get_object(
                Bucket=self.bucket, Key=name, Range=f"bytes={start}-{start + length - 1}"
            )
        except self.client.exceptions.NoSuchKey:
            raise SealBroken(f"{name} is missing") from None
        return answer["Body"].read()

    def names(self, prefix: str) -> Iterator[str]:
        """Page by page."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix and prefix.rstrip("/") + "/"):
            for entry in page.get("Contents", ()):
                yield entry["Key"]

    def delete(self, prefix: str) -> int:
        """One by one: not every S3 knows the bulk call."""
        names = list(self.names(prefix))
        for name in names or [prefix]:
            self.client.delete_object(Bucket=self.bucket, Key=name)
        return len(names)

    def is_full(self) -> bool:
        """A bucket says so when it is asked to take something."""
        return False

    def free(self) -> None:
        """Nobody can tell."""


def store() -> Store:
    """The store this house uses."""
    if settings.FILM_STORE == "s3":
        return BucketStore(_client(settings.FILM_S3_ENDPOINT), settings.FILM_BUCKET)
    return FolderStore(settings.FILM_FOLDER)


@cache
def _client(endpoint: str) -> Any:
    import boto3  # only houses with a bucket install it

    return boto3.client("s3", endpoint_url=endpoint or None)
