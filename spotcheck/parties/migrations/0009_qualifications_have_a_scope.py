"""Certificates of bodies have a scope in lines and may be suspended; a body says to which legal person it belongs."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

SCOPES = """
INSERT INTO parties_qualificationscope (qualification_id, product_kind)
SELECT DISTINCT q.id, left(kind, 60) FROM parties_qualification q, jsonb_array_elements_text(q.product_kinds) AS kind
WHERE jsonb_typeof(q.product_kinds) = 'array' AND kind <> ''
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0008_regions_of_china")]

    operations: ClassVar = [
        migrations.AddField(
            "office",
            "legal_code",
            models.CharField("法人代码", max_length=18, blank=True, default="", db_default=""),
        ),
        migrations.AlterField(
            "qualification",
            "office",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="qualifications", to="parties.office"
            ),
        ),
        migrations.AlterField("qualification", "kind", models.CharField("种类", max_length=40)),
        migrations.AlterField("qualification", "number", models.CharField("证书编号", max_length=60)),
        migrations.AlterField("qualification", "valid_from", models.DateField("有效期自")),
        migrations.AlterField("qualification", "valid_until", models.DateField("有效期至")),
        migrations.AddField("qualification", "suspended_from", models.DateField("暂停自", null=True)),
        migrations.AddField("qualification", "suspended_until", models.DateField("暂停至", null=True)),
        migrations.AddField(
            "qualification",
            "source",
            models.CharField("来源", max_length=100, blank=True, default="", db_default=""),
        ),
        migrations.AddConstraint(
            "qualification",
            models.UniqueConstraint(fields=("office", "kind", "number"), name="a_certificate_once"),
        ),
        migrations.CreateModel(
            "QualificationScope",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_kind", models.CharField("产品种类", max_length=60)),
                ("standard", models.CharField("标准", max_length=100, blank=True, default="", db_default="")),
                ("item", models.CharField("项目", max_length=100, blank=True, default="", db_default="")),
                (
                    "qualification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scope",
                        to="parties.qualification",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("qualification", "product_kind", "standard", "item"), name="a_line_of_scope_once"
                    )
                ]
            },
        ),
        migrations.RunSQL(SCOPES, migrations.RunSQL.noop),
    ]
