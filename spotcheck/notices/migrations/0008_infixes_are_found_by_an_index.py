"""Papers are searched by their numbers with an index over pairs of signs."""

from django.db import migrations

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0007_prepared_papers"),
        ("parties", "0011_infixes_are_found_by_an_index"),
    ]

    operations = [migrations.AddIndex("paper", folded.infixes("found_by", "paper_infixes"))]
