-- Once, as a superuser: OWNER_PASSWORD=... APP_PASSWORD=... psql -f roles.sql   (psql 15 or newer)
-- Passwords come by the environment: arguments are seen by everybody on the machine.
-- The owner makes and migrates the databases; the application only reads and writes rows, and may not change entries.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE spotcheck_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE spotcheck_app LOGIN PASSWORD :'app_password';
GRANT spotcheck_app TO spotcheck_owner;
CREATE DATABASE spotcheck OWNER spotcheck_owner TEMPLATE template0 ENCODING 'UTF8';
