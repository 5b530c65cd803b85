"""Every post of a sampler gets the entitlement by which kept lists are read from now on. Reversible: it stays harmless."""

from django.db import migrations

FILL = """
UPDATE parties_post SET entitlements = entitlements || '["sample"]'::jsonb
WHERE role = 'sampler' AND NOT entitlements @> '["sample"]'::jsonb
"""


class Migration(migrations.Migration):
    """Kept lists stay what they were."""

    dependencies = [("parties", "0004_enterprises_are_found_however_typed")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
