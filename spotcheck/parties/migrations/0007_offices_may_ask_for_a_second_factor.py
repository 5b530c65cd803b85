"""An office may want a second factor of everybody who works there."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0006_firms_in_business_and_lines_once")]

    operations: ClassVar = [
        migrations.AddField(
            "office",
            "needs_factor",
            models.BooleanField(
                db_default=False, default=False, help_text="everybody here signs in with a second factor"
            ),
        ),
    ]
