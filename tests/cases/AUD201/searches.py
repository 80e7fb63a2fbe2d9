"""A search over several sources ends with the first that has something."""

import httpx


class Search:
    def find(self, text, sources):
        for source in sources:
            if source == "papers":
                found = self._papers(text)
            else:
                found = self._words(text)
            if found:
                return found
        return []

    def all(self, texts):
        found = []
        for text in texts:
            if text:
                found += self._pages(text)
            else:
                found.append(text)
        return found

    def _papers(self, text):
        with httpx.Client() as client:
            return client.get("https://papers.example/find", params={"text": text}).json()

    def _words(self, text):
        with httpx.Client() as client:
            return client.get("https://words.example/find", params={"text": text}).json()

    def _pages(self, text):
        with httpx.Client() as client:  # AUD201
            return client.get("https://pages.example/find", params={"text": text}).json()
