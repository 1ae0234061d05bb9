"""Templates are indented, and no wider than a screen, for people who work on them. A page goes without the spaces, it
would weigh 5 % more; in a mail's text a line that ends with a backslash goes on in the next."""

import re

from django.template.loaders import filesystem

INDENTATION = re.compile(r"(?<=\n)[ \t]+")
CONTINUED = re.compile(r"\\\n")


class Loader(filesystem.Loader):
    """Our own templates, as they are sent. Each line of HTML keeps its number, for Django's error pages."""

    def get_contents(self, origin):
        what = INDENTATION if origin.name.endswith(".html") else CONTINUED
        return what.sub("", super().get_contents(origin))
