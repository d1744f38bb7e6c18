"""Why a message waits or ended as it did, in words for staff."""

from reminders.codes import LANDLINES

REASONS: dict[str, str] = {
    # It waits.
    "paused": "Sending is paused",
    "agreement": "Sending waits for an agreement with the providers to be recorded",
    "quiet_hours": "Waits for the morning where they are",
    "destination_busy": "Another message to this address is being checked",
    "sender_rate": "Waits its turn: our sender may only send so many a second",
    "back_off": "The provider asked us to slow down",
    "provider_paused": "The provider refuses us: a setting needs attention",
    "provider_down": "The provider does not answer; we try again soon",
    "try_again": "It did not arrive; we try once more",
    "cap_day": "They have had today's text; it goes out tomorrow",
    "cap_week": "They have had this week's texts; it goes out when there is room",
    "next_address": "That address does not work; the next one is tried",
    # It is not needed any more.
    "session_cancelled": "The session was cancelled",
    "session_changed": "The session was changed; there is a newer message",
    "taken_back": "The cancellation was taken back",
    "rule_off": "The rule was turned off",
    "rule_changed": "The rule is not for this session any more",
    "silent": "They have left the practice or died",
    "not_guardian": "They no longer receive this person's messages",
    "combined": "Told in one text together with another time",
    "cap_told": "They have had this time already, and enough texts this week",
    "offer_over": "That time is not offered to them any more",
    "check_in_over": "Check-ins rest, ended, or are agreed on for other days",
    "dismissed": "Dismissed by staff",
    # It is too late.
    "overtaken": "Its time had passed; a later one follows where it helps",
    # It may not be sent.
    "away": "They are away",
    "no_guardian": "A minor, and nobody is named to receive messages",
    "do_not_contact": "Not to be contacted: ask their clinician",
    "call_only": "Telephone only, nothing in writing",
    "discreet": "Discreet: a call is better than a text",
    "opted_out": "They asked for no more texts",
    "no_consent": "No recorded consent for this address",
    "no_address": "No address that works",
    "no_video_link": "A video session without its link",
    "no_words": "There is no wording for this message",
    # It did not arrive.
    "refused": "The provider refused it",
    "carrier_filter": "A carrier filtered it out",
    "not_delivered": "It could not be delivered",
    "voicemail": "A machine answered; only your name and number were left",
    "bounced": "The mail came back",
    # A person decides.
    "restored": "It fell due while a backup was restored, and may have gone out",
    "undecidable": "The provider's record does not tell whether it went out",
}


def unfit_words(reason: str) -> str:
    """What is wrong with an address, from the channel and the code with which it was refused."""
    channel = reason.partition(" ")[0]
    if reason in LANDLINES:
        return "It takes no texts"
    return {"voice": "It cannot be called", "email": "Mail comes back"}.get(channel, "It does not work")


def reason_words(reason: str) -> str:
    """The sentence for a reason; the code itself for one of a newer version."""
    return REASONS.get(reason, reason)
