"""Examples typed one a line."""

import json
from typing import Any

from django import forms


class Lines(forms.Textarea):
    """A list of short sentences, one on each line."""

    def format_value(self, value: Any) -> str:
        """The kept list as lines."""
        try:
            return "\n".join(json.loads(value or "[]"))
        except ValueError:
            return str(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The lines as the list that is kept."""
        lines = [line.strip() for line in str(data.get(name) or "").splitlines()]
        return json.dumps([line for line in lines if line])
