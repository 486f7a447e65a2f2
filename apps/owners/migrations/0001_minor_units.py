from django.db import migrations

from apps.common.minor_units import convert as convert_amounts
from apps.owners.services.minor_units import facts_batch


def convert(*_):
    """Amounts were hundredths in every currency. One that was stopped goes on where it was."""
    print(convert_amounts("booking_facts", facts_batch()), end="")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
