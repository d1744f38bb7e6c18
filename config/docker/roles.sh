#!/bin/sh
# Runs once, when PostgreSQL's data folder is new: the owner of the tables and the program's role.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set owner_password="$KEPT_OWNER_PASSWORD" --set app_password="$KEPT_APP_PASSWORD" <<'SQL'
CREATE ROLE kept_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE kept_app LOGIN PASSWORD :'app_password';
\connect template1
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE DATABASE kept OWNER kept_owner;
SQL
