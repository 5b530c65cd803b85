"""Articles 16 and 53: what the docket says stays said.

The application's role loses the right to change or delete entries, and a trigger refuses it to everybody else
who has not switched it off on purpose. Reversible: the rights come back; no row is touched.
"""

from django.conf import settings
from django.db import migrations

FORBID = """
CREATE FUNCTION docket_entries_are_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the docket are neither changed nor deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER docket_entry_for_good BEFORE UPDATE OR DELETE ON docket_entry
    FOR EACH ROW EXECUTE FUNCTION docket_entries_are_for_good();
CREATE TRIGGER docket_entry_not_emptied BEFORE TRUNCATE ON docket_entry
    FOR EACH STATEMENT EXECUTE FUNCTION docket_entries_are_for_good();
"""
ALLOW = """
DROP TRIGGER docket_entry_not_emptied ON docket_entry;
DROP TRIGGER docket_entry_for_good ON docket_entry;
DROP FUNCTION docket_entries_are_for_good();
"""


def revoke(apps, schema_editor):
    """Take the rights from the application's role, unless it is the owner itself (a development server)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [_role()])
        owner, exists = cursor.fetchone()
        if exists and owner != _role():
            name = schema_editor.quote_name(_role())
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON docket_entry FROM {name}")


def grant(apps, schema_editor):
    """Give the rights back."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE ON docket_entry TO {schema_editor.quote_name(_role())}")


def _role():
    return settings.DATABASE_APPLICATION_ROLE


class Migration(migrations.Migration):
    """Entries are for good."""

    dependencies = [("docket", "0001_initial")]
    operations = [
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunPython(revoke, grant),
    ]
