"""What a sample is of gets a table of its own, and what the version before writes into dossiers is copied into it.

The trigger looks at the commit: what this version writes is in step by then, and nothing is left to be done. It works as
its owner does, because the rights of the table come at the end of the migration and workers do not wait for it.
Reversible: the dossiers say the same.
"""

import django.db.models.deletion
from django.db import migrations, models

FOLLOW = """
CREATE FUNCTION sampling_file_in_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE sampling_samplefile f SET producer_id = d.producer_id, batch = d.batch
    FROM docket_dossier d
    WHERE d.id = NEW.id AND f.dossier_id = d.id AND (f.producer_id, f.batch) IS DISTINCT FROM (d.producer_id, d.batch);
    INSERT INTO sampling_samplefile
        (dossier_id, product_kind, product_name, product_model, brand, standard, batch, producer_id)
    SELECT id, product_kind, product_name, product_model, brand, standard, batch, producer_id
    FROM docket_dossier d
    WHERE d.id = NEW.id AND NOT EXISTS (SELECT FROM sampling_samplefile f WHERE f.dossier_id = d.id)
    ON CONFLICT (dossier_id) DO NOTHING;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER sampling_file_in_step
AFTER INSERT OR UPDATE OF product_kind, product_name, product_model, brand, standard, batch, producer_id
ON docket_dossier DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.kind = 'sample') EXECUTE FUNCTION sampling_file_in_step();
"""
ALONE = """
DROP TRIGGER sampling_file_in_step ON docket_dossier;
DROP FUNCTION sampling_file_in_step();
"""


class Migration(migrations.Migration):
    """A sample has a file."""

    dependencies = [
        ("sampling", "0003_claims_of_before_know_where_they_came_from"),
        ("docket", "0001_initial"),
        ("parties", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="SampleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_kind", models.CharField(blank=True, max_length=60, verbose_name="产品种类")),
                ("product_name", models.CharField(blank=True, max_length=100, verbose_name="产品名称")),
                ("product_model", models.CharField(blank=True, max_length=100, verbose_name="规格型号")),
                ("brand", models.CharField(blank=True, max_length=60, verbose_name="商标")),
                ("standard", models.CharField(blank=True, max_length=60, verbose_name="执行标准")),
                ("batch", models.CharField(blank=True, max_length=60, verbose_name="生产日期/批号")),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sample_file", to="docket.dossier"
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.enterprise",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["producer", "product_kind"], name="sample_file_of_a_producer"),
                    models.Index(fields=["product_kind", "dossier"], name="sample_file_of_a_kind"),
                ],
            },
        ),
        migrations.RunSQL(FOLLOW, ALONE),
    ]
