# settings for everything that uses the platform's PostgreSQL
export PG_VER=15
export PGHOME=/opt/postgresql
export PGDATA=/opt/postgresql/data
export PGPORT=5433
case ":$PATH:" in *:/opt/postgresql/bin:*) ;; *) export PATH=/opt/postgresql/bin:$PATH ;; esac
