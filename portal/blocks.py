"""What the public home can be made of, edited in Wagtail."""

from wagtail import blocks


class IdeaBlock(blocks.StructBlock):
    """One idea: a title and a few sentences."""

    title = blocks.CharBlock(max_length=80)
    words = blocks.RichTextBlock(features=["bold", "italic", "link"])

    class Meta:
        icon = "pick"
        template = "portal/blocks/idea.html"


class RoadStepBlock(blocks.StructBlock):
    """One station of the road to accreditation."""

    title = blocks.CharBlock(max_length=60)
    words = blocks.TextBlock()


class RoadBlock(blocks.StructBlock):
    """The road, station by station."""

    title = blocks.CharBlock(max_length=80)
    lead = blocks.TextBlock(required=False)
    steps = blocks.ListBlock(RoadStepBlock())

    class Meta:
        icon = "list-ol"
        template = "portal/blocks/road.html"


class PeopleBlock(blocks.StructBlock):
    """What the house does for each kind of person."""

    title = blocks.CharBlock(max_length=80)
    people = blocks.ListBlock(IdeaBlock())

    class Meta:
        icon = "group"
        template = "portal/blocks/people.html"


class PromiseBlock(blocks.StructBlock):
    """A promise to families, set apart."""

    title = blocks.CharBlock(max_length=80)
    words = blocks.RichTextBlock(features=["bold", "italic", "link", "ul"])

    class Meta:
        icon = "lock"
        template = "portal/blocks/promise.html"


class HomeStream(blocks.StreamBlock):
    """The body of the public home."""

    idea = IdeaBlock()
    road = RoadBlock()
    people = PeopleBlock()
    promise = PromiseBlock()
