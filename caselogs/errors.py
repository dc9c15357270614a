"""What the case log refuses, in words that people read."""

from people.errors import RuleBroken


class ConsentFirst(RuleBroken):
    """A film was dated before consent to filming: the page offers to record the consent."""


class CodeTaken(RuleBroken):
    """The guider has a case with this code already."""
