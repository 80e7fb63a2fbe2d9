"""Secrets: which expressions hold a token, a password or a key, by their names."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Set as AbstractSet

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defaults_of, last_name
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.store_urls import is_store_url

_HEADER = frozenset({"Header"})
_WORD = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# What a name has to end with.
_ENDINGS = (
    ("token",),
    ("secret",),
    ("password",),
    ("passwd",),
    ("passphrase",),
    ("api", "key"),
    ("apikey",),
    ("access", "key"),
    ("secret", "key"),
    ("private", "key"),
    ("signing", "key"),
    ("encryption", "key"),
    ("master", "key"),
)
_STORES = ("database", "db", "postgres", "postgresql", "mongo", "mongodb", "amqp", "broker", "rabbitmq", "redis")
_URL_ENDINGS = (
    *((store, kind) for store in _STORES for kind in ("url", "uri", "dsn")),
    ("connection", "string"),
)
# What AWS calls the key by which it knows a request that is sent again.
_OF_REPETITIONS = ("client", "request", "token")
# Words that make the name or path of something out of "secret": `vault_secret`.
_KEEPERS = frozenset({("vault",), ("k8s",), ("kube",), ("kubernetes",)})
# Words that the address of something begins with, where others put them last: `url_token`.
_ADDRESSES = frozenset({"endpoint", "uri", "url"})
_ALL_ENDINGS = frozenset((*_ENDINGS, *_URL_ENDINGS))
_LENGTHS = sorted({len(ending) for ending in _ALL_ENDINGS})
# Words after which a secret's name is a fact about it, a kind of it, or its disguise.
_HARMLESS_WORDS = frozenset(
    {
        "allow", "allowed", "bos", "cancel", "cancellation", "cancelled", "change", "check", "class", "cls",
        "can", "completion", "context", "could", "continuation", "count", "create", "cursor", "delete", "disable",
        "disabled",
        "enable", "enabled", "encrypted", "end", "ends", "eos", "every", "expired", "first", "forgot", "has",
        "hashed", "hide", "image", "input", "invalid", "is", "last", "lex", "mask", "masked", "max", "may", "min",
        "missing", "ms", "must", "need", "needs", "new_line", "next", "no", "num", "number", "obfuscated",
        "output", "pad", "path",
        "padding", "page", "pagination", "parse", "parser", "per", "prev", "previous", "prompt", "public",
        "reasoning", "redacted", "refresh_after", "require", "required", "requires", "reset", "safe", "sanitized",
        "sep", "separator", "shift", "should", "show", "skip", "special", "start", "starts", "stop", "stream",
        "sub",
        "sync", "text", "tokenizer", "truncated", "unk", "unknown", "update", "use", "used", "uses", "verify",
        "begin", "char", "date", "decoded", "encoded", "keyword", "left", "major", "minor", "name",
        "op", "operator",
        "parsed", "query", "right", "search", "sort", "string", "time", "unit",
        "version",
        "barrier", "capacity", "concurrency", "correlation", "fencing", "idempotency", "lease", "limit", "limiter",
        "lock", "reservation", "semaphore", "sentinel", "slot", "wait", "with", "without", "word",
        "hash", "digest", "fingerprint", "sanitised", "anonymized",
        "current_line", "template", "placeholder", "dummy", "fake", "example", "sentry",
    }
)  # fmt: skip
# Words before "token" that make a secret of it; without one it may be a position in a stream or a piece of text.
_GRANTING = frozenset(
    {
        "access", "account", "activation", "admin", "api", "app", "auth", "authentication", "authorization",
        "aws", "azure", "bearer", "bot", "client", "confirmation", "device", "gcp", "git", "github", "gitlab",
        "google", "hf", "hub", "huggingface", "id", "invitation", "invite", "jwt", "login", "magic", "master",
        "oauth", "personal", "private", "refresh", "registration", "secret", "security", "service", "session",
        "slack", "sso", "subject", "telegram", "user", "vault", "webhook",
    }
)  # fmt: skip
# What the code around is called where a plain "token" lets somebody in, and where it is a piece of text.
_ADMITTING = pattern(
    r"auth(?!or)|login|log_in|sign_?(?:in|up|on)(?![a-z])|oidc|jwt|bearer|credential|password|secret"
    r"|(?<![a-z])sso(?![a-z])|invit|api_?key|registration|webhook"
    r"|(?:create|exchange|generate|issue|refresh|renew|reset|revoke|rotate|validate|verify)_?token",
    re.IGNORECASE,
)
_KEY_PAIRS = pattern(r"ed25519|curve25519|public_key|verify_key")
_ADMITS = pattern(r"authorization|bearer|jwt|api_?key|oauth|password", re.IGNORECASE)
_READING_TEXT = pattern(r"pars|lex|tokeniz|template|grammar|syntax", re.IGNORECASE)
_OWNERS = pattern(
    r"(?:^|_)(?:account|args|client|conf|config|credentials?|env|options|org|organization|secrets?|session"
    r"|settings|user)$"
)
_LONG_TEXT = 100_000
# Words that constants begin with which are the name of something: `CONF_PASSWORD`.
_KEYS = frozenset({"attr", "conf", "env", "field", "header", "param"})
_PARSER_ATTRIBUTES = frozenset(
    {
        "endswith",
        "find",
        "type",
        "kind",
        "text",
        "lemma",
        "start",
        "end",
        "line",
        "lineno",
        "pos",
        "lexpos",
        "logprob",
        "ttype",
        "string",
        "idx",
    }
)
# What names a user where a secret goes with it.
_PUBLIC_HALVES = frozenset({("access", "key"), ("api", "key")})
# Classes whose instances show nothing when they are turned into text.
_HIDING = frozenset(
    {"pydantic.SecretStr", "pydantic.SecretBytes", "pydantic.types.SecretStr", "contextvars.Token"}
)
_HARMLESS_CLASSES = frozenset({"builtins.bool", "builtins.int", "builtins.float", "uuid.UUID", *_HIDING})
# Words of keys under which a payment says what it is made in.
_OF_CURRENCIES = frozenset({"coin", "currency", "symbol", "ticker"})
_TIMES = frozenset({"ctime", "isoformat", "strftime"})
_SETTINGS = pattern(r"settings|config|configuration|conf|env|environ|options|secrets|credentials?", re.IGNORECASE)


# Headers that let their sender in, in small letters, and what parameters are called that are given one.
_CREDENTIAL_HEADERS = frozenset(
    {"api-key", "authorization", "cookie", "proxy-authorization", "x-api-key", "x-auth-token"}
)
_HEADER_PARAMETERS = frozenset({"auth_header", "authorization_header"})
# Words of what another service calls, and of a record that there is no such header.
_CALLED_BACK = pattern(r"web_?hook|call_?back|missing", re.IGNORECASE)
_LONG_RECORD = 1000


# What a text is made of, and how a name comes to hold one that grows.
_MADE = (ast.JoinedStr, ast.BinOp, ast.Dict)
_GROWING = {BindingKind.ASSIGNMENT, BindingKind.AUGMENTED}
_MOST_PARTS = 12


@functools.lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of an identifier in lower case: `accessToken` and `ACCESS_TOKEN` are `access`, `token`."""
    return tuple(word.lower() for word in _WORD.findall(name))


@functools.lru_cache(maxsize=4096)
def names_secret(name: str) -> bool:
    """Whether an identifier's words say that it holds a secret itself, or a URL with credentials."""
    parts = words(name)
    return (
        any(parts[-length:] in _ALL_ENDINGS for length in _LENGTHS)
        and _HARMLESS_WORDS.isdisjoint(parts)
        and parts[-3:] != _OF_REPETITIONS
        and not (parts[-1] == "secret" and parts[-2:-1] in _KEEPERS)
        and not (parts[-1] == "token" and parts[0] in _ADDRESSES)
    )


@functools.lru_cache(maxsize=4096)
def names_certain_secret(name: str) -> bool:
    """
    Whether an identifier alone says that it holds a secret itself.

    A URL may have no credentials, an access key goes with a secret one, and a token may be a piece of a text.
    """
    parts = words(name)
    if not names_secret(name) or any(parts[-length:] in _URL_ENDINGS for length in _LENGTHS):
        return False
    if parts[-2:] == ("access", "key"):
        return "secret" in parts
    return parts[-1] != "token" or not _GRANTING.isdisjoint(parts)


def secret_in(module: Module, expression: ast.expr) -> ast.expr | None:
    """
    The part of an expression whose value, as it is, shows a secret when the expression is turned into text.

    Parts of a secret (slices), what a function makes of it, and tests of it show none.
    """
    if isinstance(expression, (ast.Name, ast.Attribute)):
        if (
            _is_secret_name(module, expression)
            or _holds_credentials(module, expression)
            or (is_store_url(module, expression) and not _is_known_otherwise(module, expression))
        ):
            return expression
        made = _made_of(module, expression) if isinstance(expression, ast.Name) else None
        return secret_in(module, made) if made is not None else None
    if isinstance(expression, ast.Subscript):
        key = expression.slice
        if _reads_credentials(expression):
            return expression
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and names_secret(key.value):
            if key.value in module.keep("names of stored secrets", _references):
                return None
            paired = words(key.value) in _PUBLIC_HALVES and _names_a_pair(module, expression, words(key.value))
            return None if paired else expression
        return None
    if isinstance(expression, ast.Call):
        return _secret_in_call(module, expression)
    if isinstance(expression, ast.FormattedValue):
        return secret_in(module, expression.value)
    if isinstance(expression, ast.IfExp):
        if _is_a_part(expression.body):
            # `secret[:2] if len(secret) > 2 else secret`, `url.split("@")[-1] if "@" in url else url`: a part is
            # meant to be shown.
            return None
        return secret_in(module, expression.body) or secret_in(module, expression.orelse)
    if isinstance(expression, (ast.Tuple, ast.List, ast.Set)):
        return _first(module, expression.elts)
    if isinstance(expression, ast.Dict):
        return _first(module, expression.values)
    if isinstance(expression, ast.JoinedStr):
        return _first(module, expression.values)
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.Add, ast.Mod)):
        return secret_in(module, expression.left) or secret_in(module, expression.right)
    if isinstance(expression, ast.BoolOp):
        return _first(module, expression.values)
    return None


def _is_a_part(expression: ast.expr) -> bool:
    """Whether an expression cuts a part out of a text: a slice, what stands beside a sign; `a[:2] + "..."`."""
    if isinstance(expression, ast.BinOp):
        return _is_a_part(expression.left) or _is_a_part(expression.right)
    if isinstance(expression, ast.JoinedStr):
        return any(
            isinstance(value, ast.FormattedValue) and _is_a_part(value.value) for value in expression.values
        )
    return isinstance(expression, ast.Subscript) and (
        isinstance(expression.slice, ast.Slice)
        or (
            isinstance(expression.value, ast.Call)
            and last_name(expression.value) in ("partition", "rpartition", "rsplit", "split")
        )
    )


def _first(module: Module, parts: list[ast.expr]) -> ast.expr | None:
    for part in parts:
        found = secret_in(module, part)
        if found is not None:
            return found
    return None


def _secret_in_call(module: Module, call: ast.Call) -> ast.expr | None:
    last = last_name(call)
    if last == "get_secret_value" or _reads_credentials(call):
        return call
    # What is called is worth a look only where it can be a function of these two names or, imported, of another.
    callee = module.callee(call) if isinstance(call.func, ast.Name) or last == "getenv" else None
    if callee == "os.getenv" or (last == "get" and isinstance(call.func, ast.Attribute)):
        key = call.args[0] if call.args else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and names_secret(key.value):
            return call
        return None
    if callee in ("builtins.str", "builtins.repr"):
        return _first(module, call.args)
    if callee == "builtins.dict" and len(call.args) == 1 and _shows_headers(module, call.args[0]):
        return call.args[0]
    if last == "format" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant):
        return _first(module, [*call.args, *(keyword.value for keyword in call.keywords)])
    return None


def _reads_credentials(expression: ast.expr) -> bool:
    """Whether an expression reads a header that lets its sender in: `request.headers["Authorization"]`."""
    holder, key = None, None
    if isinstance(expression, ast.Subscript):
        holder, key = expression.value, expression.slice
    elif isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute) and expression.args:
        if expression.func.attr == "get":
            holder, key = expression.func.value, expression.args[0]
    return (
        holder is not None
        and last_name(holder) == "headers"
        and isinstance(key, ast.Constant)
        and isinstance(key.value, str)
        and key.value.lower() in _CREDENTIAL_HEADERS
    )


def _holds_credentials(module: Module, expression: ast.Name | ast.Attribute) -> bool:
    """
    Whether a local name holds the header that lets a sender in, or `request.headers` are shown as a whole.

    It is assigned once, from the headers or by what was hidden so far (`value = token.get_secret_value()`), or a
    parameter that is called `authorization_header` or takes it by FastAPI's `Header()`.
    """
    if isinstance(expression, ast.Attribute):
        return _shows_headers(module, expression)
    sites = module.sites_of(expression)
    if len(sites) != 1:
        return False
    binding = module.names.binding(sites[0])
    if binding.kind is BindingKind.ASSIGNMENT:
        return binding.value is not None and (_reads_credentials(binding.value) or _is_revealed(binding.value))
    if binding.kind is not BindingKind.PARAMETER:
        return False
    if expression.id in _HEADER_PARAMETERS:
        return True
    owner = module.owner_of(expression)
    return (
        expression.id == "authorization"
        and owner is not None
        and owner.node is module.function_of(expression)
        and is_declared_with(binding, _HEADER)
    )


def _shows_headers(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is all the headers of a request, of a person or a browser."""
    return (
        isinstance(expression, ast.Attribute)
        and expression.attr == "headers"
        and last_name(expression.value) == "request"
        and not is_of_machine(module, expression)
    )


def is_of_machine(module: Module, headers: ast.Attribute) -> bool:
    """
    Whether another service calls back, by what its function, the path or the record is called, or the record says
    that the header is missing.
    """
    said = [module.text(module.statement(headers), _LONG_RECORD)]
    function = module.function_of(headers)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        said += [function.name, *(module.text(one, _LONG_RECORD) for one in function.decorator_list)]
    return any(_CALLED_BACK.search(one) is not None for one in said)


def _is_revealed(value: ast.expr) -> bool:
    """Whether a value is what pydantic's `SecretStr` hides: it is secret whatever it is called."""
    return isinstance(value, ast.Call) and last_name(value) == "get_secret_value" and not value.args


def is_declared_with(binding: Binding, markers: AbstractSet[str]) -> bool:
    """Whether a parameter's default or annotation calls one of FastAPI's markers: `x_token: str = Header()`."""
    return any(
        isinstance(part, ast.Call) and last_name(part) in markers
        for given in (binding.value, binding.annotation)
        if given is not None
        for part in ast.walk(given)
    )


def _made_of(module: Module, name: ast.Name) -> ast.expr | None:
    """
    The text, concatenation or dict that a local name stands for, where it is bound once and to nothing else.

    Of a text that grows (`text += f"..."`), the first part that shows a secret.
    """
    bindings = [module.names.binding(site) for site in module.sites_of(name)]
    made = [binding.value for binding in bindings if isinstance(binding.value, _MADE)]
    if len(bindings) == 1:
        return made[0] if made and bindings[0].kind is BindingKind.ASSIGNMENT else None
    if len(bindings) > _MOST_PARTS or {binding.kind for binding in bindings} != _GROWING:
        return None
    if sum(binding.kind is BindingKind.ASSIGNMENT for binding in bindings) != 1:
        return None
    # Only what stands wholly before: a part may be made of the name itself (`text = text + more`).
    before = (part for part in made if (part.end_lineno or part.lineno) < name.lineno)
    return next((part for part in before if secret_in(module, part)), None)


def _is_secret_name(module: Module, expression: ast.Name | ast.Attribute) -> bool:
    name = expression.id if isinstance(expression, ast.Name) else expression.attr
    if not names_secret(name):
        return False
    held = module.instance_of(expression)
    if held is not None and any(ancestor in _HARMLESS_CLASSES for ancestor in module.instances.ancestry(held)):
        return False
    if name in module.keep("names of stored secrets", _references):
        return False
    if name.isupper() and words(name)[0] in _KEYS:
        return False
    if words(name)[-1] == "token" and not _lets_in(module, expression, name):
        return False
    if isinstance(expression, ast.Name) and _may_be_number(module, expression):
        return False
    if isinstance(expression, ast.Attribute) and _may_be_time(module, expression):
        return False
    if words(name)[-2:] == ("signing", "key") and _is_of_key_pair(module, expression):
        return False
    if words(name)[-2:] == ("database", "url") and _is_of_firebase(module, expression):
        return False
    if isinstance(expression, ast.Attribute):
        if words(name) in _PUBLIC_HALVES and _names_a_pair(module, expression, words(name)):
            return False
        owner = expression.value
        last = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        # `TokenType.PASSWORD` is a kind, `Settings.PASSWORD` a value.
        return not (last[:1].isupper() and not last.isupper() and not _SETTINGS.search(last))
    return _holds_secret(module, expression)


def _may_be_number(module: Module, expression: ast.Name) -> bool:
    """Whether a name is a parameter that takes a number as well: what a row is called, `token: int | str`."""
    for site in module.sites_of(expression):
        annotation = site.annotation if isinstance(site, ast.arg) else None
        if annotation is not None and any(
            isinstance(part, ast.Name) and part.id == "int" for part in ast.walk(annotation)
        ):
            return True
    return False


def _is_known_otherwise(module: Module, expression: ast.Name | ast.Attribute) -> bool:
    """Whether what a store is connected by is an object with parts, or the file of SQLite by its default."""
    return isinstance(expression, ast.Name) and (_is_object(module, expression) or _is_file(module, expression))


def _may_be_time(module: Module, expression: ast.Attribute) -> bool:
    """Whether an attribute of `self` may be the text of a time: what lines of a log are told apart by."""
    holder = module.class_of_self(expression.value)
    if holder is None:
        return False
    return any(
        isinstance(part, ast.Call) and last_name(part) in _TIMES
        for binding, _ in module.members(holder).attributes.get(expression.attr, ())
        if binding.value is not None
        for part in ast.walk(binding.value)
    )


def _is_of_firebase(module: Module, expression: ast.expr) -> bool:
    """Whether the URL is that of a Firebase database, which holds no credentials."""
    return "firebase" in module.name.lower() or any(
        isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and "firebase" in ancestor.name.lower()
        for ancestor in module.ancestors(expression)
    )


def _is_of_key_pair(module: Module, expression: ast.expr) -> bool:
    """Whether the function deals with pairs of keys, of which it checks signatures by the public one."""
    function = module.function_of(expression)
    return function is not None and _KEY_PAIRS.search(module.text(function, _LONG_TEXT)) is not None


def _lets_in(module: Module, expression: ast.Name | ast.Attribute, name: str) -> bool:
    """Whether a token is one that lets somebody in: by the word before, by whose it is, or by the code around."""
    if _READING_TEXT.search(module.name):
        return False
    if not _GRANTING.isdisjoint(words(name)):
        return True
    if words(name) != ("token",) and isinstance(expression, ast.Name):
        return False
    around = [module.name]
    for ancestor in module.ancestors(expression):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            around.append(ancestor.name)
    if any(_READING_TEXT.search(one) for one in around):
        return False
    if isinstance(expression, ast.Attribute) and words(name) == ("token",):
        owner = expression.value
        last = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        if last == "self" or _OWNERS.search(last.lower()):
            return True
    if isinstance(expression, ast.Name) and any(map(_gives_token, module.bindings(expression))):
        return True
    function = module.function_of(expression)
    return any(_ADMITTING.search(one) for one in around) or (
        function is not None and _ADMITS.search(module.text(function, _LONG_TEXT)) is not None
    )


def _gives_token(binding: Binding) -> bool:
    """Whether a name is bound to a token that lets in: `data["access_token"]`, `get_auth_token()`."""
    value = binding.value.value if isinstance(binding.value, ast.Await) else binding.value
    if isinstance(value, ast.Subscript):
        asked: ast.expr | None = value.slice
    elif isinstance(value, ast.Call):
        asked = value.args[0] if last_name(value) == "get" and value.args else value.func
    else:
        return False
    name = asked.value if isinstance(asked, ast.Constant) else last_name(asked)
    parts = words(name) if isinstance(name, str) else ()
    return parts[-1:] == ("token",) and not _GRANTING.isdisjoint(parts)


def _references(module: Module) -> frozenset[str]:
    """The names of variables that hold the name under which a secret is stored: they are looked up by it."""
    found: set[str] = set()
    for call in module.nodes(ast.Call):
        given = [keyword.value for keyword in call.keywords if keyword.arg in ("name", "secret_name", "secret_id")]
        last = last_name(call)
        if "secret" in last and last.startswith(("get", "read", "fetch", "load", "find")):
            given.extend(call.args)
        elif len(call.args) > 1 and any(
            isinstance(one, (ast.Name, ast.Attribute)) and _READERS.search(last_name(one)) for one in call.args
        ):
            # What is given beside the one that reads secrets tells it which.
            given.extend(call.args)
        elif last in _OF_PATHS or last.endswith("_file") or (last == "open" and isinstance(call.func, ast.Name)):
            # The path of the file that holds it.
            given.extend(call.args[:1])
        elif last in ("get", "getenv") and module.callee(call) in sizes.ENVIRONMENT:
            # The name of the variable that holds it.
            given.extend(call.args[:1])
        for value in given:
            if isinstance(value, ast.Name):
                found.add(value.id)
            elif isinstance(value, ast.Attribute):
                found.add(value.attr)
            elif isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
                found.add(str(value.slice.value))
    return frozenset(found)


# What reads secrets from where they are kept.
_READERS = pattern(r"secrets?_(?:reader|store|manager|client|backend)$|(?:^|_)vault(?:_client)?$")
# The last segment of what is given a path: what a value is given to one is not the secret itself.
_OF_PATHS = frozenset({"isfile", "isdir", "expanduser", "abspath", "realpath"})


def _holds_secret(module: Module, name: ast.Name) -> bool:
    """Whether a plain name can hold a secret by what is bound to it and what is done with it."""
    bindings = module.bindings(name)
    if bindings and all(
        binding.kind is BindingKind.ASSIGNMENT
        and isinstance(binding.value, ast.Constant)
        and isinstance(binding.value.value, str)
        and module.function_of(binding.site) is not None
        for binding in bindings
    ):
        # A word of a dialogue: `password = "ssword:"`.
        return False
    for binding in bindings:
        if binding.kind in (BindingKind.LOOP, BindingKind.FUNCTION, BindingKind.CLASS, BindingKind.IMPORT):
            if binding.kind is not BindingKind.IMPORT or (
                name.id.isupper() and isinstance(module.literal(name), str)
            ):
                return False
        value = binding.value
        if isinstance(value, ast.Constant) and binding.kind is BindingKind.ASSIGNMENT and name.id.isupper():
            return False
        if isinstance(value, ast.JoinedStr) and name.id.isupper() and _is_made_of_constants(value):
            return False
        if isinstance(value, ast.Call) and last_name(value) in _NOT_SECRET_MAKERS:
            # What is made here is shown to whom it is made for; a key that signs is made for nobody.
            if last_name(value) not in _TOKEN_MAKERS or words(name.id)[-2:] not in _SIGNING:
                return False
        if value is not None and (_masks(value) or _reads_currency(value)):
            return False
        if binding.annotation is not None and "Secret" in module.text(binding.annotation):
            return False
    if _is_object(module, name) or (words(name.id)[-1] == "key" and _is_looked_up(module, name)):
        return False
    if words(name.id)[-1] == "secret" and (_is_described(module, name) or _is_row(module, name)):
        return False
    if words(name.id) in _URL_ENDINGS and (_is_file(module, name) or _is_address_alone(module, name)):
        return False
    if _is_answer(module, name) or (
        words(name.id) in _PUBLIC_HALVES and _names_a_pair(module, name, words(name.id))
    ):
        return False
    if words(name.id) == ("client", "token") and _names_a_request(module, name):
        return False
    return words(name.id) != ("token",) or not _is_parsers(module, name)


def _is_made_of_constants(text: ast.JoinedStr) -> bool:
    """Whether all that an f-string takes in are constants that are no secrets: `f"{MIRROR_URL}/packages"`."""
    return all(
        isinstance(part.value, ast.Name) and part.value.id.isupper() and not names_secret(part.value.id)
        for part in text.values
        if isinstance(part, ast.FormattedValue)
    )


def _is_answer(module: Module, name: ast.Name) -> bool:
    """Whether the function asks for an error in what a name holds: then what is shown is an answer."""
    function = module.function_of(name)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.In, ast.NotIn))
        and isinstance(part.left, ast.Constant)
        and part.left.value == "error"
        and isinstance(part.comparators[0], ast.Name)
        and part.comparators[0].id == name.id
        for part in module.own_nodes(function)
    )


def _names_a_pair(module: Module, expression: ast.expr, named: tuple[str, ...]) -> bool:
    """Whether a secret goes with an access key or API key, which then is no more than a user's name."""
    function = module.function_of(expression)
    text = "" if function is None else module.text(function, _LONG_TEXT)
    return ("secret_" if named == ("access", "key") else "api_secret") in text


def _names_a_request(module: Module, name: ast.Name) -> bool:
    """Whether a client token is what AWS calls so: it names a request, so that the same is not done twice."""
    function = module.function_of(name)
    text = "" if function is None else module.text(function, _LONG_TEXT)
    return any(word in text for word in ("client-token", "clientToken", "ClientToken", "idempoten"))


def _is_looked_up(module: Module, name: ast.Name) -> bool:
    """Whether the function looks something up by a name: `found.get(secret_key)`, `secrets[secret_key]`."""
    function = module.function_of(name)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(parent := module.parent(use), ast.Subscript) and parent.slice is use
        for use in module.names_in(function).get(name.id, ())
    ):
        return True
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.In, ast.NotIn))
        and isinstance(part.left, ast.Name)
        and part.left.id == name.id
        and module.qualname(part.comparators[0]) == "os.environ"
        for part in module.own_nodes(function)
    ):
        return True
    return any(
        bool(call.args)
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id == name.id
        and isinstance(call.func, ast.Attribute)
        and module.function_of(call) is function
        for call in module.calls_named("get")
    )


def _is_row(module: Module, name: ast.Name) -> bool:
    """Whether the function asks a database for what belongs to a secret: `filter(secret=secret)`."""
    function = module.function_of(name)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, ast.Call)
        and last_name(part) in ("create", "exclude", "filter", "get", "get_or_create")
        and any(
            given.arg == name.id and isinstance(given.value, ast.Name) and given.value.id == name.id
            for given in part.keywords
        )
        for part in module.own_nodes(function)
    )


def _is_file(module: Module, name: ast.Name) -> bool:
    """Whether a URL is that of a SQLite file, if nothing else is given."""
    function = module.function_of(name)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return any(one.arg == name.id and "sqlite" in module.text(value) for one, value in defaults_of(function))


def _is_address_alone(module: Module, name: ast.Name) -> bool:
    """Whether a URL is put together of a scheme, a host and a port: `f"mongodb://{host}:{port}"`."""
    values = [binding.value for binding in module.bindings(name)]
    return bool(values) and all(
        isinstance(value, ast.JoinedStr)
        and isinstance(value.values[0], ast.Constant)
        and str(value.values[0].value).endswith("://")
        and not any(isinstance(part, ast.Constant) and "@" in str(part.value) for part in value.values)
        for value in values
    )


def _is_described(module: Module, name: ast.Name) -> bool:
    """Whether the function asks a secret for its name or where it is kept: it is what describes one."""
    function = module.function_of(name)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, (ast.Attribute, ast.Subscript))
        and isinstance(part.value, ast.Name)
        and part.value.id == name.id
        and (part.attr if isinstance(part, ast.Attribute) else getattr(part.slice, "value", None)) in _DESCRIBING
        for part in module.own_nodes(function)
    )


def _is_object(module: Module, name: ast.Name) -> bool:
    """Whether the function knows a name for no text and no document: what is shown of it is no secret."""
    function = module.function_of(name)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for use in module.names_in(function).get(name.id, ()):
            parent = module.parent(use)
            if isinstance(parent, ast.Attribute) and parent.attr not in _OF_TEXTS:
                return True
    return any(
        len(call.args) == 2
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id == name.id
        and module.function_of(call) is function
        and _TEXTS.isdisjoint(part.id for part in ast.walk(call.args[1]) if isinstance(part, ast.Name))
        for call in module.calls_named("isinstance")
    )


# What texts, numbers, and documents that hold such can be asked for.
_OF_TEXTS = frozenset(name for kind in (str, bytes, int, dict, list) for name in dir(kind))
_DESCRIBING = frozenset({"id", "kind", "metadata", "name", "parameters", "path", "provider", "type"})
_TEXTS = frozenset({"str", "bytes", "bytearray", "int"})


def _reads_currency(value: ast.expr) -> bool:
    """Whether a token is one of a chain, which is paid with: `payment.get("currency", "USDC")`."""
    if isinstance(value, ast.BoolOp):
        return all(map(_reads_currency, value.values))
    asked: ast.expr | None = None
    if isinstance(value, ast.Subscript):
        asked = value.slice
    elif isinstance(value, ast.Call) and last_name(value) == "get" and value.args:
        asked = value.args[0]
    name = asked.value if isinstance(asked, ast.Constant) else None
    return isinstance(name, str) and not _OF_CURRENCIES.isdisjoint(words(name))


def _masks(value: ast.expr) -> bool:
    """Whether a value is made of a part of something and other text: `key[:4] + "..."`, or of stars."""
    if isinstance(value, ast.IfExp):
        return _masks(value.body) or _masks(value.orelse)
    return isinstance(value, (ast.BinOp, ast.JoinedStr)) and any(
        isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Slice) for part in ast.walk(value)
    )


# `token = variable.set(...)` is a context variable's, `next(tokens)` a parser's; what the program itself has made
# up it has to tell to somebody.
_TOKEN_MAKERS = frozenset({"token_bytes", "token_hex", "token_urlsafe"})
_SIGNING = frozenset({("secret", "key"), ("signing", "key"), ("encryption", "key")})
_NOT_SECRET_MAKERS = frozenset(
    {
        *_TOKEN_MAKERS,
        "set",
        "uuid1",
        "uuid4",
        "object",
        "next",
        "pop",
        "popleft",
        "consume",
        "advance",
        "peek",
        "expect",
        "accept",
    }
)


def _is_parsers(module: Module, name: ast.Name) -> bool:
    """Whether `token` is a piece of a text: the function asks for its kind or place, or deals with many."""
    function = module.function_of(name)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for part in module.own_nodes(function):
        if isinstance(part, ast.Attribute) and part.attr in _PARSER_ATTRIBUTES:
            if isinstance(part.value, ast.Name) and part.value.id == name.id:
                return True
        elif isinstance(part, ast.Name) and part.id == "tokens":
            return True
    return False
