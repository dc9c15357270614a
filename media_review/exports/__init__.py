"""Words on film as files for other programs: a table, subtitles, ELAN. Never the film itself."""

from media_review.exports import bundle, elan, subtitles, table
from media_review.exports.notes import Heading, Note, Sheet

__all__ = ["Heading", "Note", "Sheet", "bundle", "elan", "subtitles", "table"]
