from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_lists_by_day")]

    operations = [
        migrations.AddField(
            "paper",
            "regulation",
            models.CharField(max_length=20, default="SD-2021-1", db_default="SD-2021-1"),
        ),
    ]
