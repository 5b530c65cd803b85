"""Figures, and what each dossier adds to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_saved_lists'),
        ('docket', '0012_infixes_are_found_by_an_index'),
        ('parties', '0011_infixes_are_found_by_an_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='docket.dossier')),
                ('entries', models.PositiveIntegerField(help_text='how many entries the dossier had')),
                ('turns_on', models.DateField(help_text='the last day of the duty that is the next to become overdue', null=True)),
                ('facts', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('turns_on__isnull', False)), fields=['turns_on'], name='tallies_that_turn')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(blank=True, help_text='of opening; empty for all', max_length=4)),
                ('by', models.CharField(blank=True, max_length=10)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('cases', models.IntegerField(default=0)),
                ('open', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('in_time', models.IntegerField(default=0)),
                ('late', models.IntegerField(default=0)),
                ('unsaid', models.IntegerField(default=0)),
                ('late_3', models.IntegerField(default=0)),
                ('late_10', models.IntegerField(default=0)),
                ('late_30', models.IntegerField(default=0)),
                ('late_more', models.IntegerField(default=0)),
                ('overdue', models.IntegerField(default=0)),
                ('rechecked', models.IntegerField(default=0)),
                ('passed', models.IntegerField(default=0)),
                ('days', models.IntegerField(default=0)),
                ('office', models.ForeignKey(help_text='whose figures', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.office')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'by', 'value'), name='a_line_once_in_the_figures')],
            },
        ),
    ]
