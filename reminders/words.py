"""The words that ship, in English and Spanish: warm, short, nothing clinical.

Texts keep to the GSM-7 alphabet, which has no curly quotes, dashes, nor the Spanish í, ó, ú and á:
one such letter doubles the price of a text. `{fields}` are filled in by `rendering.py`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import Channel

FIELDS = {
    "practice": _("What clients know the practice as"),
    "phone": _("The practice's telephone number"),
    "when": _("Day, date and time, such as Thu Nov 20, 3:00 PM"),
    "video": _("“, by video: ” and the link; empty for a session in person"),
    "or_video": _("“, V for video” where a V would move it to a screen; else empty"),
    "times": _("The free times that are offered, each with its number"),
    "emergency": _("The emergency number of the practice's country"),
    "crisis": _("The crisis line of the practice's country"),
    "until": _("Until when a time that became free is held for them"),
    "link": _("Their own page, to confirm, move or cancel without a call; empty where there is none"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One message in one language for one channel."""

    body: str
    subject: str = ""


# key: (label for staff, fields that the body cannot do without)
KEYS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "reminder": (_("Reminder"), ("practice", "when", "video", "phone")),
    "reminder_first": (_("Reminder of a first time"), ("practice", "when", "video", "phone")),
    "reminder_again": (_("Reminder after a missed one"), ("practice", "when", "video", "phone")),
    "moved": (_("New time"), ("practice", "when", "video", "phone")),
    "agreed_time": (_("Another time in place of a missed one"), ("practice", "when", "video", "phone")),
    "now_video": (_("By video now, as agreed"), ("practice", "video", "phone")),
    "now_phone": (_("By telephone now, as agreed"), ("practice", "phone")),
    "cancelled": (_("Cancelled by the practice"), ("practice", "when", "phone")),
    "confirmed": (_("Answer to C"), ("practice", "when")),
    "offered": (_("Answer to R, with free times"), ("practice", "times", "when")),
    "offered_again": (_("Answer where the chosen time was just taken"), ("practice", "times")),
    "which_time": (_("Answer to R where one text named several times"), ("practice", "times", "phone")),
    "chosen": (_("Answer to the chosen time"), ("practice", "when", "video")),
    "asks_to_move": (_("Answer to R, without a free time"), ("practice", "phone")),
    "by_video": (_("Answer to V"), ("practice", "when", "video", "phone")),
    "in_touch": (_("Answer to V where it is for the desk to see to"), ("practice", "phone")),
    "say_c": (_("Answer to YES"), ("practice", "when")),
    "to_be_sure": (_("Answer where it is not clear which time is meant"), ("practice", "phone")),
    "opted_out": (_("Answer to STOP"), ("practice", "phone")),
    "opted_in": (_("Answer to START"), ("practice", "phone")),
    "help": (_("Answer to HELP"), ("practice", "phone", "emergency", "crisis")),
    "not_watched": (_("Answer to anything else"), ("practice", "emergency", "crisis")),
    "too_late": (_("Answer about a time that has changed"), ("practice", "phone")),
    "missed": (_("After a missed session"), ("practice", "when", "phone")),
    "late_cancelled": (_("After their own cancellation"), ("practice", "when")),
    "check_in": (_("A check-in between sessions"), ("practice", "emergency", "crisis")),
    "offer": (_("A time that became free"), ("practice", "when", "until", "link")),
    "absent_partner": (_("To a partner who was absent"), ("practice", "when", "phone")),
}

# What a rule can send; where a way has no words for one of these, it has them for the first.
REMINDERS = ("reminder", "reminder_first", "reminder_again")

_SMS_EN = {
    "check_in": "{practice}: Thinking of you. How are you? Answer if you like; texts are not watched around the "
    "clock. Danger: {emergency}. To talk: {crisis}. STOP ends.",
    "offer": "{practice}: {when} is free. Yours if taken by {until}: {link}",
    "reminder": "{practice}: {when}{video}. C to confirm, R for another time{or_video}, or call {phone}. "
    "STOP to end texts.",
    "reminder_first": "{practice}: Welcome {when}{video}. C confirms, R moves it{or_video}, or call {phone}. "
    "STOP ends texts.",
    "reminder_again": "{practice}: Good to see you {when}{video}. C confirms, R moves it{or_video}, or call {phone}. "
    "STOP ends texts.",
    "moved": "{practice}: Your time is now {when}{video}. C to confirm, R for another time{or_video}, or call {phone}.",
    "agreed_time": "{practice}: As agreed: {when}{video}. C to confirm, R for another time, or call {phone}.",
    "now_video": "{practice}: We are here for you now{video}. Or call {phone}.",
    "now_phone": "{practice}: We can talk by telephone now: we call you, or you call {phone}.",
    "cancelled": "{practice}: Sorry, we cannot keep {when}. R for another time, or call {phone}.",
    "confirmed": "{practice}: Thank you. See you {when}.",
    "offered": "{practice}: Free: {times}. Answer with its number; else {when} stands.",
    "offered_again": "{practice}: Sorry, that one has just gone. Free now: {times}. Answer with its number.",
    "which_time": "{practice}: To move one: {times}. Answer with its number, or call {phone}.",
    "chosen": "{practice}: Thank you. Your time is now {when}{video}. R finds another, or call {phone}.",
    "asks_to_move": "{practice}: Thank you. We will be in touch about another time. Sooner? Call {phone}.",
    "by_video": "{practice}: Thank you. We meet {when}{video}. Rather in person? Call {phone}.",
    "in_touch": "{practice}: Thank you. We will see to it and be in touch. Sooner? Call {phone}.",
    "say_c": "{practice}: Thank you. To confirm {when}, please answer C. R finds another time.",
    "to_be_sure": "{practice}: Thank you. To be sure which time you mean, we will call. "
    "Sooner? Call {phone}.",
    "opted_out": "{practice}: No more texts. Your appointments still stand; to change one, "
    "call {phone}. START resumes.",
    "opted_in": "{practice}: Texts are on again. STOP ends them. Questions? Call {phone}.",
    "help": "{practice}: Texts about your times. C confirms, R another time, V by video, STOP ends. "
    "Or call {phone}. In danger: {emergency}. To talk: {crisis}.",
    "not_watched": "{practice}: Thank you, we will read this. We don't read texts around the clock. "
    "In danger, call {emergency}. To talk now, call or text {crisis}.",
    "too_late": "{practice}: That time has changed. We will be in touch, or call {phone}.",
    "missed": "{practice}: Sorry we missed each other {when}. No need to explain. "
    "R for another time, or call {phone}.",
    "late_cancelled": "{practice}: Thank you for telling us. {when} is cancelled. R finds another time.",
    "absent_partner": "{practice}: Your next time is {when}; you are welcome. C confirm, R move, "
    "or call {phone}.",
}

_SMS_ES = {
    "check_in": "{practice}: Pensamos en usted. ¿Qué tal? Responda si quiere; no leemos textos a toda hora. "
    "Peligro: {emergency}. Hablar: {crisis}. STOP: fin.",
    "offer": "{practice}: {when} libre. Suya si responde hasta {until}: {link}",
    "reminder": "{practice}: {when}{video}. C confirma, R busca otra hora{or_video}, o llame al {phone}. "
    "STOP: fin de textos.",
    "reminder_first": "{practice}: Le esperamos {when}{video}. C confirma, R busca otra hora{or_video}, "
    "o llame al {phone}. STOP: fin.",
    "reminder_again": "{practice}: Le esperamos {when}{video}. C confirma, R busca otra hora{or_video}, "
    "o llame al {phone}. STOP: fin.",
    "moved": "{practice}: Su hora es ahora {when}{video}. C para confirmar, R para otra hora{or_video}, "
    "o llame al {phone}.",
    "agreed_time": "{practice}: Como acordamos: {when}{video}. C confirma, R busca otra hora, o llame al {phone}.",
    "now_video": "{practice}: Le esperamos ahora{video}. O llame al {phone}.",
    "now_phone": "{practice}: Podemos hablar ahora por teléfono: le llamamos, o llame al {phone}.",
    "cancelled": "{practice}: Lo sentimos, no podemos mantener {when}. R para otra hora, o llame al {phone}.",
    "confirmed": "{practice}: Gracias. Le esperamos {when}.",
    "offered": "{practice}: Libre: {times}. Responda con la cifra. Hasta entonces sigue {when}.",
    "offered_again": "{practice}: Lo sentimos, esa hora se acaba de ocupar. Libre: {times}. "
    "Responda con la cifra.",
    "which_time": "{practice}: Para cambiar una: {times}. Responda con la cifra, o llame al {phone}.",
    "chosen": "{practice}: Gracias. Su hora es ahora {when}{video}. R busca otra, o llame al {phone}.",
    "asks_to_move": "{practice}: Gracias. Le escribiremos sobre otra hora. Si prefiere, llame al {phone}.",
    "by_video": "{practice}: Gracias. Nos vemos {when}{video}. Si prefiere en persona, llame al {phone}.",
    "in_touch": "{practice}: Gracias. Lo veremos y le avisaremos. Si prefiere, llame al {phone}.",
    "say_c": "{practice}: Gracias. Para confirmar {when}, responda C. R busca otra hora.",
    "to_be_sure": "{practice}: Gracias. Para saber a qué hora se refiere, le llamaremos. "
    "Si prefiere, llame al {phone}.",
    "opted_out": "{practice}: No enviaremos textos. Sus citas siguen en pie; para cambiar una, "
    "llame al {phone}. START los reanuda.",
    "opted_in": "{practice}: Los textos vuelven. STOP los termina. Si tiene preguntas, llame al {phone}.",
    "help": "{practice}: Textos sobre sus citas. C confirma, R otra hora, V video, STOP: fin. "
    "O llame al {phone}. En peligro: {emergency}. Para hablar: {crisis}.",
    "not_watched": "{practice}: Gracias, lo leeremos. No leemos textos a toda hora. En peligro, "
    "llame al {emergency}. Para hablar ahora, llame o escriba al {crisis}.",
    "too_late": "{practice}: Esa hora ha cambiado. Le escribiremos, o llame al {phone}.",
    "missed": "{practice}: Sentimos no habernos visto {when}. No hace falta explicar nada. "
    "R para otra hora, o llame al {phone}.",
    "late_cancelled": "{practice}: Gracias por avisarnos. {when} queda cancelado. R busca otra hora.",
    "absent_partner": "{practice}: Su hora es {when}; le esperamos con gusto. C confirma, R cambia, "
    "o llame al {phone}.",
}

_EMAIL_EN = {
    "check_in": "Hello,\n\nhow are you? If you like, tell us: call {phone}, or answer by text.\n\n"
    "Messages are not watched around the clock. In danger, call {emergency}. To talk now, call or text "
    "{crisis}.\n\n{practice}\n{phone}\n",
    "offer": "Hello,\n\na time has become free: {when}.\n\nIt is held for you until {until}. Take it, or let "
    "it go, here:\n{link}\n\nIf it does not suit you, you stay on the list.\n\n{practice}\n{phone}\n",
    "reminder": "Hello,\n\nyour time with us is {when}{video}.\n\nConfirm it, or choose another time, here:\n"
    "{link}\n\nOr just call {phone}; moving it is easy.\n\n{practice}\n{phone}\n",
    "reminder_first": "Hello,\n\nwe look forward to meeting you {when}{video}.\n\nConfirm it, or choose another "
    "time, here:\n{link}\n\nQuestions? Call {phone}.\n\n{practice}\n{phone}\n",
    "reminder_again": "Hello,\n\nwe would be glad to see you {when}{video}.\n\nConfirm it, or choose another "
    "time, here:\n{link}\n\nOr just call {phone}; moving it is easy.\n\n{practice}\n{phone}\n",
    "moved": "Hello,\n\nyour time with us is now {when}{video}.\n\nConfirm it, or choose another time, here:\n"
    "{link}\n\nOr just call {phone}.\n\n{practice}\n{phone}\n",
    "agreed_time": "Hello,\n\nas agreed, your next time with us is {when}{video}.\n\nConfirm it, or choose another, "
    "here:\n{link}\n\nOr just call {phone}.\n\n{practice}\n{phone}\n",
    "now_video": "Hello,\n\nwe are here for you now{video}.\n\nOr just call {phone}.\n\n{practice}\n{phone}\n",
    "now_phone": "Hello,\n\nwe can talk by telephone now. We will call you, or you call {phone}.\n\n"
    "{practice}\n{phone}\n",
    "cancelled": "Hello,\n\nwe are sorry that we cannot keep {when}.\n\nPlease call {phone}, and we "
    "find another time together.\n\n{practice}\n{phone}\n",
    "missed": "Hello,\n\nsorry we missed each other {when}. There is no need to explain.\n\n"
    "Call {phone} whenever you like, and we find another time.\n\n{practice}\n{phone}\n",
    "late_cancelled": "Hello,\n\nthank you for telling us. {when} is cancelled.\n\n"
    "Call {phone} for another time.\n\n{practice}\n{phone}\n",
    "absent_partner": "Hello,\n\nyour next time is {when}; you are welcome.\n\n"
    "If another time suits you better, call {phone}.\n\n{practice}\n{phone}\n",
}

_EMAIL_ES = {
    "check_in": "Hola:\n\n¿Cómo está? Si quiere, cuéntenos: llame al {phone}, o responda por texto.\n\n"
    "Los mensajes no se leen a toda hora. En peligro, llame al {emergency}. Para hablar ahora: {crisis}.\n\n"
    "{practice}\n{phone}\n",
    "offer": "Hola:\n\nSe ha liberado una hora: {when}.\n\nLa guardamos para usted hasta {until}. Tómela, o "
    "déjela, aquí:\n{link}\n\nSi no le conviene, sigue en la lista.\n\n{practice}\n{phone}\n",
    "reminder": "Hola:\n\nLe esperamos {when}{video}.\n\nConfirme, o elija otra hora, aquí:\n"
    "{link}\n\nO llame al {phone}; cambiarla es fácil.\n\n{practice}\n{phone}\n",
    "reminder_first": "Hola:\n\nNos alegra conocerle {when}{video}.\n\nConfirme, o elija otra "
    "hora, aquí:\n{link}\n\nSi tiene preguntas, llame al {phone}.\n\n{practice}\n{phone}\n",
    "reminder_again": "Hola:\n\nNos alegrará verle {when}{video}.\n\nConfirme, o elija otra hora, aquí:\n"
    "{link}\n\nO llame al {phone}; cambiarla es fácil.\n\n{practice}\n{phone}\n",
    "moved": "Hola:\n\nSu hora con nosotros es ahora {when}{video}.\n\nConfirme, o elija otra hora, aquí:\n"
    "{link}\n\nO llame al {phone}.\n\n{practice}\n{phone}\n",
    "agreed_time": "Hola:\n\nComo acordamos, su próxima hora con nosotros es {when}{video}.\n\nConfirme, o elija "
    "otra, aquí:\n{link}\n\nO llame al {phone}.\n\n{practice}\n{phone}\n",
    "now_video": "Hola:\n\nLe esperamos ahora{video}.\n\nO llame al {phone}.\n\n{practice}\n{phone}\n",
    "now_phone": "Hola:\n\nPodemos hablar ahora por teléfono. Le llamamos, o llame al {phone}.\n\n"
    "{practice}\n{phone}\n",
    "cancelled": "Hola:\n\nLo sentimos, no podemos mantener {when}.\n\nLlame al {phone} y "
    "buscamos juntos otra hora.\n\n{practice}\n{phone}\n",
    "missed": "Hola:\n\nSentimos no habernos visto {when}. No hace falta explicar nada.\n\n"
    "Llame al {phone} cuando quiera y buscamos otra hora.\n\n{practice}\n{phone}\n",
    "late_cancelled": "Hola:\n\nGracias por avisarnos. {when} queda cancelado.\n\n"
    "Llame al {phone} para otra hora.\n\n{practice}\n{phone}\n",
    "absent_partner": "Hola:\n\nSu próxima hora es {when}; le esperamos con gusto.\n\n"
    "Si le conviene otra, llame al {phone}.\n\n{practice}\n{phone}\n",
}

# Neutral: a subject line shows on a locked screen.
_SUBJECTS = {
    ("en", "offer"): "{practice}: {when} is free",
    ("es", "offer"): "{practice}: {when} libre",
    ("en", "reminder"): "{practice}: {when}",
    ("en", "reminder_first"): "{practice}: {when}",
    ("en", "reminder_again"): "{practice}: {when}",
    ("en", "moved"): "{practice}: now {when}",
    ("en", "agreed_time"): "{practice}: {when}",
    ("es", "agreed_time"): "{practice}: {when}",
    ("en", "cancelled"): "{practice}: {when} cannot be kept",
    ("es", "reminder"): "{practice}: {when}",
    ("es", "reminder_first"): "{practice}: {when}",
    ("es", "reminder_again"): "{practice}: {when}",
    ("es", "moved"): "{practice}: ahora {when}",
    ("es", "cancelled"): "{practice}: {when} no puede ser",
}

LANGUAGES = ("en", "es")

# Said aloud by a machine, to a person only; the keys are those of `services/calling.py`.
_KEYS_EN = "Press 1 to confirm, 2 if you would like us to call you back, or 9 for no more calls like this."
_KEYS_ES = (
    "Marque 1 para confirmar, 2 si prefiere que le llamemos, o 9 para no recibir más llamadas como esta."
)
_BACK_EN = "Press 2 if you would like us to call you back, or 9 for no more calls like this."
_BACK_ES = "Marque 2 si prefiere que le llamemos, o 9 para no recibir más llamadas como esta."
_VOICE_EN = {
    "reminder": "Hello, this is {practice}. Your time with us is {when}. "
    + _KEYS_EN
    + " Our number is {phone}.",
    "moved": "Hello, this is {practice}. Your time with us is now {when}. "
    + _KEYS_EN
    + " Our number is {phone}.",
    "agreed_time": "Hello, this is {practice}. As agreed, your next time with us is {when}. "
    + _KEYS_EN
    + " Our number is {phone}.",
    "cancelled": "Hello, this is {practice}. We are sorry that we cannot keep {when}. "
    + _BACK_EN
    + " Our number is {phone}.",
    "late_cancelled": "Hello, this is {practice}. Thank you for telling us. Your time {when} is cancelled. "
    + _BACK_EN,
}
_VOICE_ES = {
    "reminder": "Hola, le llama {practice}. Su hora con nosotros es el {when}. "
    + _KEYS_ES
    + " Nuestro número es {phone}.",
    "moved": "Hola, le llama {practice}. Su hora con nosotros es ahora el {when}. "
    + _KEYS_ES
    + " Nuestro número es {phone}.",
    "agreed_time": "Hola, le llama {practice}. Como acordamos, su próxima hora con nosotros es el {when}. "
    + _KEYS_ES
    + " Nuestro número es {phone}.",
    "cancelled": "Hola, le llama {practice}. Lo sentimos, no podemos mantener su hora del {when}. "
    + _BACK_ES
    + " Nuestro número es {phone}.",
    "late_cancelled": "Hola, le llama {practice}. Gracias por avisarnos. Su hora del {when} queda cancelada. "
    + _BACK_ES,
}
# To a machine a name and a number, whoever may listen to it.
_VOICEMAIL = {"en": "{practice}. {phone}.", "es": "{practice}. {phone}."}
# What is said to a key.
SAID = {
    ("en", "confirm"): "Thank you. It is confirmed. Goodbye.",
    ("en", "call_back"): "Thank you. We will call you back. Goodbye.",
    ("en", "stop"): "You will get no more calls or texts from us by machine. Your appointments still stand. "
    "Goodbye.",
    ("en", "too_late"): "Thank you. That time has changed, and we will be in touch. Goodbye.",
    ("en", "unclear"): "Thank you. Goodbye.",
    ("es", "confirm"): "Gracias. Queda confirmado. Hasta pronto.",
    ("es", "call_back"): "Gracias. Le llamaremos. Hasta pronto.",
    ("es", "stop"): "No recibirá más llamadas ni textos automáticos. Sus citas siguen en pie. Hasta pronto.",
    ("es", "too_late"): "Gracias. Esa hora ha cambiado y le llamaremos. Hasta pronto.",
    ("es", "unclear"): "Gracias. Hasta pronto.",
}

SHIPPED: dict[tuple[str, str, str], Words] = {
    **{(key, "en", Channel.SMS.value): Words(body) for key, body in _SMS_EN.items()},
    **{(key, "es", Channel.SMS.value): Words(body) for key, body in _SMS_ES.items()},
    **{
        (key, language, Channel.EMAIL.value): Words(body, _SUBJECTS.get((language, key), "{practice}"))
        for language, bodies in (("en", _EMAIL_EN), ("es", _EMAIL_ES))
        for key, body in bodies.items()
    },
    **{
        (key, language, Channel.VOICE.value): Words(body)
        for language, bodies in (("en", _VOICE_EN), ("es", _VOICE_ES))
        for key, body in bodies.items()
    },
}


def voicemail(language: str) -> str:
    """All that a machine hears; not to be reworded."""
    return _VOICEMAIL.get(language, _VOICEMAIL["en"])


def needed_fields(key: str, channel: str) -> set[str]:
    """The fields that a body cannot do without; a link cannot be said on the telephone."""
    needed = set(KEYS[key][1])
    return needed - {"video", "phone"} if channel == Channel.VOICE else needed
