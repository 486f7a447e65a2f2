from django.db import migrations

from apps.properties.services import locations_hide


def hide(*_):
    """Gives stored listings a public point. One that was stopped goes on where it was."""
    locations_hide()


class Migration(migrations.Migration):
    dependencies = [("properties", "0007_exact_place")]
    operations = [migrations.RunPython(hide, migrations.RunPython.noop, elidable=True)]
