"""Regions say how long their code stands and what became of it; another bureau may handle for a region."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0007_offices_may_ask_for_a_second_factor")]

    operations: ClassVar = [
        migrations.AddField("region", "valid_from", models.DateField(null=True)),
        migrations.AddField("region", "valid_until", models.DateField(null=True)),
        migrations.AddField("region", "successors", models.JSONField(default=list, db_default=[])),
        migrations.CreateModel(
            "Jurisdiction",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product_kind",
                    models.CharField("产品种类", max_length=60, blank=True, default="", db_default=""),
                ),
                ("document", models.CharField("文号", max_length=100)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jurisdictions",
                        to="parties.office",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jurisdictions",
                        to="parties.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "product_kind"),
                        condition=models.Q(until__isnull=True),
                        name="one_standing_jurisdiction",
                    )
                ]
            },
        ),
    ]
