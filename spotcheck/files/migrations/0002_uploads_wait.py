"""A file that has come whole says what it waits for, how far it is, and why it was not taken.

New columns with defaults in the database: code of before runs on. Reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('files', '0001_initial')]

    operations = [
        migrations.AddField('upload', 'checking_since', models.DateTimeField(help_text='when somebody began, or last went on, to check it', null=True)),
        migrations.AddField('upload', 'put_together', models.BigIntegerField(db_default=0, default=0, help_text='bytes of it that are in one piece again')),
        migrations.AddField('upload', 'waits_for', models.CharField(blank=True, db_default='', default='', help_text='store or scanner', max_length=10)),
        migrations.AddField('upload', 'refused', models.CharField(blank=True, db_default='', default='', help_text="the reason's code", max_length=20)),
        migrations.AddField('upload', 'refused_what', models.CharField(blank=True, db_default='', default='', max_length=100)),
    ]
