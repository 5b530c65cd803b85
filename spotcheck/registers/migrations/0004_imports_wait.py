"""Long sheets are looked at and taken by a worker."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0006_firms_in_business_and_lines_once"), ("registers", "0003_imports")]

    operations = [
        migrations.AddField(
            "import", "address", models.CharField(blank=True, db_default="", default="", max_length=60)
        ),
        migrations.AddField("import", "looked", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("import", "only_good", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
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
                ],
                db_default="read",
                default="read",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "import",
            "taken_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.post"
            ),
        ),
        migrations.AddIndex(
            "import",
            models.Index(
                condition=models.Q(("stage__in", ["looking", "taking"])), fields=["begun_at"], name="import_waits"
            ),
        ),
    ]
