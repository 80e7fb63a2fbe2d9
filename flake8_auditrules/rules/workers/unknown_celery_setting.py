"""AUD514: a setting that Celery does not know, and old names of settings beside new ones."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import celery
from flake8_auditrules.project.celery_registry import registry
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_names import is_application
from flake8_auditrules.semantics.celery_settings import Setting, mentions_celery, mixed_settings, settings

_LIKENESS = 0.85


class UnknownCelerySetting(Rule):
    """
    ## What it does
    Finds settings of a Celery application, `app.conf.x = ...` and `app.conf.update(x=...)`, that are misspelt
    or have the prefix `CELERY_` that only settings read from an object with `namespace="CELERY"` have; and old
    names in capital letters beside new ones.

    ## Why it matters
    Celery keeps a setting that it does not know and never reads it: the time limit, the serializer or the
    broker is that of the defaults. Old and new names together raise `ImproperlyConfigured` as soon as the
    application is used.

    ## When to silence it
    When the setting is the project's own; its name can be given in the option `own-settings`.
    """

    code = "AUD514"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{key}` {fact}; use `{name}`"
    examined = "settings of Celery applications are ones that Celery knows"
    reach = Reach.PROJECT
    options = (Option("own-settings", (), "names of settings that the project itself reads from `app.conf`"),)

    bad = (
        """
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.update(
            task_time_limits=60,  # AUD514
            task_serializer="json",
        )
        """,
        """
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.update(
            CELERYD_TASK_TIME_LIMIT=60,  # AUD514
            task_serializer="json",
        )
        """,
    )
    good = (
        """
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.update(
            task_time_limit=60,
            task_serializer="json",
        )
        """,
        """
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.update(
            CELERYD_TASK_TIME_LIMIT=60,
            CELERY_TASK_SERIALIZER="json",
        )
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the settings of this module's applications that have no effect, or that Celery refuses."""
        if self.module.is_test or not mentions_celery(self.module):
            return
        given = [
            one
            for one in settings(self.module)
            if one.application is not None and is_application(self.module, one.application)
        ]
        if not given:
            return
        mixed = {id(one.place) for one in mixed_settings(self.module)}
        if mixed and self._reads_an_object():
            mixed = set()
        for setting in given:
            nearest = "" if setting.name else self._nearest(setting)
            if nearest:
                self.report(
                    setting.place, key=setting.key, fact="is no setting of Celery and has no effect", name=nearest
                )
            elif id(setting.place) in mixed:
                fact = "is an old name beside new ones, which Celery refuses to mix"
                self.report(setting.place, key=setting.key, fact=fact, name=setting.name)
            elif setting.name:
                self.passed(setting.place)

    def _reads_an_object(self) -> bool:
        """Whether an application of the project reads settings from an object or module, or may do so."""
        return any(facts.configured_by for facts in registry(self.project, self.module).facts.values())

    def _nearest(self, setting: Setting) -> str:
        """The setting that an unknown one was meant to be; "" where none is near or somebody reads it."""
        key = setting.key
        own = self.option("own-settings")
        if key.startswith("_") or (isinstance(own, tuple) and key in own):
            return ""
        _, _, last = key.partition("_")
        if key.startswith("CELERY_") and last.lower() in celery.OLD_SETTINGS:
            name = "" if self._reads_an_object() else last.lower()
        else:
            names = celery.NEW_SETTINGS if key.isupper() else celery.SETTINGS
            import difflib

            near = difflib.get_close_matches(key, sorted(names), 1, _LIKENESS)
            name = near[0] if near else ""
        return name if name and not self._is_read(setting) else ""

    def _is_read(self, setting: Setting) -> bool:
        """Whether the project itself asks for the setting, or names it in any other place."""
        for use in self.module.attributes_named(setting.key):
            if isinstance(use.ctx, ast.Load):
                return True
        texts = sum(constant.value == setting.key for constant in self.module.nodes(ast.Constant))
        own = setting.place.slice if isinstance(setting.place, ast.Subscript) else setting.place
        if texts > isinstance(own, ast.Constant):
            return True
        return self.project.is_named_elsewhere(self.module, setting.key)
