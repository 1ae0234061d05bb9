"""The one declaration of what an entry is made of, beside the model."""

from editorial.models import Version
from editorial.snapshots import snapshot_of
from submissions.entry_fields import FIELDS, LEFT_OUT
from submissions.models import Submission


def test_every_field_and_relation_is_declared_or_left_out_with_a_reason():
    """Whoever adds one decides here whether it is signed, in versions, searched, exported, read from a page."""
    of_model = {field.name for field in Submission._meta.get_fields()}
    declared = {name for field in FIELDS for name in (field.name, field.rows) if name}
    assert sorted(of_model - declared - LEFT_OUT.keys()) == []
    assert sorted((declared | LEFT_OUT.keys()) - of_model) == []
    assert declared.isdisjoint(LEFT_OUT)
    assert all(LEFT_OUT.values())


def test_a_version_stored_before_a_field_was_declared_has_it_empty(make_entry):
    entry = make_entry(team="Leaving care")
    content = snapshot_of(entry)
    del content["fields"]["team"], content["links"]["partners"], content["parts"]["voices"]
    version = Version.objects.create(submission=entry, content=content)
    older = Version.objects.get(pk=version.pk).content
    assert (older["fields"]["team"], older["links"]["partners"], older["parts"]["voices"]) == ("", [], [])
    assert list(Version.objects.filter(pk=version.pk).values_list("content", flat=True)) == [older]
