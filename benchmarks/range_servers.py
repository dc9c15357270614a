"""The servers that the bench of ranges asks: gunicorn as the house runs it, and a bare nginx."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

PLAIN = "film.mp4"
CONFIG = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; types {{ video/mp4 mp4; }}
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location / {{ {place} }}
  }}
}}
"""


def nginx_here() -> bool:
    """Is nginx installed?"""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is not None


@contextmanager
def gunicorn() -> Iterator[int]:
    """The port of the house, with the workers and threads of `config.supervisor`."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--preload"]
    command += [f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--workers=2"]
    command += ["--threads=8", "--keep-alive=5", "--log-level=warning"]
    with running(command, port):
        yield port


@contextmanager
def nginx(
    pieces: Iterable[bytes], to: Callable[[], AbstractContextManager[int]] | None = None
) -> Iterator[int]:
    """The port of an nginx of our own: in front of `to`, or with these bytes as a plain file."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="attune-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if to is None:
            with (folder / PLAIN).open("wb") as file:
                file.writelines(pieces)
            with running(_configured(folder, port, f"root {folder};"), port):
                yield port
            return
        with to() as behind:
            place = f"proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host localhost;"
            place += "proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffers 32 64k;"
            place += "proxy_max_temp_file_size 0;"
            with running(_configured(folder, port, place), port):
                yield port


def _configured(folder: Path, port: int, place: str) -> list[str]:
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, place=place))
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    return [program, "-p", str(folder), "-c", str(config)]


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """The server answers meanwhile, and has ended afterwards."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise AssertionError((server.stderr.read() if server.stderr else b"").decode())
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"Nothing answers at port {port}.")


def free_port() -> int:
    """A port on loopback that nobody uses just now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
