"""What a telephone call says, as the TwiML that plays it."""

from django.urls import reverse
from twilio.twiml.voice_response import Gather, VoiceResponse

from reminders.services.calling import Speech

KEY_WITHIN_SECONDS = 8
# Each language in a voice of its own: English words in a Spanish mouth are not understood.
_VOICES = {"en": ("en-US", "Polly.Joanna"), "es": ("es-MX", "Polly.Mia")}


def twiml(speech: Speech, attempt_id: object) -> str:
    """Say it, listen for one key where there is something to answer, say it again, and hang up."""
    said = VoiceResponse()
    if speech.takes_keys:
        for _ in range(2):
            said.append(_listening(speech, attempt_id))
    elif speech.words:
        _say(said, speech)
    said.hangup()
    return str(said)


def _listening(speech: Speech, attempt_id: object) -> Gather:
    action = reverse("twilio-call-keys", args=[attempt_id])
    gather = Gather(num_digits=1, action=action, method="POST", timeout=KEY_WITHIN_SECONDS)
    _say(gather, speech)
    return gather


def _say(where: VoiceResponse | Gather, speech: Speech) -> None:
    language, voice = _VOICES.get(speech.language, _VOICES["en"])
    where.say(speech.words, language=language, voice=voice)
