"""The book: what was done, read and taken along that is no act of a dossier; roots are chained to each other.

A new table, for good like the entries, and new columns of the roots, which are for good from now on as well. The roots
there are get their seals in the order of writing. Code of before runs on: it writes roots without a seal, which the
next one names. Reversible.
"""

import hashlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("docket_record", "docket_auditroot")
FORBID = "".join(
    f"""
CREATE TRIGGER {table}_for_good BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION docket_entries_are_for_good();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION docket_entries_are_for_good();
"""
    for table in TABLES
)
ALLOW = "".join(
    f"""
DROP TRIGGER {table}_not_emptied ON {table};
DROP TRIGGER {table}_for_good ON {table};
"""
    for table in TABLES
)


def seal(apps, schema_editor):
    """Chain the roots there are."""
    before = ""
    for root in apps.get_model("docket", "AuditRoot").objects.order_by("pk"):
        root.previous, root.book = before, hashlib.sha256().hexdigest()
        parts = (root.previous, root.day.isoformat(), root.dossiers, root.root, root.records, root.book)
        root.seal = before = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()
        root.save(update_fields=["previous", "book", "seal"])


def revoke(apps, schema_editor):
    """Take the rights from the application's role, unless it is the owner itself (a development server)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [_role()])
        owner, exists = cursor.fetchone()
        if exists and owner != _role():
            name = schema_editor.quote_name(_role())
            for table in TABLES:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")


def grant(apps, schema_editor):
    """Give the rights back."""
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"GRANT UPDATE, DELETE ON {table} TO {schema_editor.quote_name(_role())}")


def _role():
    return settings.DATABASE_APPLICATION_ROLE


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0006_evidence'),
        ('parties', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='auditroot',
            name='book',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='auditroot',
            name='previous',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='auditroot',
            name='records',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='auditroot',
            name='seal',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=40)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.CharField(max_length=80)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('address', models.CharField(blank=True, default='', max_length=100)),
                ('request_id', models.CharField(blank=True, default='', max_length=64)),
                ('hour', models.DateTimeField(null=True)),
                ('hash', models.CharField(max_length=64)),
                ('dossier', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='docket.dossier')),
                ('office', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.post')),
                ('second_user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-at', '-id'], name='docket_reco_at_2c5a0e_idx'), models.Index(fields=['kind', '-at', '-id'], name='docket_reco_kind_62515b_idx'), models.Index(fields=['user', '-at', '-id'], name='docket_reco_user_id_7d9e31_idx'), models.Index(fields=['office', '-at', '-id'], name='docket_reco_office__7a9836_idx'), models.Index(fields=['subject_type', 'subject_id', '-at', '-id'], name='docket_reco_subject_9ba72d_idx'), models.Index(condition=models.Q(('dossier__isnull', False)), fields=['dossier', '-at', '-id'], name='record_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('hour__isnull', False)), fields=('user', 'kind', 'subject_type', 'subject_id', 'hour'), name='reading_once_an_hour'), models.CheckConstraint(condition=models.Q(models.Q(('hour__isnull', False), ('kind__startswith', 'read.'), ('user__isnull', False)), models.Q(models.Q(('kind__startswith', 'read.'), _negated=True), ('hour__isnull', True)), _connector='OR'), name='a_reading_has_a_reader_and_an_hour')],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunPython(revoke, grant),
    ]
