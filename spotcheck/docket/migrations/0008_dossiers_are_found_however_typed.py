"""Dossiers are found however a keyboard writes what they are searched by; who must not know parties has its own column.

The database computes both columns itself, also for rows that code of before writes. The table is written anew once.
"""

from django.db import migrations, models
from django.db.models.functions import Concat

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [
        ("docket", "0007_the_book"),
        ("parties", "0004_enterprises_are_found_however_typed"),
    ]

    operations = [
        migrations.AddField(
            "dossier",
            "found_by",
            models.GeneratedField(
                expression=folded.Fold(
                    Concat(
                        models.F("search"),
                        models.Value(" "),
                        models.F("number"),
                        models.Value(" "),
                        models.F("title"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddField(
            "dossier",
            "found_by_open",
            models.GeneratedField(
                expression=folded.Fold(
                    Concat(
                        models.F("number"),
                        models.Value(" "),
                        models.F("product_kind"),
                        models.Value(" "),
                        models.F("product_name"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
    ]
