"""The answer to "may I?": yes, or no with a reason."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, and if not, why, in a sentence for the person."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise PermissionDenied with the reason unless allowed."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason)
