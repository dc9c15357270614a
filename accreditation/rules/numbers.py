"""Certificate numbers: short, hard to mistype, hard to guess.

ATT-2026-7F3K9M-Q: the year, six signs, one sign that checks the others. The alphabet has 29 signs,
a prime, so that the check finds every single wrong sign and every swap of two; it leaves out what
looks alike (0 O, 1 I L, 5 S, U V). Six signs (600 million a year) cannot be walked through: a
number is known only to whoever holds the certificate.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
SIGNS = 6
_SHAPE = re.compile(rf"ATT(\d{{4}})([{ALPHABET}]{{{SIGNS}}})([{ALPHABET}])")


def fresh(year: int) -> str:
    """A number that nobody can guess."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return written(year, signs)


def written(year: int, signs: str) -> str:
    """The number as it is printed, with its check sign."""
    return f"ATT-{year}-{signs}-{check(year, signs)}"


def check(year: int, signs: str) -> str:
    """The sign that a slip of the pen changes."""
    values = [int(digit) for digit in f"{year:04}"] + [ALPHABET.index(sign) for sign in signs]
    return ALPHABET[sum(place * value for place, value in enumerate(values, start=1)) % 29]


def read(words: str) -> str | None:
    """The number somebody typed, in its printed form; None when it cannot be one.

    Case, spaces and dashes do not matter.
    """
    plain = re.sub(r"[^0-9A-Z]", "", words.upper())
    found = _SHAPE.fullmatch(plain)
    if not found:
        return None
    year, signs, mark = int(found[1]), found[2], found[3]
    return written(year, signs) if check(year, signs) == mark else None
