"""What can be refused, in words that people read."""


class RuleBroken(Exception):
    """A rule of the field was broken; the message is a sentence for the person who asked."""
