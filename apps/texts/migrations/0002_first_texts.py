from django.db import migrations

from apps.texts.enums import Kind
from apps.texts.rows import first


def add(apps, schema_editor):
    """The sample texts, from which staff write the next versions. Those that are there stay."""
    version = apps.get_model("texts", "TextVersion")
    for kind in Kind:
        row = dict(first(kind))
        version.objects.get_or_create(id=row.pop("_id"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_text_versions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
