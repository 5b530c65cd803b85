"""Dossiers are searched by an index over pairs of signs, those who must not know parties by their own."""

from django.db import migrations

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [
        ("docket", "0011_roots_seal_what_is_written_once"),
        ("parties", "0011_infixes_are_found_by_an_index"),
    ]

    operations = [
        migrations.AddIndex("dossier", folded.infixes("found_by", "dossier_infixes")),
        migrations.AddIndex("dossier", folded.infixes("found_by_open", "dossier_open_infixes")),
    ]
