"""Roles in the words of the team page."""

from django import template

from accounts.roles import Role

register = template.Library()


@register.filter
def role_word(role: str) -> str:
    """What a role is called: "Front desk"."""
    return str(Role(role).label)
