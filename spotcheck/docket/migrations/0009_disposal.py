"""Article 16: what may be destroyed after its time is listed, and who had it destroyed is on record.

A new table: nothing stored changes, and code of before runs on. Reversible.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0008_dossiers_are_found_however_typed'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_until', models.DateField(help_text='the last day on which it had to be kept')),
                ('listed_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.CharField(blank=True, default='', max_length=60)),
                ('account', models.CharField(blank=True, default='', max_length=100)),
                ('names', models.JSONField(default=list)),
                ('stored', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='disposal', to='files.storedfile')),
            ],
        ),
    ]
