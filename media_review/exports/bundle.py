"""Several files as one archive."""

import io
import zipfile
from collections.abc import Iterable


def written(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these files, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()
