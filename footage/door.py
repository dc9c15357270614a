"""Run inside the sandbox before ffmpeg: opens the one door of its network and hands it out.

Arguments: the socket to hand it through, the port, then the command to become.
"""

import os
import socket
import sys


def open_door(way_out: int, port: int) -> None:
    """A listening socket of this network is in the hands of whoever started us, and not in ours."""
    with socket.socket(fileno=way_out) as way, socket.create_server(("127.0.0.1", port)) as door:
        socket.send_fds(way, [b"door"], [door.fileno()])


if __name__ == "__main__":
    open_door(int(sys.argv[1]), int(sys.argv[2]))
    try:
        os.execvp(sys.argv[3], sys.argv[3:])  # noqa: S606
    except OSError as wrong:
        sys.exit(f"door: {wrong}")
