"""What clients of the demo ask about, and how operators mark it."""

from connective.kit.context import Ctx
from connective.modules.topics.schemas import NewTag, NewTopic
from connective.modules.topics.service import tags, topics

TOPICS = (("Support", "support", "blue"), ("Delivery", "delivery", "teal"))
TAGS = (("VIP", "violet"), ("Complaint", "red"), ("Wholesale", "green"))


async def make(ctx: Ctx) -> None:
    """Topics, the first of which the scenario calls operators for, and tags."""
    for name, alias, color in TOPICS:
        await topics.create_topic(ctx, NewTopic(name=name, alias=alias, color=color))
    for name, color in TAGS:
        await tags.create_tag(ctx, NewTag(name=name, color=color))
