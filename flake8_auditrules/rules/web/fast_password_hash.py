"""AUD629: passwords of users kept under a hash that a graphics card tries a billion times a second."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FAST = frozenset(
    f"hashlib.{name}"
    for name in (
        "blake2b", "blake2s", "md5", "new", "sha1", "sha224", "sha256", "sha384", "sha3_256", "sha3_512", "sha512",
    )
)  # fmt: skip
_PASSWORDS = frozenset({"passwd", "password", "passphrase", "pwd"})
_HASHED = frozenset({"digest", "hash", "hashed", "md5", "sha", "sha256"})
# What is slow on purpose, or asks a list of leaked passwords by the SHA-1 that it goes by.
_SLOW = pattern(r"bcrypt|argon2|scrypt|pbkdf2|hashpw|passlib|pwned|PBKDF2")
_COMPARING = frozenset({"compare_digest", "constant_time_compare"})


class FastPasswordHash(Rule):
    """
    ## What it does
    Finds passwords that are hashed by one call of SHA-2, SHA-3, MD5 or the like, with or without a salt, and kept
    in a field of a row (`user.password_hash = ...`, `User(hashed_password=...)`) or compared with what is kept.

    Silent for what is sent elsewhere as another program wants it, for hashes made in many rounds, and in modules
    that name a slow hash: there the fast one is for old rows, or what the slow one is made of.

    ## Why it matters
    These functions are made to be fast. Whoever comes by the table tries each word of a list, and each change of
    it, within minutes; `hashlib.scrypt`, bcrypt and Argon2 take a thousand times as long for each try.

    ## When to silence it
    When the passwords are random texts of the program's own making, as long as keys.
    """

    code = "AUD629"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    imports = ("hashlib",)
    message = (
        "`{call}` is fast to try for each word of a list; keep passwords by `hashlib.scrypt`, bcrypt or Argon2"
    )
    examined = "passwords that are kept are hashed by something slow"

    bad = (
        """
        import hashlib
        import hmac

        def hash_password(password, salt):
            return hashlib.sha256((salt + password).encode()).hexdigest()  # AUD629

        def is_right(user, password):
            return hmac.compare_digest(hash_password(password, user.salt), user.password_hash)
        """,
    )
    good = (
        """
        import hashlib
        import hmac

        def hash_password(password, salt):
            return hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()

        def is_right(user, password):
            return hmac.compare_digest(hash_password(password, user.salt), user.password_hash)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the fast hashes of the module that passwords are kept by."""
        module = self.module
        if module.is_test or is_example(module):
            return
        names = {name.rpartition(".")[2] for name in _FAST} | {"scrypt", "pbkdf2_hmac"}
        for call in module.calls_named(*names):
            callee = module.callee(call)
            if callee in ("hashlib.scrypt", "hashlib.pbkdf2_hmac"):
                self.passed(call)
            elif callee in _FAST and _is_of_password(call) and not _is_made_slow(module, call):
                if _is_kept(module, call):
                    self.report(call, call=module.text(call, 60))
                else:
                    self.passed(call)


def _is_of_password(call: ast.Call) -> bool:
    """Whether what a call hashes has a password in it, which is no hash itself."""
    return any(
        isinstance(part, (ast.Name, ast.Attribute))
        and not _PASSWORDS.isdisjoint(words(last_name(part)))
        and _HASHED.isdisjoint(words(last_name(part)))
        for given in call.args
        for part in ast.walk(given)
    )


def _is_made_slow(module: Module, call: ast.Call) -> bool:
    """Whether a hash is one of many rounds, or stands beside what is slow on purpose, for old rows."""
    function = module.function_of(call)
    if any(isinstance(one, (ast.For, ast.AsyncFor, ast.While, ast.ListComp)) for one in module.ancestors(call)):
        return True
    if not isinstance(function, _FUNCTIONS):
        return False
    has_rounds = any(isinstance(one, (ast.For, ast.While)) for one in module.own_nodes(function))
    return has_rounds or any(_SLOW.search(line) for line in module.lines)


def _is_kept(module: Module, call: ast.Call) -> bool:
    """Whether a hash is put into a field of a row, or compared, here or by what calls the function."""
    if any(_keeps(module, place) for place in _places(module, call)):
        return True
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS) or not _gives(module, function, call):
        return False
    return any(
        _keeps(module, place)
        for asked in module.calls_named(function.name)
        if module.function_behind(asked.func) is function
        for place in _places(module, asked)
    )


def _gives(module: Module, function: FunctionNode, call: ast.Call) -> bool:
    """Whether a function returns the hash, as it is or within a text."""
    places = {id(place) for place in _places(module, call)}
    return any(
        isinstance(node, ast.Return)
        and node.value is not None
        and any(id(one) in places for one in ast.walk(node.value))
        for node in module.own_nodes(function)
    )


def _places(module: Module, call: ast.Call) -> Iterator[ast.expr]:
    """The hash in its chain, `sha256(...).hexdigest()`, and the names in the function that it is assigned to."""
    place: ast.expr = call
    while True:
        parent = module.parent(place)
        called = isinstance(parent, ast.Call) and parent.func is place
        joined = isinstance(parent, (ast.JoinedStr, ast.FormattedValue, ast.BinOp, ast.Await))
        if not isinstance(parent, ast.Attribute) and not called and not joined:
            break
        assert isinstance(parent, ast.expr)
        place = parent
    yield place
    statement, function = module.parent(place), module.function_of(call)
    if isinstance(statement, ast.Assign) and isinstance(function, _FUNCTIONS):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                for use in module.names_in(function).get(target.id, ()):
                    if isinstance(use.ctx, ast.Load):
                        yield use


def _keeps(module: Module, place: ast.expr) -> bool:
    """Whether a hash is compared, assigned to a field of a row that is a password's, or given to a new one."""
    parent = module.parent(place)
    if isinstance(parent, ast.Compare):
        return any(isinstance(operator, (ast.Eq, ast.NotEq)) for operator in parent.ops)
    if isinstance(parent, ast.Call):
        return last_name(parent) in _COMPARING
    if isinstance(parent, ast.keyword):
        made = module.parent(parent)
        return (
            isinstance(made, ast.Call)
            and last_name(made)[:1].isupper()
            and not _PASSWORDS.isdisjoint(words(parent.arg or ""))
        )
    if isinstance(parent, ast.Assign) and parent.value is place:
        return any(
            isinstance(target, ast.Attribute)
            and not (isinstance(target.value, ast.Name) and target.value.id in ("self", "cls"))
            and not _PASSWORDS.isdisjoint(words(target.attr))
            for target in parent.targets
        )
    return False
