"""Twilio's refusals: their codes, words and HTTP status, and the numbers that provoke them."""

import re

WORDS: dict[int, tuple[int, str]] = {
    20001: (400, "Invalid parameter."),
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21201: (400, "No 'To' number specified"),
    21205: (400, "Url is not a valid URL"),
    21211: (400, "Invalid 'To' Phone Number"),
    21212: (400, "Invalid 'From' Phone Number"),
    21213: (400, "A 'From' phone number is required."),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21408: (403, "Permission to send an SMS has not been enabled for the region"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, SMS-capable number on this account."),
    21608: (400, "The number is unverified."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "The message cannot be routed to this number."),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21635: (400, "'To' number cannot be a landline"),
    21701: (404, "The Messaging Service does not exist"),
}

# Twilio's own test numbers refuse with these codes.
MAGIC: dict[str, int] = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
# Ours: +1 500 555 30NN is accepted, and then fails on the way with code 300NN.
_MAGIC_DELIVERY = re.compile(r"\+1500555(30\d\d)")


class RefusalError(Exception):
    """A request that the company turns down, as Twilio would say it."""

    def __init__(self, code: int, detail: str = "", status: int | None = None) -> None:
        usual_status, words = WORDS.get(code, (400, "The request was refused."))
        self.code = code
        self.status = status or usual_status
        self.words = f"{words}: {detail}" if detail else words
        super().__init__(self.words)

    def as_json(self) -> dict[str, object]:
        """The error in the shape that Twilio's clients read."""
        return {
            "code": self.code,
            "message": self.words,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def magic_code(number: str) -> int | None:
    """The code that this number stands for by its digits alone."""
    if number in MAGIC:
        return MAGIC[number]
    found = _MAGIC_DELIVERY.fullmatch(number)
    return int(found[1][:2] + "0" + found[1][2:]) if found else None


def is_refused_at_once(code: int) -> bool:
    """Codes from 30000 on happen on the way; those before refuse the request itself."""
    return code < 30000
