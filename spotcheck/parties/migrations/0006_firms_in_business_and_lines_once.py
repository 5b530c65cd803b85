"""Firms have a status and former names; a line of the sampling frame stands there once, with its source and its days.

Of lines that stand there twice the first stays: they give the same target, and targets keep what they were drawn from.
"""

import django.db.models.deletion
from django.db import migrations, models

TWICE = """
DELETE FROM parties_offering later USING parties_offering first
WHERE first.id < later.id AND first.enterprise_id = later.enterprise_id AND first.kind = later.kind
  AND first.online = later.online AND first.product_kind = later.product_kind
  AND first.product_name = later.product_name AND first.model = later.model AND first.brand = later.brand
  AND first.producer_id IS NOT DISTINCT FROM later.producer_id
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_samplers_are_entitled_to_sample")]

    operations = [
        migrations.AddField(
            "enterprise",
            "status",
            models.CharField(
                "状态",
                max_length=10,
                choices=[("open", "在业"), ("cancelled", "注销"), ("revoked", "吊销"), ("moved_out", "迁出")],
                default="open",
                db_default="open",
            ),
        ),
        migrations.AddField("enterprise", "status_on", models.DateField(null=True)),
        migrations.CreateModel(
            "EnterpriseName",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("until", models.DateField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="parties.enterprise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enterprise", "name", "until"), name="former_name_once")
                ]
            },
        ),
        migrations.AddField(
            "offering",
            "source",
            models.CharField("来源", max_length=60, blank=True, default="", db_default=""),
        ),
        migrations.AddField("offering", "since", models.DateField(null=True)),
        migrations.AddField("offering", "until", models.DateField(null=True)),
        migrations.AddField(
            "offering", "shop", models.CharField("网店", max_length=200, blank=True, default="", db_default="")
        ),
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "offering",
            models.UniqueConstraint(
                fields=(
                    "enterprise",
                    "kind",
                    "online",
                    "product_kind",
                    "product_name",
                    "model",
                    "brand",
                    "producer",
                ),
                nulls_distinct=False,
                name="no_line_of_the_frame_twice",
            ),
        ),
    ]
