"""A letter is found by the number of its mail, at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0008_infixes_are_found_by_an_index")]

    operations = [
        migrations.AddIndex(
            "service",
            models.Index(fields=["tracking_no"], condition=~models.Q(tracking_no=""), name="service_by_mail_number"),
        )
    ]
