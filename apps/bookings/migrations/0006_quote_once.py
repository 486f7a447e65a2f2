from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0005_suspension'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='quote_id',
            field=models.CharField(blank=True, max_length=24, null=True),
        ),
        migrations.AddField(
            model_name='hold',
            name='quote_id',
            field=models.CharField(blank=True, max_length=24, null=True),
        ),
    ]
