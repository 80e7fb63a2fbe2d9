"""AUD518: a job that is called daily, nightly or weekly, on an interval instead of the clock."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.celery_names import Entry, beat_entries
from flake8_auditrules.semantics.celery_settings import text_of, value_behind
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import uncalled

_CALENDAR = pattern(
    r"(?<![a-z])"
    r"(?:daily|nightly|midnight|weekly|monthly"
    r"|(?:every|each|once a|once per)[ -](?:day|night|morning|evening|week|month))"
    r"(?![a-z])"
)
_DAY = 86400
_UNITS = {"weeks": 604800, "days": _DAY, "hours": 3600, "minutes": 60, "seconds": 1}
_POSITIONS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


class IntervalForCalendar(Rule):
    """
    ## What it does
    Finds entries of Celery's beat schedule, also those of `add_periodic_task`, that are named, or commented,
    daily, nightly, weekly or monthly, and are given as an interval of a day or more.

    ## Why it matters
    An interval is counted from the last run, not by the clock: the time of day moves. Where the schedule file
    is not kept, as in a container, it is counted from the start of beat: with a release each day the daily job
    is never run.

    ## When to silence it
    When only the distance matters and the schedule file outlives a restart.
    """

    code = "AUD518"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{entry}` is to be run {word}, an interval starts over with each restart; use `crontab(...)`"
    examined = "entries of beat schedules keep to the clock, or name no time of it"

    bad = (
        """
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.beat_schedule = {
            "nightly-tidy": {"task": "shop.tidy", "schedule": 24 * 60 * 60},  # AUD518
        }

        @app.task(name="shop.tidy")
        def tidy():
            return "tidy"
        """,
    )
    good = (
        """
        from celery import Celery
        from celery.schedules import crontab

        app = Celery("shop", broker="memory://")
        app.conf.beat_schedule = {
            "nightly-tidy": {"task": "shop.tidy", "schedule": crontab(hour=3, minute=0)},
        }

        @app.task(name="shop.tidy")
        def tidy():
            return "tidy"
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Look at the entries of the module's schedules."""
        if self.module.is_test:
            return
        for entry in beat_entries(self.module):
            word = _calendar_word(self.module, entry)
            if word and _seconds(self.module, entry) >= _DAY:
                self.report(entry.place, entry=entry.key or self.module.text(entry.place), word=word)
            else:
                self.passed(entry.place)
        for call in self.module.calls_named("add_periodic_task"):
            if len(call.args) > 1:
                word = _word_of_call(self.module, call)
                if word and _interval(self.module, value_behind(self.module, call.args[0])) >= _DAY:
                    self.report(call, entry=self.module.call_text(call), word=word)
                else:
                    self.passed(call)


def _calendar_word(module: Module, entry: Entry) -> str:
    """The word of the calendar in an entry's key, its task's name or the comments of its lines; "" for none."""
    texts = [entry.key]
    for key, value in zip(entry.given.keys, entry.given.values, strict=True):
        if text_of(key) == "task":
            texts.append((text_of(value) or "").rpartition(".")[2])
    last = entry.given.end_lineno or entry.given.lineno
    for number in range(entry.place.lineno - 1, last + 1):
        line = module.lines[number - 1] if 0 < number <= len(module.lines) else ""
        comment = line.partition("#")[2] if number >= entry.place.lineno or line.lstrip().startswith("#") else ""
        texts.append(comment)
    for text in texts:
        found = _CALENDAR.search(text.lower().replace("_", "-"))
        if found:
            return found.group(0).replace("-", " ")
    return ""


def _word_of_call(module: Module, call: ast.Call) -> str:
    """The word of the calendar in the name that a call gives an entry, in its task's name or behind the call."""
    given = text_of(module.argument(call, "name")) or ""
    signed = uncalled(call.args[1])
    last = call.end_lineno or call.lineno
    comments = [line.partition("#")[2] for line in module.lines[call.lineno - 1 : last]]
    for text in (given, module.text(signed), *comments):
        found = _CALENDAR.search(text.lower().replace("_", "-"))
        if found:
            return found.group(0).replace("-", " ")
    return ""


def _seconds(module: Module, entry: Entry) -> float:
    """The seconds of an entry's interval; 0 where it has none, or is not known."""
    for key, value in zip(entry.given.keys, entry.given.values, strict=True):
        if text_of(key) == "schedule":
            return _interval(module, value_behind(module, value))
    return 0


def _interval(module: Module, schedule: ast.expr) -> float:
    if not isinstance(schedule, ast.Call):
        number = module.literal(schedule)
        return float(number) if isinstance(number, (int, float)) else 0
    if module.qualname(schedule.func) != "datetime.timedelta":
        return 0
    given = dict(zip(_POSITIONS, schedule.args, strict=False))
    given.update({keyword.arg: keyword.value for keyword in schedule.keywords if keyword.arg is not None})
    total = 0.0
    for name, value in given.items():
        number = module.literal(value)
        if isinstance(number, (int, float)):
            total += number * _UNITS.get(name, 0)
    return total
