"""The batch of a sample stood in the act that took it, and nowhere else: samples of before get it from there.

The trigger of 0004 would bring the file in step at the commit; both are written here, so that nothing waits for it.
"""

from django.db import migrations

SAID = """
SELECT DISTINCT ON (e.dossier_id) e.dossier_id, left(e.facts ->> 'batch', 60) AS batch
FROM docket_entry e WHERE e.act = 'sampling.complete_sampling' AND COALESCE(e.facts ->> 'batch', '') <> ''
ORDER BY e.dossier_id, e.sequence DESC
"""
WRITE = [
    f"UPDATE sampling_samplefile f SET batch = s.batch FROM ({SAID}) AS s"
    " WHERE f.dossier_id = s.dossier_id AND f.batch = ''",
    f"UPDATE docket_dossier d SET batch = s.batch FROM ({SAID}) AS s WHERE d.id = s.dossier_id AND d.batch = ''",
]


class Migration(migrations.Migration):
    """Batches are on record."""

    dependencies = [
        ("sampling", "0010_a_batch_names_its_head"),
        ("docket", "0001_initial"),
    ]

    operations = [migrations.RunSQL(WRITE, migrations.RunSQL.noop)]
