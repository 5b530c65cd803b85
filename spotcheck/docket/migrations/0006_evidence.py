"""Articles 16 and 53: files come with acts, and stand beside their entries for good.

A new table: nothing stored changes, and code of before runs on. Reversible.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "docket_evidence"
FORBID = """
CREATE TRIGGER docket_evidence_for_good BEFORE UPDATE OR DELETE ON docket_evidence
    FOR EACH ROW EXECUTE FUNCTION docket_entries_are_for_good();
CREATE TRIGGER docket_evidence_not_emptied BEFORE TRUNCATE ON docket_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION docket_entries_are_for_good();
"""
ALLOW = """
DROP TRIGGER docket_evidence_not_emptied ON docket_evidence;
DROP TRIGGER docket_evidence_for_good ON docket_evidence;
"""


def revoke(apps, schema_editor):
    """Take the rights from the application's role, unless it is the owner itself (a development server)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [_role()])
        owner, exists = cursor.fetchone()
        if exists and owner != _role():
            name = schema_editor.quote_name(_role())
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM {name}")


def grant(apps, schema_editor):
    """Give the rights back."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE ON {TABLE} TO {schema_editor.quote_name(_role())}")


def _role():
    return settings.DATABASE_APPLICATION_ROLE


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0005_an_entry_says_its_circumstances'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('taken_at', models.DateTimeField(null=True)),
                ('about', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='docket.dossier')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='docket.entry')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['dossier', 'id'], name='docket_evid_dossier_56fafc_idx')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'stored', 'kind'), name='evidence_once_per_entry')],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunPython(revoke, grant),
    ]
