"""Articles 30, 43 to 45 and 51: what the cases of before name, received, applied for and announced is read off.

Their orders named every item that had failed; applications were all the parties' own. Reversible: nothing is lost.
"""

from django.db import migrations

READ_OFF = """
UPDATE remediation_rectification c SET
    was_received = c.order_received_on IS NOT NULL,
    applied_by_party = c.state = 'applied',
    items = CASE WHEN c.ordered_on IS NULL THEN '[]'::jsonb ELSE coalesce(
        (SELECT jsonb_agg(i.name ORDER BY i.id) FROM inspection_item i
         WHERE i.dossier_id = c.dossier_id AND i.first_result = 'fail'), '[]'::jsonb) END,
    announced_on = (
        SELECT max(e.effective_on) FROM docket_entry e
        WHERE e.dossier_id = c.dossier_id AND e.act = 'rectification.announce' AND e.label = c.label);
"""


class Migration(migrations.Migration):
    """Cases of before know what they cover."""

    dependencies = [
        ("remediation", "0002_cases_say_what_they_cover"),
        ("inspection", "0001_initial"),
        ("docket", "0005_an_entry_says_its_circumstances"),
    ]
    operations = [migrations.RunSQL(READ_OFF, migrations.RunSQL.noop)]
