# Kept for production: web, worker and beat run from this one image.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/production.txt /tmp/production.txt
RUN python -m venv /opt/kept \
    && /opt/kept/bin/pip install --require-hashes --only-binary :all: -r /tmp/production.txt

FROM python:3.11-slim-bookworm
ENV DJANGO_SETTINGS_MODULE=config.settings.production \
    PATH=/opt/kept/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
# pg_dump and pg_restore, for backups taken from inside, come with the database's own image.
RUN groupadd --system --gid 10001 kept \
    && useradd --system --uid 10001 --gid kept --home-dir /srv/kept --shell /usr/sbin/nologin kept
COPY --from=packages /opt/kept /opt/kept
WORKDIR /srv/kept
COPY . .
# Collecting needs settings but no secret: these invented values stay in this one layer's command.
RUN env $(grep -v '^#' .ci/production.env) python manage.py collectstatic --noinput \
    && python -m compileall -q /srv/kept
USER kept
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "config.probe", "/healthz"]
# A page that stands open asks every three seconds: its connection outlives the time between.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--keep-alive", "15", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "20", "--no-control-socket"]
