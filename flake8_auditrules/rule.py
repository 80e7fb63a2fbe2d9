"""The vocabulary of rules: Rule, Finding, Step, Severity, Category, Option, Reach."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import ClassVar

from flake8_auditrules.config import Config, OptionValue
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.dead_code import is_dead
from flake8_auditrules.semantics.module import Module

CODE_PATTERN = pattern(r"AUD[1-9][0-9]{2}")
SECTIONS = ("## What it does", "## Why it matters", "## When to silence it")


class Severity(enum.IntEnum):
    """How bad it is when a finding is true."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Category(enum.Enum):
    """What kind of fault a rule finds."""

    RESOURCE_LEAK = "resource-leak"
    LOGIC = "logic"
    ERROR_HANDLING = "error-handling"
    SECURITY = "security"
    PERFORMANCE = "performance"
    HARDCODED = "hardcoded"
    INCONSISTENCY = "inconsistency"


class Reach(enum.Enum):
    """What a rule has to know beyond the file it looks at."""

    MODULE = "module"
    CALLEES = "callees"
    PROJECT = "project"


class Step(NamedTuple):
    """One link of a chain that leads to a finding: file, 1-based line, and what happens there."""

    path: str
    line: int
    text: str


class Finding(NamedTuple):
    """One place that a rule reports: 1-based lines, a 0-based column in characters."""

    code: str
    line: int
    column: int
    end_line: int
    text: str
    steps: tuple[Step, ...] = ()


class Examined(NamedTuple):
    """How many places a rule examined, and how many of them are good; silenced findings are none of these."""

    places: int
    good: int


class Option(NamedTuple):
    """A rule's own option: its key in `[tool.auditrules.<rule-name>]`, its default, and what it does."""

    name: str
    default: OptionValue
    help: str


class Outline:
    """
    What the engine has to know of a rule before a file asks for it: its declarations, without its code.

    `module` is the rule's module, `handlers` its `visit_` methods; the others are the rule's class variables.
    """

    __slots__ = (
        "_rule",
        "call_keywords",
        "call_names",
        "calls",
        "code",
        "handlers",
        "imports",
        "module",
        "reach",
        "severity",
    )

    def __init__(
        self,
        module: str,
        code: str,
        severity: int,
        reach: str,
        handlers: tuple[str, ...],
        calls: tuple[str, ...],
        call_names: tuple[str, ...],
        call_keywords: tuple[str, ...],
        imports: tuple[str, ...],
    ) -> None:
        self.module = module
        self.code = code
        self.severity = severity
        self.reach = reach
        self.handlers = handlers
        self.calls = calls
        self.call_names = call_names
        self.call_keywords = call_keywords
        self.imports = imports
        self._rule: type[Rule] | None = None

    @classmethod
    def of(cls, rule: type[Rule]) -> Outline:
        """The outline of a rule that is loaded."""
        outline = cls(
            rule.__module__,
            rule.code,
            int(rule.severity),
            rule.reach.value,
            tuple(attribute for attribute in dir(rule) if attribute.startswith("visit_")),
            tuple(sorted(rule.calls)),
            tuple(sorted(rule.call_names)),
            tuple(sorted(rule.call_keywords)),
            tuple(sorted(rule.imports)),
        )
        outline._rule = rule
        return outline

    def plain(self) -> tuple[str | int | tuple[str, ...], ...]:
        """The outline as built-in types, in the order of the constructor's parameters."""
        return (
            self.module,
            self.code,
            self.severity,
            self.reach,
            self.handlers,
            self.calls,
            self.call_names,
            self.call_keywords,
            self.imports,
        )

    @property
    def rule(self) -> type[Rule]:
        """The rule itself; its module is imported when this is first asked."""
        if self._rule is None:
            self._rule = next(
                value
                for value in vars(importlib.import_module(self.module)).values()
                if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == self.module
            )
        return self._rule


class IncompleteRuleError(TypeError):
    """A rule class lacks a part of its declaration; the text names its file and line."""


class Rule:
    """
    One pattern: declaration, document, examples and the handlers `visit_<node class>` in one class.

    The docstring is the rule's page: SECTIONS in this order. `message` is a format string whose parts
    `report` fills. `bad` and `good` are examples; a comment `# CODE` (or `# CODE:column`, 1-based) marks each
    line to be reported. A rule keeps nothing between nodes but what it finds: it asks the module and the project.

    What a rule names beforehand, the engine looks up once for all: with `calls`, `visit_Call` gets only calls of
    these qualified names; with `call_names`, only calls whose last name is one of these (`get` of `a.b.get()`),
    with `call_keywords`, only calls that are given one of these arguments by name (`**` for unpacking), with
    both, either. With `imports`, the rule looks only at modules that import one of these top-level packages.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    category: ClassVar[Category]
    message: ClassVar[str]
    since: ClassVar[str]
    calls: ClassVar[Collection[str]] = ()
    call_names: ClassVar[Collection[str]] = ()
    call_keywords: ClassVar[Collection[str]] = ()
    imports: ClassVar[Collection[str]] = ()
    examined: ClassVar[str] = "places are good"
    bad: ClassVar[tuple[str, ...]]
    good: ClassVar[tuple[str, ...]]
    options: ClassVar[tuple[Option, ...]] = ()
    reach: ClassVar[Reach] = Reach.MODULE
    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Refuse a rule that is not whole. Raises IncompleteRuleError."""
        super().__init_subclass__()
        cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()
        for attribute, kind in (
            ("code", str),
            ("severity", Severity),
            ("category", Category),
            ("message", str),
            ("since", str),
            ("bad", tuple),
            ("good", tuple),
        ):
            if not isinstance(getattr(cls, attribute, None), kind):
                cls._refuse(f"has no `{attribute}` of type {kind.__name__}")
        if not CODE_PATTERN.fullmatch(cls.code):
            cls._refuse(f"has the code `{cls.code}`, which is not AUD and three digits")
        if not cls.bad or not cls.good:
            cls._refuse("has no bad or no good example")
        text = cls.__doc__ or ""
        places = [text.find(section) for section in SECTIONS]
        if -1 in places or places != sorted(places):
            cls._refuse(f"has a docstring without {', '.join(SECTIONS)} in this order")
        handlers = [attribute for attribute in vars(cls) if attribute.startswith("visit_")]
        if not handlers:
            cls._refuse("has no `visit_` method")
        for handler in handlers:
            if not hasattr(ast, handler.removeprefix("visit_")):
                cls._refuse(f"has `{handler}`, but `ast` has no such node")

    @classmethod
    def _refuse(cls, why: str) -> None:
        try:
            place = f"{inspect.getsourcefile(cls)}:{inspect.getsourcelines(cls)[1]}"
        except (OSError, TypeError):
            place = cls.__module__
        raise IncompleteRuleError(f"{place}: rule {cls.__name__} {why}")

    def __init__(self, module: Module, project: Project, config: Config) -> None:
        self.module = module
        self.project = project
        self.config = config
        self.findings: list[Finding] = []
        self.good_places = 0
        self._faulty_places: dict[Hashable, None] = {}

    def option(self, name: str) -> OptionValue:
        """The value of one of the rule's own options."""
        given = self.config.rules.get(self.name, {})
        if name in given:
            return given[name]
        for option in self.options:
            if option.name == name:
                return option.default
        raise KeyError(name)

    def report(
        self, node: ast.AST, *, steps: Sequence[Step] = (), place: Hashable | None = None, **parts: str
    ) -> None:
        """
        Report the place where `node` starts; `parts` fill the message.

        Where the examined place is not `node` itself but something around it, `place` says so: several findings
        in one place make one faulty place in the reports' counts. Nothing is wrong with code that never runs.
        """
        if is_dead(self.module, node):
            return
        line: int = getattr(node, "lineno", 1)
        self._faulty_places[node if place is None else place] = None
        finding = Finding(
            self.code,
            line,
            self.module.column(node),
            getattr(node, "end_lineno", None) or line,
            self.message.format(**parts),
            tuple(steps),
        )
        if finding not in self.findings:
            # Two ways to one place, as two calls that hand on the same number, say the same.
            self.findings.append(finding)

    def passed(self, node: ast.AST) -> None:
        """Count a place that was examined and is good; reports tell how many there are."""
        self.good_places += 1

    def passed_others(self, places: Iterable[Hashable]) -> None:
        """Count, of all places that were examined, those which were not reported."""
        self.good_places += sum(place not in self._faulty_places for place in places)

    @property
    def places(self) -> int:
        """How many places were examined."""
        return self.good_places + len(self._faulty_places)
