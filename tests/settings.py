"""The house's own settings, read from an environment made for tests.

Nothing in the house knows that it is tested: what differs here differs by the same environment
variables that tell an installation from another.
"""

import atexit
import os
import shutil
import socket
import tempfile

VAR = tempfile.mkdtemp(prefix="attune-tests-")
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
# Held without listening, so that nobody else is given the port before a test opens its doors there.
TOGETHER_PORT_HELD = socket.socket()
TOGETHER_PORT_HELD.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
TOGETHER_PORT_HELD.bind(("127.0.0.1", 0))
os.environ.update(
    {
        "ATTUNE_TOGETHER_PORT": str(TOGETHER_PORT_HELD.getsockname()[1]),
        "ATTUNE_VAR": VAR,
        "ATTUNE_MODE": "embedded",
        "ATTUNE_BROKER_URL": "memory://",
        "ATTUNE_MAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "ATTUNE_PASSWORD_HASHERS": "django.contrib.auth.hashers.MD5PasswordHasher",
        "ATTUNE_HOSTS": "localhost,127.0.0.1,testserver",
        "ATTUNE_LOG_LEVEL": "WARNING",
        "ATTUNE_ADDRESS": "http://testserver",
    }
)
os.environ.setdefault("ATTUNE_DEMO", "0")

from config.settings import *  # noqa: E402, F403

# The keys' database holds one table: it is made directly, without the steps of every other room.
DATABASES["keys"]["TEST"] = {**DATABASES["keys"].get("TEST", {}), "MIGRATE": False}  # noqa: F405
