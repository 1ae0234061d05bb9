"""A list of short texts, such as the other names of an authority, written in a form as one per line."""

from django import forms


class OnePerLine(forms.CharField):
    """Stores a list of strings. Empty lines, outer spaces and repeats (in other capitals too) are left out."""

    widget = forms.Textarea

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        # A JSON field's encoder and decoder are of no use here: what is written is no JSON.
        super().__init__(**kwargs)
        self.widget.attrs.update(rows=5, cols=40)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        kept = {}
        for line in filter(None, (" ".join(line.split()) for line in super().to_python(value).splitlines())):
            kept.setdefault(line.casefold(), line)
        return list(kept.values())

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)
