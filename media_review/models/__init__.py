"""Recordings and clips, submissions and comments, viewing grants, holds and rings of keys."""

from media_review.models.grants import Hold, ViewingGrant
from media_review.models.recordings import Clip, Recording
from media_review.models.rings import Ring
from media_review.models.submissions import Comment, Submission, SubmittedClip

__all__ = [
    "Clip",
    "Comment",
    "Hold",
    "Recording",
    "Ring",
    "Submission",
    "SubmittedClip",
    "ViewingGrant",
]
