"""Forms as a browser sends them: what each field and row of a form would send, was sent, and means.

A field is {key: values}: the names under which a browser sends it, without the form's prefix, and its texts.
"""

import html
import re

from django.core.exceptions import ValidationError
from django.forms import CharField, CheckboxInput, FileField, ModelChoiceField, MultiWidget, Textarea
from django.utils.html import strip_tags
from django.utils.text import capfirst

from spotlight.desk.diff_and_merge import merged_list, merged_text

_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>")


class OnePerLine(CharField):
    """A list of strings, such as the other names of an authority, typed one per line.

    Empty lines, outer spaces and repeats (in other capitals too) are left out."""

    widget = Textarea

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        # A JSON field's encoder and decoder are of no use here: what is written is no JSON.
        super().__init__(**kwargs)
        self.widget.attrs.update(rows=5, cols=40)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = {}
        for line in filter(None, (" ".join(line.split()) for line in super().to_python(value).splitlines())):
            lines.setdefault(line.casefold(), line)
        return list(lines.values())

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


def changeable(form):
    """The names of the fields that a person can change in a form."""
    own = {"DELETE", getattr(getattr(form, "_meta", None), "model", None) and form._meta.model._meta.pk.name}
    own |= {name for name, one in form.fields.items() if one.disabled or isinstance(one, FileField)}
    own |= {name for name, one in form.fields.items() if type(one).__name__ == "InlineForeignKeyField"}
    return [name for name in form.fields if name not in own]


def _widget(shown, name):
    widget = shown.fields[name].widget
    return getattr(widget, "widget", widget)  # inside the links beside it


def _keys(shown, name):
    """The names under which a browser sends a field, without the form's prefix."""
    widget = _widget(shown, name)
    return [name + suffix for suffix in widget.widgets_names] if isinstance(widget, MultiWidget) else [name]


def as_sent(form, name):
    """{key: values} as a browser sends the field of a form that nobody has touched."""
    widget, value = _widget(form, name), form[name].value()
    if isinstance(widget, MultiWidget):
        values = widget.decompress(value)
        parts = zip(_keys(form, name), widget.widgets, values, strict=True)
        return {key: _texts(part.format_value(one)) for key, part, one in parts}
    if isinstance(widget, CheckboxInput):
        return {name: ["on"] if value else []}
    return {name: _texts(widget.format_value(value))}


def _texts(value):
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one).replace("\r\n", "\n") for one in values if one not in (None, "")]


def typed(post, shown, name, prefix=""):
    return {key: _texts(post.getlist(prefix + key)) for key in _keys(shown, name)}


def write(post, shown, name, values, prefix=""):
    widget = _widget(shown, name)
    optional = isinstance(widget, CheckboxInput) or getattr(widget, "allow_multiple_selected", False)
    for key in _keys(shown, name):
        if texts := values.get(key) or ([] if optional else [""]):
            post.setlist(prefix + key, texts)
        else:
            post.pop(prefix + key, None)


def merged_field(form_field, opened, typed, theirs):
    """({key: values}, whether both changed it to something different). `opened` is None where that is not known."""
    mine, other = meaning(form_field, typed), meaning(form_field, theirs)
    began = None if opened is None else meaning(form_field, opened)
    if mine in (other, began):
        return theirs, False
    if other == began:
        return typed, False
    if opened is not None and len(typed) == 1:
        return _merged_inside(form_field, *((key, typed[key]) for key in typed), opened, theirs)
    return typed, True


def _merged_inside(form_field, mine, opened, theirs):
    key, typed = mine
    began, other = opened.get(key, []), theirs.get(key, [])
    widget = getattr(form_field.widget, "widget", form_field.widget)
    if getattr(widget, "allow_multiple_selected", False):
        values, conflict = merged_list(began, typed, other)
        return {key: values}, bool(conflict)
    if isinstance(form_field, OnePerLine):
        lists = ("".join(one).split("\n") for one in (began, typed, other))
        values, conflict = merged_list(*lists)
        return {key: ["\n".join(values)]}, bool(conflict)
    if isinstance(widget, Textarea):
        text, conflict = merged_text(*("".join(one) for one in (began, typed, other)))
        return {key: [text]}, bool(conflict)
    return {key: typed}, True


def meaning(form_field, values):
    """What was typed, without what makes no difference: the same for “75” and “75.00”."""
    widget = getattr(form_field.widget, "widget", form_field.widget)
    if getattr(widget, "allow_multiple_selected", False):
        return {key: sorted(texts) for key, texts in values.items()}
    if len(values) > 1 or isinstance(form_field, ModelChoiceField):
        return values
    text = "".join(next(iter(values.values()), []))
    try:
        return form_field.clean(text)
    except ValidationError:
        return text


def row_of(form):
    """One stored row of an inline. Its key is the same in each version of its record, if the model has one."""
    record = form.instance
    values = {name: as_sent(form, name) for name in changeable(form)}
    key = str(getattr(record, "key", record.pk))
    return {"pk": str(record.pk), "key": key, "name": str(record), "fields": values}


def posted_rows(post, formset):
    empty, prefix = formset.empty_form, formset.prefix
    number = post.get(f"{prefix}-TOTAL_FORMS", "")
    return [
        {
            "pk": post.get(f"{prefix}-{n}-{formset.model._meta.pk.name}", ""),
            "delete": f"{prefix}-{n}-DELETE" in post,
            "fields": {name: typed(post, empty, name, f"{prefix}-{n}-") for name in changeable(empty)},
        }
        for n in range(min(int(number[:9]), 1000) if number.isascii() and number.isdigit() else 0)
    ]


def forget_rows(post, prefix):
    row = re.compile(rf"{re.escape(prefix)}-\d+-")
    for key in [key for key in post if row.match(key)]:
        del post[key]


def is_same_row(empty, one, other):
    """Whether both say the same; not, where it is not known what one said."""
    return all(
        one[name] is not None and meaning(empty.fields[name], one[name]) == meaning(empty.fields[name], other[name])
        for name in changeable(empty)
    )


def for_people(state, form, formsets):
    """{label: lines} of what a form showed, for people."""
    said = {label_of(form, name): lines_of(form, name, values) for name, values in state["fields"].items() if values}
    for formset in formsets:
        empty = formset.empty_form
        for row in state["rows"].get(formset.prefix, []):
            values = {name: lines_of(empty, name, one) for name, one in row["fields"].items() if one}
            said[row_label(formset, row)] = [
                f"{label_of(empty, name)}: {line}" for name, lines in values.items() for line in lines
            ]
    return said


def lines_of(form, name, values):
    shown, texts = form.fields[name], [text for one in values.values() for text in one]
    if isinstance(shown, ModelChoiceField):
        records = shown.queryset.filter(pk__in=texts)
        named = {str(shown.prepare_value(one)): shown.label_from_instance(one) for one in records}
        return [named.get(text, text) for text in texts]
    if choices := dict(getattr(shown, "choices", ())):
        return [str(choices.get(text, text)) for text in texts]
    plain = html.unescape(strip_tags(_BLOCK_END.sub("\n", "\n".join(texts))))
    return [line for line in plain.splitlines() if line.strip()]


def label_of(form, name):
    return capfirst(str(form[name].label or name))


def row_label(formset, row):
    return f"{capfirst(formset.model._meta.verbose_name)}: {row['name']}"
