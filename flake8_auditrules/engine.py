"""The engine: one file in, findings out."""

from __future__ import annotations

import ast
import gc
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from flake8_auditrules.config import Config
from flake8_auditrules.knowledge.aliases import NAMES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.layout import is_of_others
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.rule import Examined, Finding, Outline, Reach, Rule
from flake8_auditrules.semantics.module import Module

Handler = tuple[Outline, str]

_NOQA = pattern(r"#\s*noqa\b.*$", re.IGNORECASE)


class Place(NamedTuple):
    """
    What stays of a finding's place when the code around it moves.

    `scope` is the dotted path of the functions and classes around it ("" in the module itself), `text` its
    first line with white space squeezed and without a noqa comment, `ordinal` counts the findings of the same
    code with the same scope and text in the file, from 0.
    """

    scope: str
    text: str
    ordinal: int


class FileResult(NamedTuple):
    """One file's findings with their places, and how many places each rule examined there, by code."""

    findings: list[Finding]
    places: list[Place]
    examined: dict[str, Examined]


class Table:
    """
    The handlers of a set of rules by what they want: classes of node, or calls by name or argument.

    Rules that name the calls they want are tabled by qualified name; only calls whose last name segment is
    one of `tails` can be meant and are worth resolving.
    """

    def __init__(self, rules: Iterable[Outline]) -> None:
        self.by_node: dict[type[ast.AST], list[Handler]] = defaultdict(list)
        self.by_call: dict[str, list[Outline]] = defaultdict(list)
        self.by_description: list[tuple[Outline, frozenset[str], frozenset[str]]] = []
        for rule in rules:
            for attribute in rule.handlers:
                if attribute == "visit_Call" and rule.calls:
                    for qualname in rule.calls:
                        self.by_call[qualname].append(rule)
                elif attribute == "visit_Call" and (rule.call_names or rule.call_keywords):
                    names, keywords = frozenset(rule.call_names), frozenset(rule.call_keywords)
                    self.by_description.append((rule, names, keywords))
                else:
                    kind: type[ast.AST] = getattr(ast, attribute.removeprefix("visit_"))
                    self.by_node[kind].append((rule, attribute))
        self.tails = {qualname.rpartition(".")[2] for qualname in self.by_call}
        self.tails.update(
            published.rpartition(".")[2] for published, meant in NAMES.items() if meant in self.by_call
        )


class Instances(dict[Outline, "Rule | None"]):
    """The rules of one module, each made when asked for; None where the module does not import its matter."""

    def __init__(self, module: Module, project: Project, config: Config) -> None:
        super().__init__()
        self._made_of = (module, project, config)

    def __missing__(self, outline: Outline) -> Rule | None:
        applies = not outline.imports or self._made_of[0].imports(*outline.imports)
        made = self[outline] = outline.rule(*self._made_of) if applies else None
        return made


class Engine:
    """
    Runs a set of rules over one file after the other.

    The findings of the last tree are kept, since flake8 asks once for each family with the same tree.
    """

    def __init__(self, config: Config, rules: Sequence[type[Rule] | Outline]) -> None:
        self.config = config
        self.rules = tuple(rule if isinstance(rule, Outline) else Outline.of(rule) for rule in rules)
        self._table = Table(self.rules)
        self._projects: dict[str, Project] = {}
        self._by_root: dict[str, Project] = {}
        self._of_others: dict[str, bool] = {}
        self._last_tree: ast.Module | None = None
        self._last_module: Module | None = None
        self._last_findings: list[Finding] = []
        self._last_examined: dict[str, Examined] = {}

    def findings(self, tree: ast.Module, lines: Sequence[str], path: str) -> list[Finding]:
        """
        The findings of all rules in one file, in the order of lines, columns and codes.

        `lines` are the physical lines with their ends, `path` is the file as flake8 names it.
        """
        if tree is not self._last_tree:
            # Nearly all that is made here lives until the file is done, so the collector would look in vain.
            was_enabled = gc.isenabled()
            gc.disable()
            try:
                self._last_module = self.module(tree, lines, path)
                self._last_findings = self.check(self._last_module)
            finally:
                if was_enabled:
                    if self._last_tree is None:
                        # The rules that the first file asked for are loaded and stay: flake8's other checks of
                        # the file would have the collector look through all of them again and again.
                        gc.freeze()
                    gc.enable()
            self._last_tree = tree
        return self._last_findings

    def result(self, tree: ast.Module, lines: Sequence[str], path: str) -> FileResult:
        """The findings of one file with their places and the counts of examined places."""
        findings = self.findings(tree, lines, path)
        assert self._last_module is not None
        return FileResult(findings, _places(self._last_module, findings), self._last_examined)

    def project(self, path: str) -> Project:
        """The project that a file belongs to."""
        key = path.rpartition("/")[0]
        project = self._projects.get(key)
        if project is None:
            project = Project.around(path, self.config)
            project = self._projects[key] = self._by_root.setdefault(str(project.root), project)
        return project

    def _is_of_others(self, path: str) -> bool:
        folder = path.rpartition("/")[0]
        known = self._of_others.get(folder)
        if known is None:
            known = self._of_others[folder] = is_of_others(Path(folder))
        return known

    def prepare(self, folder: str) -> None:
        """Read the project around a folder once, for all files that are linted later and in forked processes."""
        if any(rule.reach != Reach.MODULE.value for rule in self.rules):
            self.project(f"{folder}/__init__.py").prepare()

    def module(self, tree: ast.Module, lines: Sequence[str], path: str) -> Module:
        """The module object for one file."""
        project = self.project(path)
        name, is_package = project.module_name(path)
        project.note_search_folders(tree, path)
        module = Module(
            tree,
            lines,
            path=path,
            name=name,
            is_package=is_package,
            is_test=self.config.is_test_file(project.relative(path)),
            elsewhere=project.elsewhere(path),
        )
        project.open(module)
        return module

    def check(self, module: Module) -> list[Finding]:
        """
        Run the rules over one module. A rule that raises reports that, and the others go on.

        There are no findings in a file that the project only carries along, as in `_vendor` or `site-packages`.
        """
        if self._is_of_others(module.path):
            self._last_examined = {}
            return []
        project = self.project(module.path)
        table = self._table
        rules = Instances(module, project, self.config)
        for kind, handlers in table.by_node.items():
            nodes = module.nodes(kind)
            if not nodes:
                continue
            for outline, name in handlers:
                _visit(rules[outline], name, nodes)
        by_name, by_argument = module.calls_by_name().keys(), module.calls_by_argument().keys()
        for outline, names, keywords in table.by_description:
            if names.isdisjoint(by_name) and keywords.isdisjoint(by_argument):
                continue
            calls = dict.fromkeys(module.calls_named(*outline.call_names))
            calls.update(dict.fromkeys(module.calls_given(*outline.call_keywords)))
            if calls:
                _visit(rules[outline], "visit_Call", calls)
        for call, outline in self._wanted(module):
            _visit(rules[outline], "visit_Call", (call,))
        made = [rule for rule in rules.values() if rule is not None]
        self._last_examined = {rule.code: Examined(rule.places, rule.good_places) for rule in made if rule.places}
        found = [finding for rule in made for finding in rule.findings]
        found.sort(key=lambda finding: (finding.line, finding.column, finding.code))
        return found

    def _wanted(self, module: Module) -> Iterator[tuple[ast.Call, Outline]]:
        """The calls that rules want by their qualified name, each with a rule that wants it."""
        by_call, tails = self._table.by_call, self._table.tails
        if by_call:
            for name, calls in module.calls_by_name().items():
                if name in tails:
                    for call in calls:
                        meant = module.called(call, by_call)
                        if meant is not None:
                            for outline in by_call[meant]:
                                yield call, outline


def _visit(rule: Rule | None, name: str, nodes: Iterable[ast.AST]) -> None:
    """Hand nodes to a rule's handler. What it raises becomes a finding on the node's line."""
    if rule is None:
        return
    handler: Callable[[ast.AST], None] = getattr(rule, name)
    for node in nodes:
        try:
            handler(node)
        except Exception as error:  # noqa: AUD302 - kept as a finding of its own
            rule.findings.append(_internal_error(rule, node, error))


def _internal_error(rule: Rule, node: ast.AST, error: Exception) -> Finding:
    line: int = getattr(node, "lineno", 1)
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return Finding(rule.code, line, 0, line, f"internal error on this line ({text}); please report it")


def _places(module: Module, findings: Sequence[Finding]) -> list[Place]:
    """The places of findings that are in source order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    places: list[Place] = []
    for finding in findings:
        scope = _scope_at(module, finding.line)
        line = module.lines[finding.line - 1] if 0 < finding.line <= len(module.lines) else ""
        text = " ".join(_NOQA.sub("", line).split())
        places.append(Place(scope, text, seen[finding.code, scope, text]))
        seen[finding.code, scope, text] += 1
    return places


def _scope_at(module: Module, line: int) -> str:
    """The dotted path of the innermost function or class whose lines hold a line, its decorators included."""
    names: list[str] = []
    body: Sequence[ast.stmt] = module.tree.body
    while True:
        inner = _definition_at(body, line)
        if inner is None:
            return ".".join(names)
        names.append(inner.name)
        body = inner.body


def _definition_at(
    body: Sequence[ast.stmt], line: int
) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first <= line <= (node.end_lineno or node.lineno):
                return node
        elif isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            if getattr(node, "lineno", line) <= line <= (getattr(node, "end_lineno", None) or line):
                pending.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))
    return None
