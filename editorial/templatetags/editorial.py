"""What readers may know of an entry's sign-off."""

from django import template

from editorial.asking import signed_off_on, standing_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_off_line(context, entry):
    """“Signed off by the authority, March 2026”, or "" if this very text is not signed off. Never a person's name."""
    together = context.get("together")
    standing = together.once("standing sign-offs", standing_of, together.pks)[entry.pk] if together else None
    is_signed_off, day = signed_off_on(entry, standing)
    if not is_signed_off:
        return ""
    who = "authorities" if len(entry.boroughs.all()) > 1 else "authority"
    return f"Signed off by the {who}, {day:%B %Y}" if day else f"Signed off by the {who} before publication"
