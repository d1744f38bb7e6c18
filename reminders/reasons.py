"""Why a message waits or ended as it did, in words for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reminders.codes import LANDLINES

REASONS: dict[str, str | Promise] = {
    # It waits.
    "paused": _("Sending is paused"),
    "agreement": _("Sending waits for an agreement with the providers to be recorded"),
    "quiet_hours": _("Waits for the morning where they are"),
    "destination_busy": _("Another message to this address is being checked"),
    "sender_rate": _("Waits its turn: our sender may only send so many a second"),
    "back_off": _("The provider asked us to slow down"),
    "provider_paused": _("The provider refuses us: a setting needs attention"),
    "provider_down": _("The provider does not answer; we try again soon"),
    "try_again": _("It did not arrive; we try once more"),
    "cap_day": _("They have had today's text; it goes out tomorrow"),
    "cap_week": _("They have had this week's texts; it goes out when there is room"),
    "next_address": _("That address does not work; the next one is tried"),
    # It is not needed any more.
    "session_cancelled": _("The session was cancelled"),
    "session_changed": _("The session was changed; there is a newer message"),
    "taken_back": _("The cancellation was taken back"),
    "rule_off": _("The rule was turned off"),
    "rule_changed": _("The rule is not for this session any more"),
    "silent": _("They have left the practice or died"),
    "not_guardian": _("They no longer receive this person's messages"),
    "combined": _("Told in one text together with another time"),
    "cap_told": _("They have had this time already, and enough texts this week"),
    "offer_over": _("That time is not offered to them any more"),
    "check_in_over": _("Check-ins rest, ended, or are agreed on for other days"),
    "dismissed": _("Dismissed by staff"),
    # It is too late.
    "overtaken": _("Its time had passed; a later one follows where it helps"),
    # It may not be sent.
    "away": _("They are away"),
    "no_guardian": _("A minor, and nobody is named to receive messages"),
    "do_not_contact": _("Not to be contacted: ask their clinician"),
    "call_only": _("Telephone only, nothing in writing"),
    "discreet": _("Discreet: a call is better than a text"),
    "opted_out": _("They asked for no more texts"),
    "no_consent": _("No recorded consent for this address"),
    "no_address": _("No address that works"),
    "no_video_link": _("A video session without its link"),
    "no_words": _("There is no wording for this message"),
    # It did not arrive.
    "refused": _("The provider refused it"),
    "carrier_filter": _("A carrier filtered it out"),
    "not_delivered": _("It could not be delivered"),
    "voicemail": _("A machine answered; only your name and number were left"),
    "bounced": _("The mail came back"),
    # A person decides.
    "restored": _("It fell due while a backup was restored, and may have gone out"),
    "undecidable": _("The provider's record does not tell whether it went out"),
}


def unfit_words(reason: str) -> str:
    """What is wrong with an address, from the channel and the code with which it was refused."""
    channel = reason.partition(" ")[0]
    if reason in LANDLINES:
        return gettext("It takes no texts")
    words = {"voice": _("It cannot be called"), "email": _("Mail comes back")}
    return str(words.get(channel, _("It does not work")))


def reason_words(reason: str) -> str:
    """The sentence for a reason; the code itself for one of a newer version."""
    return str(REASONS.get(reason, reason))
