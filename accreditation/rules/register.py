"""How names are folded, so that a search finds Zoë Müller under "zoe mul"."""

import re
import unicodedata

LONGEST = 60


def words_of(*texts: str) -> list[str]:
    """The words of these texts without case, accents or signs, each once, in order."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = (word[:LONGEST] for word in re.split(r"[\W_]+", plain) if word)
    return list(dict.fromkeys(found))
