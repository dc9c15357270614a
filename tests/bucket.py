"""An S3-compatible bucket of our own for as long as a test runs: moto's server as a process."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.supervisor import die_with

NAME = "films"
WHO = {
    "AWS_ACCESS_KEY_ID": "attune",
    "AWS_SECRET_ACCESS_KEY": "attune",
    "AWS_DEFAULT_REGION": "eu-west-2",
}
START_SECONDS = 120


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def bucket() -> Iterator[dict[str, str]]:
    """The environment that leads a house to an empty bucket, which is gone afterwards."""
    port, parent = free_port(), os.getpid()
    with tempfile.TemporaryDirectory(prefix="attune-s3-") as folder:
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                cwd=folder,
                env={**os.environ, "TMPDIR": folder},
                stdout=log,
                stderr=log,
                preexec_fn=lambda: die_with(parent),
            )
        try:
            told = {
                **WHO,
                "ATTUNE_FILM_STORE": "s3",
                "ATTUNE_S3_BUCKET": NAME,
                "ATTUNE_S3_ENDPOINT": f"http://127.0.0.1:{port}",
            }
            wait_for_port(port, process)
            client(told).create_bucket(
                Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
            )
            yield told
        finally:
            process.kill()
            process.wait()


def client(told: dict[str, str]) -> Any:
    """An S3 client of the bucket that this environment leads to."""
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=told["ATTUNE_S3_ENDPOINT"],
        aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        region_name=told["AWS_DEFAULT_REGION"],
    )


def wait_for_port(port: int, process: subprocess.Popen[Any]) -> None:
    """Somebody listens there."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as line:
            line.settimeout(1)
            if not line.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError(f"Nobody listens on port {port}.")
