"""What a person gives the import desk: a page, and where its entries belong."""

from django import forms
from django.core import signing

from editorial.importing.category import NewCategory, cut_at_word, proposed
from editorial.importing.reading import LARGEST_FILE, page_in, refuse_by_size, source_of_file, source_of_paste
from editorial.importing.visible import Source
from pagereader import NotAPage
from submissions.models import Category, Round

NEW = "new"  # the choice of a category that is not here yet


class CategoryField(forms.ChoiceField):
    """A category that is here, NEW, or None where none is chosen. `unchosen`: what the choice of none is called."""

    def __init__(self, *, unchosen="", **kwargs):
        first = [("", unchosen)] if unchosen else []
        super().__init__(choices=lambda: [*first, *_categories()], required=False, label="Category", **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value in ("", NEW):
            return value or None
        return Category.objects.get(pk=value)


def _categories():
    here = ((str(one.pk), f"This is category {one.number}, {one}") for one in Category.objects.all())
    return [*here, (NEW, "A new category")]


def key_of(category):
    """The choice that stands for a category, NEW or None."""
    return category.pk if isinstance(category, Category) else category or ""


class PageForm(forms.Form):
    """A file or a pasted text. Once valid, `page` is what the reader found in it, and `source` its plain text."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,  # the reader says it better
        label="A file",
        help_text=f"A Word document (.docx), a saved web page (.html) or plain text (.txt), up to "
        f"{LARGEST_FILE // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.txt,text/plain,text/html"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or the page’s text",
        help_text="Copy the whole page, from its introduction to the administrators’ names, and paste it here.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    category = CategoryField(unchosen="The one that the page itself names")
    round = forms.ModelChoiceField(
        Round.objects.all(),
        empty_label=None,
        label="Round",
        help_text="The call for submissions that new entries of this page answered.",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose a round. If there is none yet, add one under Rounds first."
        ),
    )
    noticed = forms.CharField(required=False, widget=forms.HiddenInput)
    page = source = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["text"].validators = []  # a NUL is told with what to do about it
        self.initial.setdefault("round", Round.objects.first())

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if bool(file) == bool(text.strip()):
            both = "Choose a file or paste a text, not both: empty one of the two."
            neither = "Choose a file, or paste the page’s text."
            self.add_error("text" if file or "file" not in self.fields else "file", both if file else neither)
            return cleaned
        try:
            self.source = self._source_of(file) if file else self._pasted(text, cleaned.get("noticed"))
            self.page = page_in(self.source)
        except NotAPage as error:
            self.add_error("file" if file else "text", f"{file.name}: {error}" if file else str(error))
        return cleaned

    def _source_of(self, file):
        refuse_by_size(file.size)
        return source_of_file(file.read())

    def _pasted(self, text, noticed):
        """A text whose file was read before carries what was noticed then."""
        return Source(text.replace("\r\n", "\n"), **unsealed(noticed)) if noticed else source_of_paste(text)


def sealed(source):
    """What was noticed while a file became text, to be carried in a form; "" where that is nothing."""
    noticed = {"doubts": source.doubts, "notes": source.notes, "title": source.title}
    return signing.dumps(noticed, salt="import", compress=True) if any(noticed.values()) else ""


def unsealed(noticed):
    try:
        return signing.loads(noticed, salt="import")
    except signing.BadSignature as error:
        raise NotAPage("The form was changed on its way. Choose the file again.") from error


class ConfirmForm(PageForm):
    """The same page, carried in the form and read again; `seal` says which report the person has seen."""

    file = None
    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    category = CategoryField(
        widget=forms.RadioSelect(attrs={"form": "confirm"}),
        error_messages={"invalid_choice": "That category is no longer here. Choose another."},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # the category of which the report tells
    offered = forms.JSONField(required=False, widget=forms.HiddenInput)  # what a new one was proposed to be called
    round = forms.ModelChoiceField(Round.objects.all(), widget=forms.HiddenInput)
    seal = forms.CharField(required=False, widget=forms.HiddenInput)


class NewCategoryForm(forms.ModelForm):
    """What a category is called that is not here yet. The rest stands on its page."""

    class Meta:
        model = Category
        fields = ["number", "title", "name"]
        labels = {"name": "Short name"}
        error_messages = {
            "number": {
                "unique": "Another category has this number. Choose a different one.",
                "required": "Give a number.",
            },
            "title": {
                "unique": "There is a category of this title. Start again and choose it.",
                "required": "Give a title.",
            },
            "name": {"unique": "Another category has this short name. Choose a different one."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "label_suffix": "", "prefix": "new"})
        for field in self.fields.values():
            field.widget.attrs["form"] = "confirm"  # they stand above what would happen, the button below it

    @property
    def category(self):
        return NewCategory(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    @classmethod
    def offering(cls, page, source, typed):
        """(the form with what the page proposes and, over it, what a person typed; what was proposed)."""
        printed = page.category.title or source.title or _heading(source.text)
        new = proposed(page, printed)
        named = bool(printed) and new.title == cut_at_word(printed, 200)  # and no other category here is called so
        offered = {"number": new.number, "title": new.title if named else "", "name": new.name if named else ""}
        return cls(initial={**offered, **typed}), offered

    @classmethod
    def typed(cls, sent, offered):
        """{name: what a person typed} of a form as sent, where it is not what was offered."""
        given = {name: sent.get(f"new-{name}", "") for name in cls.Meta.fields}
        offered = offered if isinstance(offered, dict) else {}
        return {name: text for name, text in given.items() if text and text != str(offered.get(name, ""))}


def _heading(text):
    """The page's first line, if it may be a heading: what a saved web page has as its <h1>."""
    first = next((line.strip("# ").strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= 120 and not first.endswith((".", ":", ",")) else ""
