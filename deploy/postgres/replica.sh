#!/bin/sh
# A replica: copies the primary once, then follows it. POSTGRES_PASSWORD is that of the primary's superuser.
set -eu
folder=${PGDATA:-/var/lib/postgresql/18/docker}
if [ ! -s "$folder/PG_VERSION" ]; then
    mkdir -p "$folder"
    chown postgres "$folder"
    chmod 700 "$folder"
    export PGPASSWORD="$POSTGRES_PASSWORD"
    until gosu postgres pg_basebackup -h postgres -U postgres -D "$folder" -R -X stream -C -S replica; do
        sleep 3
    done
fi
exec docker-entrypoint.sh postgres -c hot_standby=on
