"""A mail server that is away."""

from django.core.mail.backends.base import BaseEmailBackend


class Mail(BaseEmailBackend):
    """Nothing leaves."""

    def send_messages(self, email_messages):
        """Fail as a network would."""
        raise ConnectionError
