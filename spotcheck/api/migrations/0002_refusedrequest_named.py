"""What the address of a refused request named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_credentials_answers_refusals")]

    operations = [
        migrations.AddField(
            model_name="refusedrequest",
            name="named",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
    ]
