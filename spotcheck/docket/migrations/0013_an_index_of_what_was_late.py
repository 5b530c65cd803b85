"""What was done late is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0012_infixes_are_found_by_an_index'),
        ('parties', '0011_infixes_are_found_by_an_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('ended_on__gt', models.F('due_on'))), fields=['-ended_on', '-id'], name='deadline_done_late'),
        ),
    ]
