"""Shape of a new passkey, in words for people who have never set one up."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for the device, and whether it opens Attune without a password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = "A name for this device"
        self.initial["name"] = "My device"
        if tick := self.fields.get("passwordless"):
            tick.label = "Sign in with it alone, without a password"
            tick.help_text = "It asks for your fingerprint, face or PIN, so that is safe."
            tick.initial = True
