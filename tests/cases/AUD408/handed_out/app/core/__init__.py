from app.core.open_scope import open_scope
from app.core.sessions import Database, get_session_scope, session_scope

__all__ = ["Database", "get_session_scope", "open_scope", "session_scope"]
