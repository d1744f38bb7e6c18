"""What the clients' pages say, English and Spanish beside each other: calm, short, no blame."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language

WORDS: dict[str, tuple[str, str]] = {
    # Around every page
    "skip": ("Skip to the page", "Ir a la página"),
    "your_time": ("Your time with us", "Su hora con nosotros"),
    "call": ("Call {phone}", "Llame al {phone}"),
    "or_call": ("Or call us: {phone}", "O llámenos: {phone}"),
    "back": ("Back", "Volver"),
    "private": (
        "Only who has this link sees this page. Please don't pass it on.",
        "Solo quien tiene este enlace ve esta página. Por favor, no lo comparta.",
    ),
    "where_you_are": ("{clock} where you are", "{clock} donde usted está"),
    # How people meet
    "in_person": ("In person", "En persona"),
    "in_person_at": ("In person: {place}", "En persona: {place}"),
    "video": ("By video", "Por video"),
    "phone": ("By telephone: we call you", "Por teléfono: le llamamos"),
    "join": ("Open the video link", "Abrir el enlace de video"),
    # Where it stands
    "is_confirmed": ("You have confirmed. See you then.", "Ha confirmado. Le esperamos."),
    "asked": (
        "You asked for another time. We will be in touch; until then this one is kept for you.",
        "Pidió otra hora. Le escribiremos; hasta entonces guardamos esta para usted.",
    ),
    "has_begun": (
        "This is your time now. To change anything, please call.",
        "Esta es su hora, ahora. Para cambiar algo, llámenos.",
    ),
    "too_near": (
        "It is soon. For another time, or to meet in another way, please call.",
        "Falta poco. Para otra hora, u otra forma de vernos, llámenos.",
    ),
    # What one may do
    "confirm": ("Yes, I'll be there", "Sí, allí estaré"),
    "another_time": ("Choose another time", "Elegir otra hora"),
    "ask_another_time": ("Ask for another time", "Pedir otra hora"),
    "by_video": ("Meet by video instead", "Vernos por video"),
    "by_phone": ("Talk by telephone instead", "Hablar por teléfono"),
    "cancel": ("I can't come", "No puedo ir"),
    "say": ("Tell us something first", "Decirnos algo antes"),
    "say_why": (
        "A worry, a question, something in the way: it helps us to know before you come.",
        "Una inquietud, una pregunta, algo que lo hace difícil: nos ayuda saberlo antes.",
    ),
    "calendar": ("Add to my calendar", "Añadir a mi calendario"),
    "reach": ("Language, and how we reach you", "Idioma y cómo contactarle"),
    "stop": ("Stop messages", "No recibir mensajes"),
    # Another time
    "choose_title": ("Choose another time", "Elija otra hora"),
    "choose_now": ("Your time now: {when}.", "Su hora ahora: {when}."),
    "choose_zone": ("Times are shown in {zone}.", "Las horas se muestran en {zone}."),
    "choose_move": ("Move to this time", "Cambiar a esta hora"),
    "choose_later": ("Later days", "Días siguientes"),
    "choose_earlier": ("The first days again", "Volver a los primeros días"),
    "choose_nothing": (
        "There is no free time in these weeks. Ask us, and we find one together.",
        "No hay horas libres en estas semanas. Escríbanos y buscamos una.",
    ),
    "choose_missing": ("Please choose a time first.", "Primero elija una hora."),
    "choose_gone": (
        "That time has just been taken. Yours is still {when}, and here are other times.",
        "Esa hora acaba de ocuparse. La suya sigue siendo {when}; aquí tiene otras.",
    ),
    "none_fits": ("None of these fits?", "¿Ninguna le viene bien?"),
    "ask_title": ("Ask for another time", "Pedir otra hora"),
    "ask_together": (
        "We change this one together with you. Your time stays {when} until we have found another.",
        "Esta la cambiamos junto con usted. Su hora sigue siendo {when} hasta encontrar otra.",
    ),
    "ask_words": ("What would suit you? (optional)", "¿Qué le vendría bien? (opcional)"),
    "ask_send": ("Ask for another time", "Pedir otra hora"),
    # Cancelling
    "cancel_title": ("You can't come {when}?", "¿No puede venir {when}?"),
    "cancel_ok": (
        "That is all right. Thank you for telling us.",
        "No pasa nada. Gracias por avisarnos.",
    ),
    "cancel_other_way": (
        "Would another time, or talking from where you are, be easier?",
        "¿Sería más fácil otra hora, o hablar desde donde esté?",
    ),
    "late_policy": (
        (
            "It is less than {hours} hours away. When you can, let us know {hours} hours before, so that "
            "somebody else can have the time."
        ),
        (
            "Faltan menos de {hours} horas. Cuando pueda, avísenos {hours} horas antes, para que otra "
            "persona pueda usar la hora."
        ),
    ),
    "what_missing_costs": ("What a missed time costs", "Lo que cuesta una cita perdida"),
    "late_anyway": (
        "Things come up; telling us now still helps.",
        "Hay imprevistos; avisarnos ahora también ayuda.",
    ),
    "cancel_only_you": (
        "This cancels your own place only.",
        "Esto cancela solamente su propia asistencia.",
    ),
    "reason": ("What got in the way? (optional)", "¿Qué se lo impide? (opcional)"),
    "reason_help": ("A few words are enough. You need not say.", "Bastan unas palabras. No es necesario."),
    "cancel_yes": ("Cancel my time", "Cancelar mi hora"),
    "cancel_no": ("No, keep it", "No, la mantengo"),
    # A worry
    "say_title": ("Tell us something first", "Díganos algo antes"),
    "say_words": ("What would you like us to know?", "¿Qué le gustaría que supiéramos?"),
    "say_who": (
        "The people who look after your times read this, before you come. Keep it short.",
        "Lo leen quienes se ocupan de sus horas, antes de que venga. Con pocas palabras basta.",
    ),
    "say_not_watched": (
        (
            "We don't read this around the clock. In danger, call {emergency}. To talk now, call or "
            "text {crisis}."
        ),
        (
            "No lo leemos a toda hora. En peligro, llame al {emergency}. Para hablar ahora, llame o "
            "escriba al {crisis}."
        ),
    ),
    "say_send": ("Send", "Enviar"),
    "say_missing": ("Please write something first.", "Primero escriba algo."),
    "too_long": ("Please say it in {most} letters or less.", "Dígalo en {most} letras o menos."),
    # Language and addresses
    "reach_title": ("Language, and how we reach you", "Idioma y cómo contactarle"),
    "language": ("Which language shall we write in?", "¿En qué idioma le escribimos?"),
    "first": ("Where shall we write first?", "¿Dónde le escribimos primero?"),
    "first_help": (
        "We use the others only when this one does not work.",
        "Usamos las demás solo si esta no funciona.",
    ),
    "text_to": ("By text to {address}", "Por texto al {address}"),
    "mail_to": ("By e-mail to {address}", "Por correo a {address}"),
    "new_address": ("Another number or e-mail (optional)", "Otro número o correo (opcional)"),
    "new_address_help": (
        "We check with you before we use it.",
        "Lo confirmamos con usted antes de usarlo.",
    ),
    "new_address_wrong": (
        "Please look at this number or e-mail again.",
        "Revise este número o correo, por favor.",
    ),
    "save": ("Save", "Guardar"),
    # Stopping
    "stop_title": ("Stop messages?", "¿No recibir mensajes?"),
    "stop_what": (
        "No more texts and e-mails about your times. Your times themselves stay as they are.",
        "Ni textos ni correos sobre sus horas. Sus horas siguen en pie.",
    ),
    "stop_then": (
        "If something changes, we telephone. To hear from us again, tell us.",
        "Si algo cambia, le llamamos. Si quiere volver a recibirlos, díganos.",
    ),
    "stop_yes": ("Stop messages", "No recibir más mensajes"),
    "stop_no": ("No, go on writing", "No, sigan escribiendo"),
    # Done
    "done_confirmed": ("Thank you. See you {when}.", "Gracias. Le esperamos {when}."),
    "done_confirmed_next": (
        "There is nothing more to do. If something comes up, this page helps.",
        "No tiene que hacer nada más. Si surge algo, use esta página.",
    ),
    "done_moved": ("Your time is now {when}.", "Su hora es ahora {when}."),
    "done_moved_next": (
        (
            "We write you a message with the new time. The link in an older message no longer works; the "
            "new one does."
        ),
        (
            "Le enviamos un mensaje con la nueva hora. El enlace de un mensaje anterior ya no sirve; use "
            "el nuevo."
        ),
    ),
    "done_asked": ("Thank you. We look for another time.", "Gracias. Buscamos otra hora."),
    "done_asked_next": (
        "We will be in touch, on a working day. Until then {when} is kept for you.",
        "Le escribiremos en un día laborable. Hasta entonces guardamos {when} para usted.",
    ),
    "done_by_video": ("We meet by video, {when}.", "Nos vemos por video, {when}."),
    "done_by_video_next": (
        "We write you a message with the link. You can also open it from your page.",
        "Le enviamos un mensaje con el enlace. También puede abrirlo desde su página.",
    ),
    "done_by_phone": ("We call you {when}.", "Le llamamos {when}."),
    "done_by_phone_next": (
        "Please keep your phone near. We write you a message as well.",
        "Tenga su teléfono cerca. También le enviamos un mensaje.",
    ),
    "done_cancelled": (
        "It is cancelled. Thank you for telling us.",
        "Está cancelada. Gracias por avisarnos.",
    ),
    "done_cancelled_next": (
        "There is nothing more to do. For another time, call {phone}.",
        "No tiene que hacer nada más. Para otra hora, llame al {phone}.",
    ),
    "undo": ("I'd rather keep it after all", "Prefiero mantenerla"),
    "undo_too_late": (
        "That can no longer be taken back here. Please call, and we see what we can do.",
        "Aquí ya no se puede deshacer. Llámenos y vemos qué podemos hacer.",
    ),
    "done_kept": ("Good: your time {when} is kept.", "Bien: su hora {when} se mantiene."),
    "done_kept_next": ("There is nothing more to do.", "No tiene que hacer nada más."),
    "done_said": ("Thank you for telling us.", "Gracias por decírnoslo."),
    "done_said_next": (
        "We read it before you come. Your time {when} stays as it is.",
        "Lo leemos antes de que venga. Su hora {when} sigue igual.",
    ),
    "done_reach": ("Saved.", "Guardado."),
    "done_reach_next": (
        "The next message follows it. If you gave a new address, we check it with you first.",
        "Se aplica desde el próximo mensaje. Si dio una dirección nueva, primero la confirmamos.",
    ),
    "done_stopped": ("No more messages.", "No enviaremos más mensajes."),
    "done_stopped_next": (
        "Your times stay as they are. If something changes, we telephone.",
        "Sus horas siguen en pie. Si algo cambia, le llamamos.",
    ),
    "to_page": ("To your page", "A su página"),
    # A freed time
    "offer_above": ("This time has become free", "Esta hora se ha liberado"),
    "offer_until": ("It is held for you until {until}.", "La guardamos para usted hasta {until}."),
    "offer_gives_up": (
        "It takes the place of your time {when}.",
        "Sustituye su hora {when}.",
    ),
    "offer_take": ("Yes, I'll take it", "Sí, la tomo"),
    "offer_decline": ("Not this one", "Esta no"),
    "offer_stays": (
        "Either way is fine. If it does not suit you, you stay on the list.",
        "Como prefiera. Si no le conviene, sigue en la lista.",
    ),
    "offer_declined": ("All right, not this one.", "De acuerdo, esta no."),
    "offer_declined_next": (
        "You stay on the list, and hear from us when another time becomes free.",
        "Sigue en la lista; le avisamos cuando se libere otra hora.",
    ),
    "done_taken": ("It is yours: {when}.", "Es suya: {when}."),
    "done_taken_next": (
        "There is nothing more to do. We remind you before it.",
        "No tiene que hacer nada más. Se la recordamos antes.",
    ),
    "gone_not_free_title": ("That time is taken", "Esa hora ya está ocupada"),
    "gone_not_free": (
        (
            "Thank you for answering. Somebody else has it now, or the time to answer was over. You stay on "
            "the list, and hear from us when another becomes free."
        ),
        (
            "Gracias por responder. Ya la tiene otra persona, o pasó el plazo para responder. Sigue en la "
            "lista; le avisamos cuando se libere otra."
        ),
    ),
    # What a link cannot do any more
    "gone_title": ("This link has done its work", "Este enlace ya cumplió"),
    "gone_unknown_title": ("This link does not open anything", "Este enlace no abre nada"),
    "gone_unknown": (
        "Perhaps a part of it is missing. Try it from the message itself, or call us.",
        "Quizá falta una parte. Ábralo desde el propio mensaje, o llámenos.",
    ),
    "gone_expired": (
        "It was for a time that is past. For anything else, please call.",
        "Era para una hora que ya pasó. Para lo demás, llámenos.",
    ),
    "gone_replaced": (
        "Something has changed since. Please use the link in our newest message, or call us.",
        "Algo ha cambiado desde entonces. Use el enlace de nuestro último mensaje, o llámenos.",
    ),
    "gone_used": (
        "What it was for is settled. For another time, please call.",
        "Su asunto está resuelto. Para otra hora, llámenos.",
    ),
    "gone_title_busy": ("One moment, please", "Un momento, por favor"),
    "gone_busy": (
        "That was a lot in a short time. Wait a minute, then go on; or call us.",
        "Fueron muchas veces en poco tiempo. Espere un minuto y siga; o llámenos.",
    ),
    "changed": (
        "This has changed while you looked. Here is how it stands now.",
        "Esto ha cambiado mientras miraba. Así está ahora.",
    ),
}

LANGUAGES = ("en", "es")


def say(key: str, **fields: object) -> str:
    """One piece of text in the language of the page."""
    english, spanish = WORDS[key]
    return (spanish if get_language() == "es" else english).format(**fields)


def day_words(at: datetime, zone: str, now: datetime) -> str:
    """Friday, November 20; the year too where it is not this one. Never "tomorrow"."""
    local = at.astimezone(ZoneInfo(zone))
    spanish = get_language() == "es"
    pattern = r"l j \d\e F" if spanish else "l, F j"
    if local.year != now.astimezone(ZoneInfo(zone)).year:
        pattern += r" \d\e Y" if spanish else ", Y"
    return date_format(local.date(), pattern)


def clock_words(at: datetime, zone: str) -> str:
    """3:00 PM; 15:00."""
    local = at.astimezone(ZoneInfo(zone))
    if get_language() == "es":
        return f"{local:%H:%M}"
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def zone_word(at: datetime, zone: str) -> str:
    """The zone's usual letters at that moment: CST, MDT."""
    return at.astimezone(ZoneInfo(zone)).tzname() or zone
