from collections import defaultdict

from .store import JobStore


class Jobs:
    def __init__(self, store: JobStore) -> None:
        self._store = store

    def get(self, key: str):
        return self._store.get(key)

    def again(self, owner: str):
        found = []
        for row in self._store.list_of(owner):
            found.append(self.get(row["id"]))  # AUD408
        return found

    def of(self, body):
        return [self._store.get(one) for one in body.job_ids]  # AUD408

    def steps(self, owner: str):
        seen = {}
        for row in self._store.list_of(owner):
            names = set()
            for step in self._store.steps_of(row["id"]):  # AUD408
                names.add(step["name"])
            seen[row["id"]] = names
        return seen

    def by_owner(self, rows):
        groups = defaultdict(list)
        for row in rows:
            groups[row["owner"]].append(row)
        return {owner: self._store.list_of(owner) for owner, _ in groups.items()}  # AUD408

    def of_mapping(self, rows: list[dict[str, str]]):
        return [row.get("id") for row in rows]

    def of_settings(self, settings):
        return [self._store.get(one) for one in settings.config.kinds]
