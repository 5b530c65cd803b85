#!/bin/sh
# The first start of the container: the two roles and the empty database.
set -eu
for password in "$POSTGRES_PASSWORD" "$OWNER_PASSWORD" "$APP_PASSWORD"; do
    case "$password" in "" | *CHANGE-ME*)
        echo "deploy/.env still has a password that says CHANGE-ME, or an empty one" >&2
        exit 1
        ;;
    esac
done
psql -v ON_ERROR_STOP=1 -U postgres -f /roles.sql
# A replica of another machine may follow, with the superuser's password.
echo "host replication postgres all scram-sha-256" >> "$PGDATA/pg_hba.conf"
