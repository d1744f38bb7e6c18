"""What of this room belongs to a person, when two records of one are merged."""

from clients.moving import Belonging
from reminders.models import InboundMessage, Message, SlotOffer, WhichAsked

BELONGINGS = (
    Belonging(Message, "recipient", case="session__case"),
    Belonging(InboundMessage),
    Belonging(SlotOffer, "recipient", case="participant__session__case"),
    Belonging(WhichAsked, "recipient"),
)
