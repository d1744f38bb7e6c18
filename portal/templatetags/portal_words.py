"""Says the words of the clients' pages, and draws their few icons."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal import words

register = template.Library()


@register.simple_tag
def say(key: str, **fields: object) -> str:
    """One piece of text in the language of the page."""
    return words.say(key, **fields)


@cache
def _sprite() -> str:
    return static("icons/sprite.svg")


@register.simple_tag
def symbol(name: str) -> SafeString:
    """A decorative icon; its meaning always stands beside it in words."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', _sprite(), name)
