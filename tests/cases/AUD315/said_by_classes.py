import logging

logger = logging.getLogger(__name__)


class Store:
    """Keeps counts. Fails open where the store is down."""

    def get_count(self, session, key):
        try:
            return session.execute("select n from counts where name = ?", (key,)).scalar()
        except Exception:
            logger.exception("no count")
            return None

    def list_counts(self, session):
        try:
            return session.execute("select n from counts").all()
        except Exception:
            logger.exception("no counts")
            return []


class Table:
    """Keeps counts."""

    def list_counts(self, session):
        try:
            return session.execute("select n from counts").all()
        except Exception:
            logger.exception("no counts")
            return []  # AUD315

    def list_states(self, session):
        try:
            return session.execute("select n from states").all()
        except Exception:
            logger.exception("no states, treating as missing")
            return []

    def list_documents(self, session):
        """The documents if the table is valid, empty otherwise."""
        try:
            return session.execute("select n from documents").all()
        except Exception:
            logger.exception("no documents")
            return []


class Checkpoints:
    """All operations are best-effort logged and swallowed."""

    def list_counts(self, session):
        try:
            return session.execute("select n from counts").all()
        except Exception:
            logger.exception("no counts")
            return []


class AsyncStore:
    """Keeps counts for coroutines."""

    async def list_counts(self, session):
        try:
            return (await session.execute("select n from counts")).all()
        except Exception:
            logger.exception("no counts")
            return []


class AsyncTable:
    """Keeps counts for coroutines."""

    async def list_counts(self, session):
        try:
            return (await session.execute("select n from counts")).all()
        except Exception:
            logger.exception("no counts")
            return []  # AUD315
