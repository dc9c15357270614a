"""What can go wrong with a film, told apart by whose fault it is."""


class BadFilm(Exception):
    """The film itself cannot be used. The message is a sentence for the sender."""


class MachineTrouble(Exception):
    """Our machine could not do it this time. It is tried again."""


class LeaseLost(Exception):
    """Somebody else has taken this piece of work, or it is no longer wanted."""


class SealBroken(Exception):
    """A sealed object does not open: altered, cut, swapped, extended, or the wrong key."""


class KeyGone(SealBroken):
    """The key that opened this has been destroyed, or was never made."""


class RootMissing(SealBroken):
    """This process was not given the root key that wrapped this. Nothing is lost by it."""


class StoreTrouble(Exception):
    """The store did not keep a part."""


class UploadRefused(Exception):
    """A request to the upload address cannot be served. Carries the HTTP status that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
