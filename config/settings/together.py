"""Watching together: where the process for it is reached, and how many it takes."""

from urllib.parse import urlsplit

from config.settings import env

_SITE = urlsplit(env.text("ATTUNE_ADDRESS"))
_OWN_PORT = env.number("ATTUNE_TOGETHER_PORT", 8100)
# Behind a proxy it lies under the house's own address; the embedded house has a port of its own.
_ELSEWHERE = f"wss://{_SITE.netloc}/together/" if _SITE.scheme == "https" else ""
TOGETHER_ADDRESS = env.text(
    "ATTUNE_TOGETHER_ADDRESS", _ELSEWHERE or f"ws://localhost:{_OWN_PORT}/together/"
)
TOGETHER_ASK_SECONDS = 3.0  # how often everybody's right to be there is asked for again
TOGETHER_MOST = env.number("ATTUNE_TOGETHER_MOST", 400)
TOGETHER_THREADS = 4
