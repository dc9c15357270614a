"""Structured logs without anything personal: ids, verbs, durations."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from config.settings import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer()
            if env.MODE == env.PRODUCTION
            else structlog.dev.ConsoleRenderer(colors=False),
            "foreign_pre_chain": [structlog.processors.TimeStamper(fmt="iso")],
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("ATTUNE_LOG_LEVEL", "INFO")},
    "loggers": {
        "django_structlog": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
SECRET_PLACES = re.compile(r"(/keepsake/|/welcome/)[^/\s]+")


def without_links(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The line without the part of an address that lets somebody in."""
    if "request" in line:
        line["request"] = SECRET_PLACES.sub(r"\1…", str(line["request"]))
    return line


DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal; the session list keeps it
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,  # first: most lines are dropped, and cost nothing then
        structlog.contextvars.merge_contextvars,
        without_links,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
