"""What samples of before are of is read off their dossiers; the trigger of 0004 sees to those written meanwhile.

Apart from 0004, so that no worker waits while rows are copied. Reversible: the dossiers say the same.
"""

from django.db import migrations

READ_OFF = """
INSERT INTO sampling_samplefile
    (dossier_id, product_kind, product_name, product_model, brand, standard, batch, producer_id)
SELECT id, product_kind, product_name, product_model, brand, standard, batch, producer_id
FROM docket_dossier WHERE kind = 'sample'
ORDER BY id
ON CONFLICT (dossier_id) DO NOTHING;
"""


class Migration(migrations.Migration):
    """Samples of before have files."""

    dependencies = [("sampling", "0004_a_sample_has_a_file")]
    operations = [migrations.RunSQL(READ_OFF, migrations.RunSQL.noop)]
