"""Papers are found by their numbers, whichever brackets and digits a keyboard has.

The database computes the new column itself, also for rows that code of before writes. The table is written anew once.
"""

from django.db import migrations, models

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0005_a_paper_names_its_text"),
        ("parties", "0004_enterprises_are_found_however_typed"),
    ]

    operations = [
        migrations.AddField(
            "paper",
            "found_by",
            models.GeneratedField(
                expression=folded.Fold(models.F("number")),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
    ]
