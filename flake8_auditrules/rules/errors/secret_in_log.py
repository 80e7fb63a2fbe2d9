"""AUD313: a secret in a log record, an exception's text or a URL."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import loggers
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.consoles import only_serves
from flake8_auditrules.project.secret_documents import document_in
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.environment import is_told_to_developer
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import SERVING, is_terminal_program
from flake8_auditrules.semantics.query_secrets import query_secrets
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.secret_names import secret_in

# The places of a text for `%`, and those that show at most nine characters.
_PLACES = pattern(r"%(?:%|[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z])")
_SHORT = pattern(r"%[-#0 +]*\d*\.\dr?s?")
# A text that tells a person what to set.
_TO_BE_SET = pattern(r"\b(?:add|export|set)\b[^=]*\b[A-Z][A-Z0-9_]+=[\"']?$")
# What a text speaks of that shows a token.
_OF_TOKENS = pattern(r"token|jwt|bearer|scope|auth|credential|secret|login|sign", re.IGNORECASE)
# What tells whoever reads the log to take the secret from there.
_ONCE = pattern(
    r"\b(?:copy|save|store|note) (?:it|this|them|the \w+)\b.*\bnow\b|not be (?:shown|displayed) again"
    r"|shown (?:only )?once",
    re.IGNORECASE,
)
# A module that writes down what others try.
_TRAP = pattern(r"honey_?pot", re.IGNORECASE)
# A text that says that a name follows.
_NAME_OF = pattern(
    r"\b(?:key|secret|token) (?:name|path|id)\W{0,3}$|\bvault secret \W?$"
    r"|\b(?:in-memory|sqlite)\b.*$|\bnamed\W{0,3}$|\bscope token\b.*$",
    re.IGNORECASE,
)
# What is not found is what the client made up.
_NOT_FOUND = pattern(r"NotFound|not_found|DoesNotExist|Missing|NoSuch|^KeyError$")
# Functions of termcolor, click and others that put the codes of a terminal around a text.
_COLOURING = frozenset({"colored", "colorize", "colourize", "style", "stylize"})
_SWITCH = pattern(
    r"(?:^|_)(?:log|show|print|display|reveal)_(?:\w+_)?(?:credentials?|secrets?|passwords?|tokens?|keys?)$"
    r"|^(?:display|reveal|show)$",
    re.IGNORECASE,
)
# Functions that are there to show a secret: `log_bootstrap_token`.
_SHOWING = pattern(
    r"_*(?:announce|display|echo|emit|log|print|reveal|show)_(?:\w+_)?(?:credentials?|secrets?|passwords?|tokens?|keys?)$"
)


class SecretInLog(Rule):
    """
    ## What it does
    Finds names and attributes whose last whole words are token, secret, password, API key or access key, and
    URLs that carry credentials, where they go as they are into a log call or the text of an exception that is
    raised; with the option `query-strings` also into the query string of a URL that the program asks. Objects that
    are logged whole count where they are known to show a secret: instances of a model or data class with a plain
    text for one, the arguments of a server with such a flag, the headers of a client's request.
    What the module connects to a database, cache or broker by (`redis.from_url(url)`, `nats.connect(self._url)`)
    is such a URL, whatever it is called, where it is a setting or a parameter.
    A header that lets its sender in (`request.headers["Authorization"]`) is a secret, whatever name holds it, and
    so are all headers of a request, copied (`dict(request.headers)`) or put into a text that grows. What a route,
    a dependency or a task prints stands in the server's log as well.

    ## Why it matters
    Logs are copied, shipped, indexed and kept for years, and read by people who may not have the secret. URLs
    end in the logs of every proxy on the way. A secret that has been there has to be replaced.

    ## When to silence it
    When the value is no secret in spite of its name; a better name silences the rule as well. Query strings are
    left alone by default: many services take their key nowhere else.
    """

    code = "AUD313"
    severity = Severity.HIGH
    category = Category.SECURITY
    reach = Reach.CALLEES
    since = "0.1.0"
    call_names = frozenset({*loggers.WRITING, "print"})
    message = "`{secret}` {fact}; {cure}"
    options = (
        Option("query-strings", False, "secrets in the query strings of requested URLs are reported as well"),
    )
    examined = "records, exceptions and addresses show no secret"

    bad = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def sign_in(user, password):
            logger.info("sign-in of %s with %s", user, password)  # AUD313
            return bool(password)
        """,
        """
        def check(access_token, known):
            if access_token not in known:
                raise ValueError(f"unknown token {access_token}")  # AUD313
            return True
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def sign_in(user, password):
            logger.info("sign-in of %s with %d characters", user, len(password))
            return bool(password)
        """,
        """
        def check(access_token, known):
            if access_token not in known:
                raise ValueError(f"unknown token ...{access_token[-4:]}")
            return True
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a secret among the arguments of a log call, or in the parameters of a request."""
        module = self.module
        if node in log_calls(module) or self._is_printed_by_server(node):
            is_command = is_terminal_program(module)
            if module.is_test or (is_command and not module.imports(*SERVING)) or _TRAP.search(module.name):
                # What a command writes stands on the console of whoever called it.
                return
            arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg != "exc_info")]
            shortened = _shortened(node)
            for argument in arguments:
                if is_command or argument in shortened:
                    continue
                if argument is arguments[0] and isinstance(argument, ast.Name) and argument.id.isupper():
                    # A text that is kept under a name: what it is about.
                    continue
                secret = secret_in(module, argument)
                if secret is not None and not (
                    _is_named_so(argument, secret)
                    or self._is_of_sqlite(node, secret)
                    or self._is_asked_for(node)
                    or _is_coloured(node)
                    or self._is_none_there(node, secret)
                ):
                    self._report(node, secret, "goes into the log as it is", "mask it or leave it out")
                    return
            for argument in arguments if self.project.is_marked else ():
                shown = document_in(self.project, module, argument)
                if shown is not None and not self._is_asked_for(node):
                    self._report(
                        node, shown.node, f"goes into the log with its `{shown.secret}`", "leave that out"
                    )
                    return
            self.passed(node)
            return

    def visit_Module(self, node: ast.Module) -> None:
        """Report the secrets of query strings, where the option asks for it."""
        if not self.option("query-strings") or self.module.is_test:
            return
        for found in query_secrets(self.module):
            self._report(found.node, found.secret, "goes into the URL's query string", "send it in a header")

    def _is_printed_by_server(self, call: ast.Call) -> bool:
        """Whether a call is a `print` in what requests or a worker come to: the output of a server is its log."""
        if not isinstance(call.func, ast.Name) or self.module.callee(call) != "builtins.print":
            return False
        function = self.module.function_of(call)
        if function is None:
            return False
        if role_of(self.module, function) is not None:
            return True
        # What other plain functions print may be meant for whoever starts the server.
        gets_request = any(one.arg == "request" for one in (*function.args.posonlyargs, *function.args.args))
        return (
            (isinstance(function, ast.AsyncFunctionDef) or gets_request)
            and self.project.is_marked
            and self.module.keep("only serves", lambda one: only_serves(self.project, one))
        )

    def _is_of_sqlite(self, call: ast.Call, secret: ast.expr) -> bool:
        """Whether a URL shown is that of SQLite, the path of a file: the record says so, or where it is given."""
        name = last_name(secret)
        if isinstance(secret, ast.Subscript) and isinstance(secret.slice, ast.Constant):
            name = str(secret.slice.value)
        if not name.lower().endswith(("url", "uri", "dsn")):
            return False
        if any(
            isinstance(given, ast.Constant) and isinstance(given.value, str) and "sqlite" in given.value.lower()
            for given in call.args
        ):
            return True
        function = self.module.function_of(call)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        shown = ast.unparse(secret)
        given_here = [
            part.value
            for part in self.module.own_nodes(function)
            if isinstance(part, ast.Assign) and any(ast.unparse(target) == shown for target in part.targets)
        ]
        return bool(given_here) and all(_begins_with_sqlite(value) for value in given_here)

    def _is_asked_for(self, node: ast.Call) -> bool:
        """
        Whether a switch that is there for it (`if settings.log_credentials:`, `if settings.debug:`) writes it.

        A function that is called like what it shows (`log_setup_token`) is there for nothing else; a text may say
        itself that the secret is to be taken from here, once.
        """
        if any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) and _ONCE.search(part.value)
            for part in ast.walk(node)
        ):
            return True
        if is_told_to_developer(self.module, node):
            return True
        function = self.module.function_of(node)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and _SHOWING.fullmatch(function.name):
            return True
        tests = [
            *(ancestor.test for ancestor in self.module.ancestors(node) if isinstance(ancestor, ast.If)),
            *(part.test for part in ast.walk(node) if isinstance(part, ast.IfExp)),
        ]
        return any(
            isinstance(part, (ast.Name, ast.Attribute))
            and _SWITCH.search(part.id if isinstance(part, ast.Name) else part.attr)
            for test in tests
            for part in ast.walk(test)
        )

    def visit_Raise(self, node: ast.Raise) -> None:
        """Report a secret in the text of an exception that is raised."""
        call = node.exc
        if not isinstance(call, ast.Call) or self.module.is_test:
            return
        shown = [
            argument
            for argument in (*call.args, *(keyword.value for keyword in call.keywords))
            if isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.Call, ast.Name))
        ]
        if not shown or _NOT_FOUND.search(last_name(call)):
            return
        for argument in shown:
            secret = secret_in(self.module, argument)
            if (
                secret is None
                or _is_some_token(call, secret)
                or self._is_known_there(node, secret)
                or self._is_none_there(node, secret)
                or _is_named_so(argument, secret)
            ):
                continue
            # The secret itself, as a value and not as a text (`Denied(token)`), is the receiver's matter.
            if not (isinstance(argument, ast.Name) and secret is argument):
                self._report(node, secret, "goes into the exception's text", "mask it or leave it out")
                return

    def _is_known_there(self, statement: ast.Raise, secret: ast.expr) -> bool:
        """Whether the value shown has just been compared with a constant: then it says nothing new."""
        around = self.module.parent(statement)
        if not isinstance(around, ast.If) or not isinstance(around.test, ast.Compare):
            return False
        test = around.test
        return (
            isinstance(test.ops[0], ast.Eq)
            and isinstance(test.comparators[0], ast.Constant)
            and self.module.text(test.left) == self.module.text(secret)
        )

    def _is_none_there(self, node: ast.AST, secret: ast.expr) -> bool:
        """Whether what is shown has just been found to be empty, or no text at all."""
        shown = self.module.text(secret)
        child = node
        for ancestor in self.module.ancestors(node):
            if isinstance(ancestor, ast.If) and child in ancestor.body and not self._is_filled(ancestor, shown):
                test = ancestor.test
                if isinstance(test, ast.UnaryOp) and isinstance(test.operand, ast.Name):
                    # `valid = isinstance(api_key, str) and api_key`, and then `if not valid:`.
                    sites = [self.module.names.binding(site).value for site in self.module.sites_of(test.operand)]
                    if len(sites) == 1 and sites[0] is not None and self._asks_for_text(sites[0], shown):
                        return True
                parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]
                if all(self._denies(part, shown) for part in parts):
                    return True
                if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
                    # `if password is not None and not isinstance(password, str):`
                    if any(self._denies(part, shown) for part in test.values):
                        return True
            elif isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                return False
            child = ancestor
        return False

    def _is_filled(self, branch: ast.If, shown: str) -> bool:
        """Whether what was found to be empty gets a value: `if not self._token: self._token = ...`."""
        return any(
            self.module.text(target) == shown
            for part in handlers.statements(branch.body)
            if isinstance(part, (ast.Assign, ast.AnnAssign))
            for target in (part.targets if isinstance(part, ast.Assign) else [part.target])
        )

    def _denies(self, test: ast.expr, shown: str) -> bool:
        """Whether a test holds for an empty value, or one that is no text: `not isinstance(api_key, str)`."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.module.text(test.operand) == shown or self._asks_for_text(test.operand, shown)
        if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], (ast.Is, ast.Eq)):
            return False
        left = test.left
        if isinstance(left, ast.Call) and last_name(left) == "len" and len(left.args) == 1:
            left = left.args[0]
        wanted = test.comparators[0]
        return isinstance(wanted, ast.Constant) and not wanted.value and self.module.text(left) == shown

    def _asks_for_text(self, test: ast.expr, shown: str) -> bool:
        """Whether a test asks whether a value is a text, `isinstance(api_key, str)`, maybe one that is full."""
        first = test.values[0] if isinstance(test, ast.BoolOp) else test
        return (
            isinstance(first, ast.Call)
            and last_name(first) == "isinstance"
            and len(first.args) == 2
            and self.module.text(first.args[0]) == shown
        )

    def _report(self, node: ast.AST, secret: ast.expr, fact: str, cure: str) -> None:
        self.report(node, secret=self.module.text(secret, 40), fact=fact, cure=cure)


def _shortened(call: ast.Call) -> list[ast.expr]:
    """The arguments of a log call of which its text shows the first characters only: `"token %.5s..."`."""
    text = call.args[0] if call.args else None
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str) or "%." not in text.value:
        return []
    places = [place for place in _PLACES.findall(text.value) if place != "%%"]
    return [given for place, given in zip(places, call.args[1:], strict=False) if _SHORT.fullmatch(place)]


def _is_coloured(call: ast.Call) -> bool:
    """Whether a record is made up in colours, for the person in front of the terminal: `colored("key: ")`."""
    return any(isinstance(part, ast.Call) and last_name(part) in _COLOURING for part in ast.walk(call))


def _begins_with_sqlite(value: ast.expr) -> bool:
    """Whether a text that is put together begins with the scheme of SQLite: `"sqlite:///" + path`."""
    while isinstance(value, ast.BinOp):
        value = value.left
    first = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
    return isinstance(first, ast.Constant) and str(first.value).startswith("sqlite")


def _is_some_token(call: ast.Call, secret: ast.expr) -> bool:
    """
    Whether an exception shows a plain `token` in a text that speaks of no token.

    A token is many things, and many programs call a name that somebody typed so: `agent '{token}' is unknown`.
    """
    if not isinstance(secret, ast.Name) or secret.id != "token":
        return False
    return not any(
        (isinstance(part, ast.Constant) and isinstance(part.value, str) and _OF_TOKENS.search(part.value))
        or (isinstance(part, ast.keyword) and part.arg is not None and _OF_TOKENS.search(part.arg))
        for part in ast.walk(call)
    )


def _is_named_so(text: ast.expr, secret: ast.expr) -> bool:
    """
    Whether a text says that what follows is a secret's name, or what a person is to set.

    `key name '...'`, `Please set ACME_TOKEN="..."`.
    """
    before = ""
    for value in text.values if isinstance(text, ast.JoinedStr) else ():
        if isinstance(value, ast.FormattedValue) and value.value is secret:
            return _TO_BE_SET.search(before) is not None or _NAME_OF.search(before) is not None
        before = str(value.value) if isinstance(value, ast.Constant) else ""
    return False
