"""Lists begin with the papers that were issued last, whatever the order in which they were entered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0004_lists_by_day'),
        ('notices', '0003_services_say_how_they_ended'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['-issued_on', '-id'], name='notices_pap_issued__7e9685_idx'),
        ),
    ]
