"""Django: which calls write and ask without a savepoint of their own, and which exceptions they raise.

From the source of Django 3.2 to 5.2: `mark_for_rollback_on_error` and `atomic(savepoint=False)` in `django.db`.
"""

from __future__ import annotations

_MODULES = ("django.db", "django.db.utils")


def _named(*names: str) -> frozenset[str]:
    return frozenset(f"{module}.{name}" for module in _MODULES for name in names)


# What a write raises that the database refuses.
WRITE_ERRORS = _named("DatabaseError", "DataError", "Error", "IntegrityError", "OperationalError")

# What a query raises in a transaction that is broken, and the classes above it.
REFUSALS = frozenset(
    {*_named("DatabaseError", "Error", "ProgrammingError"), "django.db.transaction.TransactionManagementError"}
)

# Methods of a manager or query set that write; a failure breaks the transaction around. `get_or_create` and
# `update_or_create` have a savepoint of their own.
UNGUARDED_WRITES = frozenset({"bulk_create", "bulk_update", "create", "delete", "update"})

# Methods of a manager or query set that ask the database at once.
QUERYING = frozenset(
    {
        *UNGUARDED_WRITES,
        "aggregate",
        "count",
        "earliest",
        "exists",
        "first",
        "get",
        "get_or_create",
        "in_bulk",
        "last",
        "latest",
        "update_or_create",
    }
)

# Libraries whose classes for the admin load nothing along with the rows of a list, by the begin of their names.
ADMIN_LIBRARIES = (
    "adminsortable2.",
    "django.contrib.",
    "django_object_actions.",
    "guardian.admin.",
    "import_export.admin.",
    "leaflet.admin.",
    "modeltranslation.admin.",
    "mptt.admin.",
    "nested_admin.",
    "ordered_model.admin.",
    "reversion.admin.",
    "simple_history.admin.",
    "unfold.",
)
