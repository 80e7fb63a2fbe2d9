from typing import Any, Protocol


class JobStore(Protocol):
    def get(self, key: str) -> dict[str, Any] | None: ...

    def list_of(self, owner: str | None) -> list[dict[str, Any]]: ...

    def steps_of(self, job: str, owner: str | None = None) -> list[dict[str, Any]]: ...


class SqlStore:
    def __init__(self, connection) -> None:
        self._connection = connection

    def get(self, key: str) -> dict[str, Any] | None:
        row = self._connection.execute("SELECT * FROM job WHERE id = ?", (key,)).fetchone()
        return dict(row) if row else None

    def list_of(self, owner: str | None) -> list[dict[str, Any]]:
        rows = self._connection.execute("SELECT * FROM job WHERE owner = ?", (owner,))
        return [dict(row) for row in rows]

    def steps_of(self, job: str, owner: str | None = None) -> list[dict[str, Any]]:
        if job is None:
            rows = self._connection.execute("SELECT * FROM step")
        else:
            rows = self._connection.execute("SELECT * FROM step WHERE job = ?", (job,))
        return [dict(row) for row in rows]
