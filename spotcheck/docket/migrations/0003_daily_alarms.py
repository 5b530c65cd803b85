"""Reading R3: until next year's holidays are announced, the province is alarmed once a day.

Such a message belongs to no dossier and to one day. Nothing stored changes.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0002_entries_are_for_good'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_once',
        ),
        migrations.AddField(
            model_name='message',
            name='day',
            field=models.DateField(help_text='of an alarm that comes every day until it is heeded', null=True),
        ),
        migrations.AlterField(
            model_name='message',
            name='dossier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='docket.dossier'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('entry', 'deadline', 'kind', 'office', 'party', 'day'), name='message_once', nulls_distinct=False),
        ),
    ]
