#!/bin/sh
# Valkey with its password from the environment: arguments are seen by everybody on the machine.
set -eu
case "$REDISCLI_AUTH" in "" | *CHANGE-ME*)
    echo "deploy/.env still has a REDIS_PASSWORD that says CHANGE-ME, or an empty one" >&2
    exit 1
    ;;
esac
umask 077
cat > /tmp/valkey.conf <<END
requirepass $REDISCLI_AUTH
masterauth $REDISCLI_AUTH
appendonly yes
maxmemory-policy noeviction
END
if [ "$(id -u)" = 0 ]; then
    chown valkey /tmp/valkey.conf
fi
exec docker-entrypoint.sh valkey-server /tmp/valkey.conf "$@"
