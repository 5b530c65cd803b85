"""Lists begin with the dossiers that were opened last, whatever the order in which they were entered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0003_daily_alarms'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='dossier',
            name='docket_doss_kind_46a7f6_idx',
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['-opened_on', '-id'], name='docket_doss_opened__7180f8_idx'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['kind', '-opened_on', '-id'], name='docket_doss_kind_b69008_idx'),
        ),
    ]
