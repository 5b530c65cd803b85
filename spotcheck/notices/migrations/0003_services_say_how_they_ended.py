"""An attempt of service that has ended says on which day the mail came back, and who recorded its end.

Until now only the beginning was signed. Rows from before stay without; nothing is guessed for them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_papers_are_drawn_served_and_verified'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='ended_by',
            field=models.ForeignKey(help_text='who recorded the end', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='service',
            name='returned_on',
            field=models.DateField(null=True),
        ),
    ]
