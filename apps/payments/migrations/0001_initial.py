"""Takes over payments, their commands and the ledger from the bookings app. The collections and
their indexes stay as they are; only what Django knows of them changes, and with it the app of
their content types, which permissions and log entries point to."""

import django.db.models.deletion
import django_mongodb_backend.fields
from django.conf import settings
from django.db import migrations, models

import apps.payments.models

MODELS = ('ledgerentry', 'payment', 'paymentcommand', 'posting')


def content_types_move(registry, old, new):
    stored = registry.get_model('contenttypes', 'ContentType').objects
    for name in MODELS:
        # One that is there already was made by a migration in steps.
        if not stored.filter(app_label=new, model=name).exists():
            stored.filter(app_label=old, model=name).update(app_label=new)


def forwards(registry, schema_editor):
    content_types_move(registry, 'bookings', 'payments')


def backwards(registry, schema_editor):
    content_types_move(registry, 'payments', 'bookings')


STATE = [
    migrations.CreateModel(
        name='Posting',
        fields=[
            ('id', django_mongodb_backend.fields.ObjectIdAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('account', models.CharField(max_length=60)),
            ('amount', models.IntegerField()),
        ],
        options={
            'abstract': False,
        },
    ),
    migrations.CreateModel(
        name='LedgerEntry',
        fields=[
            ('id', django_mongodb_backend.fields.ObjectIdAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('booking_id', django_mongodb_backend.fields.ObjectIdField(blank=True, null=True)),
            ('text', models.CharField(max_length=100)),
            ('currency', models.CharField(max_length=3)),
            ('postings', django_mongodb_backend.fields.EmbeddedModelArrayField(embedded_model=apps.payments.models.Posting)),
            ('at', models.DateTimeField()),
        ],
        options={
            'db_table': 'ledger_entries',
        },
    ),
    migrations.CreateModel(
        name='Payment',
        fields=[
            ('id', django_mongodb_backend.fields.ObjectIdAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('booking_id', django_mongodb_backend.fields.ObjectIdField(blank=True, null=True)),
            ('provider', models.CharField(max_length=20)),
            ('provider_ref', models.CharField(blank=True, max_length=100, null=True)),
            ('method', models.CharField(max_length=100)),
            ('amount', models.PositiveIntegerField()),
            ('currency', models.CharField(max_length=3)),
            ('status', models.CharField(choices=[('started', 'Started'), ('action_required', 'Action Required'), ('authorised', 'Authorised'), ('captured', 'Captured'), ('voided', 'Voided'), ('declined', 'Declined')], default='started', max_length=20)),
            ('captured', models.PositiveIntegerField(default=0)),
            ('refunded', models.PositiveIntegerField(default=0)),
            ('problem', models.CharField(blank=True, default='', max_length=300)),
            ('dropped_at', models.DateTimeField(blank=True, null=True)),
            ('created_at', models.DateTimeField()),
            ('updated_at', models.DateTimeField()),
            ('guest', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
        ],
        options={
            'db_table': 'payments',
        },
    ),
    migrations.CreateModel(
        name='PaymentCommand',
        fields=[
            ('id', django_mongodb_backend.fields.ObjectIdAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('booking_id', django_mongodb_backend.fields.ObjectIdField(blank=True, null=True)),
            ('kind', models.CharField(choices=[('capture', 'Capture'), ('void', 'Void'), ('refund', 'Refund')], max_length=10)),
            ('amount', models.PositiveIntegerField()),
            ('postings', django_mongodb_backend.fields.EmbeddedModelArrayField(embedded_model=apps.payments.models.Posting)),
            ('status', models.CharField(choices=[('due', 'Due'), ('done', 'Done'), ('failed', 'Failed')], default='due', max_length=10)),
            ('attempts', models.PositiveSmallIntegerField(default=0)),
            ('next_at', models.DateTimeField()),
            ('problem', models.CharField(blank=True, default='', max_length=300)),
            ('created_at', models.DateTimeField()),
            ('done_at', models.DateTimeField(blank=True, null=True)),
            ('payment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='payments.payment')),
        ],
        options={
            'db_table': 'payment_commands',
        },
    ),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bookings', '0003_holds_payments_and_policies'),
        ('contenttypes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=STATE),
        migrations.RunPython(forwards, backwards),
    ]
