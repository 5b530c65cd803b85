"""What stands anywhere in a name or number is found by an index over pairs of signs. Additive and reversible."""

from django.db import migrations

from spotcheck.parties import folded


class Migration(migrations.Migration):
    dependencies = [("parties", "0010_a_catalogue_of_products")]

    operations = [
        migrations.RunSQL(folded.function_of_bigrams(), f"DROP FUNCTION {folded.BIGRAMS}(text)"),
        migrations.AddIndex("enterprise", folded.infixes("found_by", "enterprise_infixes")),
    ]
