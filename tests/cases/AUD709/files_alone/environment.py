"""A project that knows no server of a database: its URLs have no passwords."""

import os

from alembic import context

context.config.set_main_option("sqlalchemy.url", os.environ.get("NOTES_URL", "sqlite:///notes.db"))
