"""The root of a day says of papers, proofs, evidence and what is in force what it says of entries.

A new column that is empty in the roots there are. Code of before runs on: it writes roots without it. Reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0010_deliveries'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditroot',
            name='kept',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
    ]
