"""AUD913: the plain field of a model that keeps the same thing encrypted."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import class_named, home_of
from flake8_auditrules.project.lifetimes import known_constructions
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.arguments import is_none
from flake8_auditrules.semantics.module import Module

_TWINS = ("{}_encrypted", "encrypted_{}", "{}_enc", "{}_ciphertext")
# What makes the encrypted field of the plain one, or only compares it.
_KEEPING = pattern(r"crypt|cipher|seal|hash|digest|compare|sign|mask|redact")
# What hands its argument on as it is.
_TEXT = frozenset({"builtins.str", "builtins.dict", "builtins.bytes"})


class TwinField(Rule):
    """
    ## What it does
    Finds plain fields that are handed to a library, of models which have an encrypted field for the same thing:
    `account.token` where the model has `token` and `token_encrypted`, in functions that never read the latter.

    ## Why it matters
    Rows that were written since the encryption came have nothing in the plain field, and the request goes out
    with `Bearer None`; rows that still have it keep the secret readable for whoever sees the table.

    ## When to silence it
    When the plain field is filled from the encrypted one where the rows are loaded.
    """

    code = "AUD913"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.CALLEES
    message = "`{read}` is the plain field beside `{twin}`, empty in new rows; decrypt the latter"
    examined = "what is kept encrypted is handed on from there"

    bad = (
        """
        from dataclasses import dataclass

        import httpx

        @dataclass
        class Account:
            token: str | None = None
            token_encrypted: bytes | None = None

        def requested(account: Account):
            return httpx.Request(
                "GET", "https://shop.example.org", headers={"Authorization": f"Bearer {account.token}"}  # AUD913
            )
        """,
    )
    good = (
        """
        from dataclasses import dataclass

        import httpx

        @dataclass
        class Account:
            token: str | None = None
            token_encrypted: bytes | None = None

        def requested(account: Account, decrypt):
            token = decrypt(account.token_encrypted)
            return httpx.Request("GET", "https://shop.example.org", headers={"Authorization": f"Bearer {token}"})
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the plain fields that the module's calls of libraries are given."""
        module = self.module
        if module.is_test:
            return
        for call in module.nodes(ast.Call):
            reads = list(_given(module, call))
            if not reads or not self._leads_outside(call):
                continue
            for read in reads:
                twin = self._twin(read)
                if twin is None:
                    continue
                if self._is_read_near(read, twin):
                    self.passed(read)
                else:
                    self.report(read, read=module.text(read), twin=twin)

    def _leads_outside(self, call: ast.Call) -> bool:
        """Whether a call is one of a library, which does not make the encrypted field of what it gets."""
        callee = self.module.callee(call)
        if callee is None or callee.startswith("builtins.") or _KEEPING.search(callee.lower()):
            return False
        return (
            home_of(self.project, self.module, callee) is None
            and callee.partition(".")[0] != self.module.name.partition(".")[0]
        )

    def _twin(self, read: ast.Attribute) -> str | None:
        """The encrypted field beside the one that is read; None where there is none, or a method goes between."""
        module = self.module
        class_name = module.instance_of(read.value)
        found = class_named(self.project, module, class_name) if class_name is not None else None
        if found is None:
            return None
        home, holder = found
        members = home.members(holder)
        if read.attr not in members.attributes or read.attr in members.methods:
            return None
        # A class that decrypts may well fill the plain field itself.
        if "decrypt" in home.source(holder).lower():
            return None
        names = (twin.format(read.attr) for twin in _TWINS)
        twin = next((name for name in names if name in members.attributes), None)
        return twin if twin is not None and not self._is_filled(home, holder, read.attr) else None

    def _is_filled(self, home: Module, holder: ast.ClassDef, field: str) -> bool:
        """Whether the project still fills the plain field where it makes objects: each field has its own part."""
        return any(
            keyword.arg == field and not is_none(place, keyword.value)
            for place, call in known_constructions(self.project, home, holder)
            for keyword in call.keywords
        )

    def _is_read_near(self, read: ast.Attribute, twin: str) -> bool:
        """Whether the function that reads the plain field reads its twin as well."""
        function = self.module.function_of(read)
        return any(
            self.module.function_of(other) is function
            for other in self.module.attributes_named(twin)
            if isinstance(other.ctx, ast.Load)
        )


def _given(module: Module, call: ast.Call) -> Iterator[ast.Attribute]:
    """The attributes whose values a call gets as they are: alone, in texts, and in displays."""
    pending: list[ast.AST] = [*call.args, *(keyword.value for keyword in call.keywords)]
    while pending:
        value = pending.pop()
        if isinstance(value, ast.Attribute):
            yield value
        elif isinstance(value, (ast.Dict, ast.List, ast.Tuple, ast.JoinedStr, ast.FormattedValue, ast.BinOp)) or (
            isinstance(value, ast.Call) and module.qualname(value.func) in _TEXT
        ):
            pending.extend(ast.iter_child_nodes(value))
