"""Articles 16 and 53: what was handed in is kept as it came; uploads are on their way.

The application's role may add stored files and can neither change nor delete them. Reversible.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

TABLE = "files_storedfile"
FORBID = """
CREATE FUNCTION files_stored_are_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN  -- after its time the files of a row are removed, and nothing else of it ever changes
        IF NEW.file = '' AND NEW.leaf_file = '' AND NEW.thumb_file = ''
           AND (NEW.sha256, NEW.size, NEW.media_type, NEW.findings, NEW.checked_at, NEW.leaf_sha256, NEW.thumb_sha256)
             = (OLD.sha256, OLD.size, OLD.media_type, OLD.findings, OLD.checked_at, OLD.leaf_sha256, OLD.thumb_sha256)
        THEN RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was handed in is neither changed nor deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER files_storedfile_for_good BEFORE UPDATE OR DELETE ON files_storedfile
    FOR EACH ROW EXECUTE FUNCTION files_stored_are_for_good();
CREATE TRIGGER files_storedfile_not_emptied BEFORE TRUNCATE ON files_storedfile
    FOR EACH STATEMENT EXECUTE FUNCTION files_stored_are_for_good();
"""
ALLOW = """
DROP TRIGGER files_storedfile_not_emptied ON files_storedfile;
DROP TRIGGER files_storedfile_for_good ON files_storedfile;
DROP FUNCTION files_stored_are_for_good();
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

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('file', models.CharField(max_length=120)),
                ('size', models.BigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('findings', models.JSONField(default=dict)),
                ('checked_at', models.DateTimeField()),
                ('leaf_file', models.CharField(blank=True, db_default='', default='', max_length=120)),
                ('leaf_sha256', models.CharField(blank=True, db_default='', default='', max_length=64)),
                ('thumb_file', models.CharField(blank=True, db_default='', default='', max_length=120)),
                ('thumb_sha256', models.CharField(blank=True, db_default='', default='', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='stored_file_by_its_hash')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=80)),
                ('office', models.CharField(help_text='whose room it takes', max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('size', models.BigIntegerField()),
                ('received', models.BigIntegerField(db_default=0, default=0)),
                ('offsets', models.JSONField(default=list, help_text='where each piece begins')),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('stored', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['owner'], name='files_uploa_owner_1f6e7c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('received__lte', models.F('size')), ('size__gte', 0)), name='upload_no_longer_than_said')],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunPython(revoke, grant),
    ]
