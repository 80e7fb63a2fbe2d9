"""Exceptions of libraries: what they offer beside their text."""

from __future__ import annotations

# Package of the exception class -> what tells the cases apart, as the libraries' documents say. The first
# prefix that fits counts.
CODES: dict[str, str] = {
    "psycopg2": "a class of `psycopg2.errors` or `error.pgcode`",
    "psycopg": "a class of `psycopg.errors` or `error.sqlstate`",
    "asyncpg": "a class of `asyncpg.exceptions` or `error.sqlstate`",
    "pymysql": "the error number `error.args[0]`",
    "sqlite3": "`error.sqlite_errorname`",
    "sqlalchemy": "the class of the error or of `error.orig`",
    "botocore": '`error.response["Error"]["Code"]`',
    "httpx": "a narrower class or `error.response.status_code`",
    "requests": "a narrower class or `error.response.status_code`",
    "redis": "a narrower class of `redis.exceptions`",
}

# Package whose cure came with a later Python -> that version.
SINCE: dict[str, tuple[int, int]] = {"sqlite3": (3, 11)}

# What Redis and its client say of what redis-py has a class for, in small letters (redis.exceptions, and the
# codes that redis-py's parsers turn into classes): all else comes as a plain ResponseError.
OF_REDIS = (
    "ask ",
    "auth",
    "clusterdown",
    "crossslot",
    "connect",
    "execabort",
    "invalid password",
    "loading",
    "masterdown",
    "max number of clients",
    "module",
    "moved",
    "no permission",
    "noauth",
    "noperm",
    "noscript",
    "oom",
    "out of memory",
    "read only",
    "readonly",
    "timed out",
    "timeout",
    "tryagain",
    "wrong number of arguments",
    "wrongpass",
)

# Package whose cure is a narrower class -> its classes that have narrower ones, by their documents.
GENERAL: dict[str, frozenset[str]] = {
    "httpx": frozenset(
        {"HTTPError", "RequestError", "TransportError", "TimeoutException", "NetworkError", "HTTPStatusError"}
    ),
    "requests": frozenset({"RequestException", "HTTPError", "ConnectionError", "Timeout"}),
    "redis": frozenset({"RedisError", "ResponseError", "ConnectionError", "DataError"}),
}

# The codes of AWS's services that programs ask for (docs.aws.amazon.com, "Common Errors" and those of S3,
# DynamoDB, Lambda, IAM, Cognito and CloudFormation): they stand in `error.response["Error"]["Code"]`.
CODES_OF_AWS = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AlreadyExistsException",
        "BucketAlreadyExists",
        "BucketAlreadyOwnedByYou",
        "ConditionalCheckFailed",
        "ConditionalCheckFailedException",
        "EntityAlreadyExists",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "NoSuchBucket",
        "NoSuchEntity",
        "NoSuchKey",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ResourceAlreadyExistsException",
        "ResourceConflictException",
        "ResourceExistsException",
        "ResourceInUseException",
        "ResourceNotFoundException",
        "SignatureDoesNotMatch",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "UnauthorizedOperation",
        "UnrecognizedClientException",
        "UserNotFoundException",
        "UsernameExistsException",
        "ValidationException",
    }
)
AWS = ("aioboto3", "aiobotocore", "boto3", "botocore")
# What databases say of a value that is there already, in small letters, and the drivers that have a class for it.
OF_UNIQUENESS: dict[str, tuple[str, str]] = {
    "asyncpg": ("duplicate key value", "`asyncpg.UniqueViolationError`"),
    "psycopg": ("duplicate key value", "`psycopg.errors.UniqueViolation`"),
    "psycopg2": ("duplicate key value", "`psycopg2.errors.UniqueViolation`"),
    "sqlite3": ("unique constraint failed", "`sqlite3.IntegrityError`"),
    "aiosqlite": ("unique constraint failed", "`sqlite3.IntegrityError`"),
}

# What databases say of a value that breaks a constraint, and libraries above their drivers with a class for it.
INTEGRITY: tuple[str, ...] = (
    "check constraint failed",
    "duplicate entry",
    "duplicate key value",
    "foreign key constraint",
    "unique constraint failed",
    "violates check constraint",
    "violates foreign key constraint",
    "violates unique constraint",
)
OF_INTEGRITY: dict[str, str] = {
    "sqlalchemy": "`sqlalchemy.exc.IntegrityError`",
    "django": "`django.db.IntegrityError`",
}

# Words of messages that have neither a class nor a code of their own: SQLite's come with its general code
# SQLITE_ERROR (its list of result codes), Redis's with the plain ResponseError.
WITHOUT_CODE = (
    "no such ",
    "already exists",
    "duplicate column",
    "syntax error",
    "does not exist",
    "check that it exists",
    "unknown table",
    "unknown command",
    "busygroup",
    "nogroup",
    "wrongtype",
    "transaction is active",
    "no password",
    "not supported",
    "unsupported",
    # What PostgreSQL's client says before there is a connection: its errors have no code yet.
    "could not connect",
    "could not translate host name",
    "server closed the connection",
    # What the operating system says of a host; the libraries of HTTP hand it on in a class for all of it.
    "connection refused",
    "name or service not known",
    "name resolution",
    "nodename nor servname",
)

# Context managers that raise the exception being handled again when their block ends, by their documents.
RERAISING: frozenset[str] = frozenset(
    {
        "oslo_utils.excutils.save_and_reraise_exception",
        "sqlalchemy.util.langhelpers.safe_reraise",
        "sqlalchemy.util.safe_reraise",
    }
)

# Packages whose exceptions show internals by their text: statements with their parameters, hosts, keys.
INTERNAL = (
    "sqlalchemy.",
    "psycopg2.",
    "psycopg.",
    "asyncpg.",
    "sqlite3.",
    "pymysql.",
    "pymongo.",
    "redis.",
    "botocore.",
)
# Those of them whose text is always the same: that there is no row, or more than one.
PLAIN_OUTCOMES = ("NoResultFound", "MultipleResultsFound")
