"""The kind template of an invitation, in the language of who invites: it names what is good in it, and presses nobody."""

from dataclasses import dataclass

from accounts.models import Practice, User
from clients.models import CaseMember, Client

TEMPLATES = {
    "en": """Dear {invited},

{asker} asked me to invite you to talk together.

What it can be good for: you say in your own words how things are for you. Each of you comes to see a little more of the other. And what is decided, you decide together.

Nobody takes sides. Come once and see; it is fine to say no, and nothing follows from it.

If you would like to come, or to ask something first, call {phone}.

{clinician}
{practice}""",
    "es": """Hola, {invited}:

{asker} me pidió invitarle a hablar juntos.

Para qué puede servir: usted dice con sus propias palabras cómo lo vive. Cada quien llega a ver un poco más del otro. Y lo que se decide, lo deciden juntos.

Nadie toma partido. Venga una vez y vea; está bien decir que no, y no pasa nada.

Si quiere venir, o preguntar algo antes, llame al {phone}.

{clinician}
{practice}""",
}


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Words to begin with, and their language."""

    language: str
    words: str


def begin_words(*, member: CaseMember, asker: Client, clinician: User, practice: Practice) -> Begun:
    """A draft in the asker's language, for the clinician to change together with them."""
    language = asker.language if asker.language in TEMPLATES else "en"
    words = TEMPLATES[language].format(
        invited=member.client.called,
        asker=asker.called,
        phone=practice.phone.as_national,
        clinician=clinician.name,
        practice=practice.display_name or practice.name,
    )
    return Begun(language=language, words=words)
