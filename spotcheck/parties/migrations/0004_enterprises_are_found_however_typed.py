"""Enterprises are found by their names and codes, however a keyboard writes them.

The database computes the new column itself, also for rows that code of before writes. The table is written anew once.
"""

from django.db import migrations, models
from django.db.models.functions import Concat

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_bureaus_have_parents")]

    operations = [
        migrations.RunSQL(folded.function(), f"DROP FUNCTION {folded.NAME}(text)"),
        migrations.AddField(
            "enterprise",
            "found_by",
            models.GeneratedField(
                expression=folded.Fold(
                    Concat(
                        models.F("name"),
                        models.Value(" "),
                        models.F("credit_code"),
                        models.Value(" "),
                        models.F("pinyin"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
    ]
