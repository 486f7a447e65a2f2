"""Payments, their commands and the ledger are the payments app's; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0003_holds_payments_and_policies'),
        ('payments', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='PaymentCommand'),
                migrations.DeleteModel(name='Payment'),
                migrations.DeleteModel(name='LedgerEntry'),
                migrations.DeleteModel(name='Posting'),
            ],
        ),
    ]
