"""Articles 35, 39 and 51 (R43): an objection dated inside a window that has wrongly lapsed keeps others waiting.

When a retest had begun is read off its entries. Reversible: the register is written anew with the next act.
"""

from django.db import migrations

OPEN = """
UPDATE docket_track t SET is_open = true
FROM objections_objection o
WHERE t.chart = 'objection' AND t.matter_id = o.id AND o.standing = 'under_correction'
  AND o.state NOT IN (
      'concluded_maintain', 'concluded_revoke', 'concluded_retest', 'concluded_denial_upheld', 'withdrawn');
UPDATE objections_retest r SET started_on = (
    SELECT max(e.effective_on) FROM docket_entry e
    WHERE e.dossier_id = r.dossier_id AND e.act = 'retest.start' AND e.label = r.label);
"""


class Migration(migrations.Migration):
    """What lies there is open."""

    dependencies = [
        ("objections", "0002_cities_may_differ"),
        ("docket", "0005_an_entry_says_its_circumstances"),
    ]
    operations = [migrations.RunSQL(OPEN, migrations.RunSQL.noop)]
