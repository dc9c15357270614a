"""Which tables live with the keys, so that a dump of the house opens no film."""

from typing import Any

KEYS = "keys"
KEY_MODELS = frozenset({("footage", "accountkey"), ("footage", "ringkey")})


class KeysRouter:
    """Send the keys of the films to their own database and everything else to the house's."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Keys are read from their own database."""
        return self._place(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        """Keys are written to their own database."""
        return self._place(model._meta.app_label, model._meta.model_name)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """A table is made in its own database only; migrations without a model go to the house."""
        return db == (self._place(app_label, model_name) or "default")

    def _place(self, app_label: str, model_name: str | None) -> str | None:
        return KEYS if (app_label, (model_name or "").lower()) in KEY_MODELS else None
