#!/bin/sh
# The first start of the container: the two roles and the empty database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" -f /roles.sql
# A replica of another machine may follow, with the superuser's password.
echo "host replication postgres all scram-sha-256" >> "$PGDATA/pg_hba.conf"
