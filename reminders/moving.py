"""What of this room belongs to a person, when two records of one are merged."""

from clients.moving import Belonging
from reminders.models import InboundMessage, Message, SlotOffer, WhichAsked

BELONGINGS = (
    Belonging(Message, "recipient", case="session__case", address="attempts__contact_point__address"),
    Belonging(InboundMessage, address="from_address"),
    Belonging(SlotOffer, "recipient", case="participant__session__case"),
    Belonging(WhichAsked, "recipient"),
)
