"""Deletions that a function is there for."""

import os
from contextlib import suppress


class Collections:
    def __init__(self, client, root):
        self._client = client
        self._root = root

    def drop_collection(self, name):
        try:
            self._client.delete_collection(name)
        except Exception:  # AUD302
            pass

    async def delete_documents(self, name, identifiers):
        with suppress(Exception):  # AUD302
            await self._client.delete(name, ids=identifiers)

    def delete_upload(self, name):
        try:
            os.remove(os.path.join(self._root, name))
        except Exception:
            pass

    def delete_cached(self, name):
        try:
            self._client.delete(name)
        except Exception:
            pass

    async def delete_message(self, message):
        with suppress(Exception):
            await message.delete()

    def drop_all(self, names):
        try:
            for name in names:
                try:
                    self._client.delete_collection(name)
                except Exception:
                    pass
        finally:
            self._client.close()

    def replace(self, name):
        try:
            self._client.delete_collection(name)
        except Exception:
            pass
        self._client.create_collection(name)
