from django.db import migrations


class Migration(migrations.Migration):
    """Only the class has another name: it stands inside dead letters, without a collection."""

    dependencies = [
        ('events', '0004_edited_letters'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RenameModel('Deed', 'AuditEntry')],
        ),
    ]
