"""Every bureau there is gets the bureau of the region above its own; nothing else changes. Reversible."""

from django.db import migrations

FILL = """
UPDATE parties_office AS office SET parent_id = above.id
FROM parties_region region, parties_office above
WHERE region.code = office.region_id AND above.region_id = region.parent_id
  AND office.kind IN ('city', 'county') AND above.kind IN ('province', 'city', 'county') AND office.parent_id IS NULL
"""


class Migration(migrations.Migration):
    """Bureaus have parents."""

    dependencies = [("parties", "0002_people_posts_and_offices")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
