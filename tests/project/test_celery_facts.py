"""Celery facts: applications, tasks with their names, routes and settings, out of one module's text."""

from __future__ import annotations

import marshal

import pytest
from celery.app import defaults  # type: ignore[import-untyped]

from flake8_auditrules.knowledge import celery
from flake8_auditrules.project.celery_facts import (
    CeleryFacts,
    celery_facts_of,
    from_plain_celery,
    to_plain_celery,
)
from tests.conftest import module_of


def facts(text: str) -> CeleryFacts:
    found = celery_facts_of(module_of(text, name="shop.tasks"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("from celery import shared_task\n@shared_task\ndef pack(): ...", ["shop.tasks.pack"]),
        ("from shop.app import app\n@app.task(bind=True)\ndef pack(self): ...", ["shop.tasks.pack"]),
        ("from shop.app import app\n@app.task(name='pack')\ndef pack_box(): ...", ["pack"]),
        ("from shop.app import app\nNAME = 'pack'\n@app.task(name=NAME)\ndef pack_box(): ...", ["pack"]),
        ("from shop.app import app\n@app.task(name=PREFIX + 'x')\ndef pack(): ...", [None]),
        ("from shop.app import app\n@app.task(**options)\ndef pack(): ...", [None]),
        ("from shop.app import app\n@our_task('pack')\ndef pack_box(): ...", ["pack"]),
        ("import celery\nclass Pack(celery.Task):\n    name = 'pack'", ["shop.tasks.Pack", "pack"]),
        ("import celery\ndef pack(): ...\ncelery.shared_task(pack)", ["shop.tasks.pack"]),
        ("import celery\ndef pack(): ...\ncelery.shared_task(name='p')(pack)", ["p"]),
        ("import celery\nfor f in functions:\n    app.task(f())", [None]),
        (
            "from celery import Celery\napp = Celery('main')\n@app.task\ndef pack(): ...",
            ["shop.tasks.pack", "main.pack"],
        ),
    ],
)
def test_names_of_tasks(text: str, names: list[str | None]) -> None:
    found = facts(text)
    assert [task.name for task in found.tasks] == names
    assert found.is_open is (None in names)


def test_an_application_and_its_settings() -> None:
    found = facts(
        """
        from celery import Celery
        MODULES = ["shop.mail", "shop.stock"]
        app = Celery("shop", broker="redis://", include=MODULES)
        app.config_from_object("shop.settings", namespace="CELERY")
        app.autodiscover_tasks(["shop.orders"])
        app.conf.update(task_routes=({"shop.mail.*": "mail", name(): "x"}, [("shop.stock.*", "stock")]))
        app.conf["task_default_exchange_type"] = "topic"
        app.conf.task_serializer = chosen()
        pack.apply_async(exchange="shop", routing_key="pack")
        """
    )
    (application,) = found.applications
    assert application == ("shop.tasks.app", 4, "shop", "'redis://'", True)
    assert found.included == ("shop.mail", "shop.stock", "shop.orders.tasks")
    assert found.routes == ("shop.mail.*", None, "shop.stock.*")
    assert found.settings == {"task_default_exchange_type": "topic", "task_serializer": "?"}
    assert found.published == (("shop", "pack"),)
    assert found.configured_by == ("shop.settings CELERY",)


def test_settings_in_variables_need_no_import() -> None:
    found = facts('CELERY_TASK_ROUTES = {"shop.*": {"queue": "q"}}\nCELERY_TASK_SERIALIZER = "pickle"\n')
    assert found.routes == ("shop.*",)
    assert found.settings == {"task_serializer": "pickle"}


def test_other_modules_have_no_facts() -> None:
    assert celery_facts_of(module_of("import os\ndef run(): ...\ntask_routes = {}\n")) is None


def test_facts_outlive_storage() -> None:
    found = facts("from celery import Celery\napp = Celery('a')\n@app.task\ndef pack(): ...")
    assert from_plain_celery(marshal.loads(marshal.dumps(to_plain_celery(found)))) == found  # type: ignore[arg-type]
    assert from_plain_celery(to_plain_celery(None)) is None


def test_all_settings_of_the_installed_celery_are_known() -> None:
    assert set(defaults.DEFAULTS) <= celery.SETTINGS
    assert {old: celery.NEW_SETTINGS.get(old) for old in defaults._TO_NEW_KEY} == defaults._TO_NEW_KEY
