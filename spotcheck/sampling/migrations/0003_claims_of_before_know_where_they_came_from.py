"""Articles 13 and 19: a refusal that is rejected leads back to the state before the claim, also one of before."""

from django.db import migrations

READ_OFF = """
UPDATE sampling_sampling s SET claimed_from = coalesce((
    SELECT e.from_state FROM docket_entry e
    WHERE e.dossier_id = s.dossier_id AND e.act = 'sampling.claim_refusal'
    ORDER BY e.sequence DESC LIMIT 1), '')
WHERE s.state = 'refusal_claimed';
"""


class Migration(migrations.Migration):
    """Claims of before know where they came from."""

    dependencies = [
        ("sampling", "0002_a_claim_knows_where_it_came_from"),
        ("docket", "0005_an_entry_says_its_circumstances"),
    ]
    operations = [migrations.RunSQL(READ_OFF, migrations.RunSQL.noop)]
