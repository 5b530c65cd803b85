-- Once, as a superuser: psql -v owner_password=... -v app_password=... -f roles.sql
-- The owner makes and migrates the databases; the application only reads and writes rows, and may not change entries.
CREATE ROLE spotcheck_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE spotcheck_app LOGIN PASSWORD :'app_password';
GRANT spotcheck_app TO spotcheck_owner;
CREATE DATABASE spotcheck OWNER spotcheck_owner TEMPLATE template0 ENCODING 'UTF8';
