"""How people and what belongs to them are written on a page."""

from functools import lru_cache

import phonenumbers
from django import template

register = template.Library()


@register.filter
@lru_cache(maxsize=4096)
def phone(address: object) -> str:
    """A number as one reads it aloud: (312) 555-0101 at home, with its country from elsewhere."""
    try:
        number = phonenumbers.parse(str(address))
    except phonenumbers.NumberParseException:
        return str(address)
    at_home = number.country_code == 1
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)
