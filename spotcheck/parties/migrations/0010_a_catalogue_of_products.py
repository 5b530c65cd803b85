"""The kinds of product under supervision, with what else they are called."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0009_qualifications_have_a_scope")]

    operations: ClassVar = [
        migrations.CreateModel(
            "ProductKind",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=60, unique=True)),
                ("parent_code", models.CharField(max_length=30, blank=True, default="", db_default="")),
                ("catalogue", models.CharField(max_length=100, blank=True, default="", db_default="")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("synonyms", models.JSONField(default=list, db_default=[])),
            ],
        ),
    ]
