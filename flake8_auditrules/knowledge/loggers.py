"""What makes a logger, what its methods mean, and what else reports an error; from the libraries' documents."""

from __future__ import annotations

# Calls that give a logger, by qualified name.
FACTORIES = frozenset(
    {
        "logging.getLogger",
        "logging.LoggerAdapter",
        "logging.Logger",
        "logging.Logger.getChild",
        "multiprocessing.get_logger",
        "multiprocessing.log_to_stderr",
        "celery.utils.log.get_task_logger",
        "celery.utils.log.get_logger",
        "structlog.get_logger",
        "structlog.getLogger",
        "structlog.stdlib.get_logger",
        "structlog.wrap_logger",
        "twisted.logger.Logger",
        "eliot.Logger",
        "prefect.get_run_logger",
        "prefect.logging.get_run_logger",
        "prefect.logging.get_logger",
        "loguru.logger.bind",
        "loguru.logger.opt",
        "loguru.logger.patch",
    }
)

# What a project's own function that gives a logger is called.
FACTORY_NAMES = frozenset(
    {"getLogger", "get_logger", "get_task_logger", "get_run_logger", "getChild", "setup_logger"}
)

CLASSES = frozenset(
    {
        "logging.Logger",
        "logging.LoggerAdapter",
        "loguru.Logger",
        "structlog.BoundLogger",
        "structlog.BoundLoggerBase",
        "structlog.stdlib.BoundLogger",
        "structlog.typing.FilteringBoundLogger",
        "structlog.types.FilteringBoundLogger",
    }
)

# Objects that are loggers by themselves: the module `logging` (its root logger) and loguru's only logger.
OBJECTS = frozenset({"logging", "loguru.logger", "flask.current_app.logger"})

# Last segments of names that hold loggers everywhere; also every name that ends in "logger".
NAMES = frozenset({"logger", "log", "logging"})

# Method -> level on the scale of `logging` (docs.python.org, "Logging Levels"); loguru adds trace (5) and
# success (25).
LEVELS: dict[str, int] = {
    "trace": 5,
    "debug": 10,
    "info": 20,
    "success": 25,
    "warning": 30,
    "warn": 30,
    "error": 40,
    "exception": 40,
    "critical": 50,
    "fatal": 50,
    "adebug": 10,
    "ainfo": 20,
    "awarning": 30,
    "aerror": 40,
    "aexception": 40,
    "acritical": 50,
    "afatal": 50,
}

# All methods that write a record: those above, and `log(level, ...)`.
WRITING = (*LEVELS, "log")

# Names of functions that write a record, handed on in the place of a logger: `logger(logging.INFO, "started")`.
CALLED_ITSELF = ("logger", "_logger", "log", "_log", "log_function")

# The first argument of `log(level, ...)`.
LEVEL_NAMES: dict[str, int] = {
    "TRACE": 5,
    "DEBUG": 10,
    "INFO": 20,
    "SUCCESS": 25,
    "WARNING": 30,
    "WARN": 30,
    "ERROR": 40,
    "CRITICAL": 50,
    "FATAL": 50,
}

# Methods whose records always carry the exception that is being handled.
EXCEPTION_METHODS = frozenset({"exception", "aexception"})

# Methods that give the same logger with something added: the receiver stays a logger.
DERIVING = frozenset({"bind", "opt", "getChild", "patch", "new", "unbind", "try_unbind", "with_context"})

# Functions whose result is the text of a traceback, and those that print one.
TRACEBACK_TEXTS = frozenset(
    {
        "traceback.format_exc",
        "traceback.format_exception",
        "traceback.format_tb",
        "traceback.format_stack",
        "traceback.TracebackException",
        "traceback.TracebackException.from_exception",
        "cgitb.text",
        "cgitb.html",
    }
)
TRACEBACK_PRINTERS = frozenset(
    {
        "traceback.print_exc",
        "traceback.print_exception",
        "traceback.print_last",
        "traceback.print_tb",
        "sys.excepthook",
        "sys.__excepthook__",
    }
)

# What the last segment of a call is called that hands the handled exception, with its traceback, to an
# error tracker (Sentry, Rollbar, Bugsnag, New Relic, Elastic APM, Datadog, OpenTelemetry spans, Logfire)
# or prints it (Rich consoles, Flask's app).
REPORTERS = frozenset(
    {
        "capture_exception",
        "captureException",
        "report_exc_info",
        "report_exception",
        "notify_exception",
        "record_exception",
        "notice_error",
        "set_exc_info",
        "set_traceback",
        "print_exception",
        "log_exception",
        "log_exc",
        "call_exception_handler",
        "handle_exception",
        "handle_error",
    }
)

# Calls that show a text to whoever runs the program.
PRINTERS = frozenset(
    {
        "builtins.print",
        "click.echo",
        "click.secho",
        "typer.echo",
        "typer.secho",
        "rich.print",
        "warnings.warn",
        "sys.stderr.write",
        "sys.stdout.write",
        "pprint.pprint",
    }
)
PRINTING_NAMES = frozenset({"print", "echo", "secho", "warn", "write_line"})

# Client libraries that record each request with its whole URL at INFO, and the logger by which they do. From
# httpx/_client.py (`_send_single_request`), since httpx 0.24.0 (asynchronous clients: 0.24.1):
# 'HTTP Request: %s %s "%s %d %s"'.
LOGGING_URLS: dict[str, str] = {"httpx": "httpx"}
