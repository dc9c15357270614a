"""Recordings, clips, boards, reviews, submissions, second looks, grants, holds, viewings, rings."""

from media_review.models.grants import Hold, ViewingGrant
from media_review.models.guides import ReviewGuide
from media_review.models.holds import HoldWish, SafeguardingHold
from media_review.models.keepsakes import Keepsake, KeepsakeItem, KeepsakeLink
from media_review.models.looks import Code, SecondLook
from media_review.models.moments import Chain, ChainLink, Moment, Still
from media_review.models.notes import SpokenNote
from media_review.models.points import WorkingPoint
from media_review.models.ratings import Rating
from media_review.models.reading import Opening, ReadMark
from media_review.models.recordings import Clip, Recording
from media_review.models.retention import FamilyTerm, Receipt, Reminder, RetentionPolicy
from media_review.models.reviews import Preparation, ReviewRun, Showing
from media_review.models.rings import Ring
from media_review.models.storyboards import Storyboard, StoryboardItem
from media_review.models.submissions import Comment, Submission, SubmittedClip
from media_review.models.viewings import Viewing

# What has a film that is watched, or heard.
Filmed = type[Recording] | type[Clip] | type[Still] | type[SpokenNote] | type[Keepsake]

__all__ = [
    "Chain",
    "ChainLink",
    "Clip",
    "Code",
    "Comment",
    "FamilyTerm",
    "Filmed",
    "Hold",
    "HoldWish",
    "Keepsake",
    "KeepsakeItem",
    "KeepsakeLink",
    "Moment",
    "Opening",
    "Preparation",
    "Rating",
    "ReadMark",
    "Receipt",
    "Recording",
    "Reminder",
    "RetentionPolicy",
    "ReviewGuide",
    "ReviewRun",
    "Ring",
    "SafeguardingHold",
    "SecondLook",
    "Showing",
    "SpokenNote",
    "Still",
    "Storyboard",
    "StoryboardItem",
    "Submission",
    "SubmittedClip",
    "Viewing",
    "ViewingGrant",
    "WorkingPoint",
]
