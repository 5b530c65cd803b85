"""Lists that somebody keeps under a name: a new table only. Reversible."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_addresses_of_calendars'),
        ('parties', '0010_a_catalogue_of_products'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=40)),
                ('query', models.TextField(help_text='the query string of the address, without the place of a page')),
                ('shared', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to='parties.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'page', 'name'), name='a_list_once_by_name')],
            },
        ),
    ]
