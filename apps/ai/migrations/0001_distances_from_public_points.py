from django.db import migrations

from apps.ai.services.distances import distances_measure


def measure(*_):
    """Distances of stored plans were measured from exact points, which five of them would give."""
    distances_measure()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("properties", "0008_public_points")]
    operations = [migrations.RunPython(measure, migrations.RunPython.noop, elidable=True)]
