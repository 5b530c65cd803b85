"""An import keeps what was before it and may be taken back; an office's own words for columns are remembered."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0010_a_catalogue_of_products"), ("registers", "0004_imports_wait")]

    operations: ClassVar = [
        migrations.AddField("import", "before", models.JSONField(null=True)),
        migrations.AddField("import", "undone_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "import",
            "stage",
            models.CharField(
                choices=[
                    ("read", "已读取"),
                    ("looking", "正在检查"),
                    ("looked", "已检查"),
                    ("taking", "正在导入"),
                    ("done", "已导入"),
                    ("refused", "没有导入"),
                    ("undone", "已撤销导入"),
                ],
                db_default="read",
                default="read",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            "Head",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("head", models.CharField(max_length=100)),
                ("column", models.CharField(max_length=40)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "kind", "head"), name="a_head_means_one_column")
                ]
            },
        ),
    ]
