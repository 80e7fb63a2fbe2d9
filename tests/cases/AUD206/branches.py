"""Names that each branch binds for itself, and bodies of which everything has a default."""

import httpx


class Chat:
    def __init__(self, first, second):
        self.first = first
        self.second = second

    async def answer(self, kind, prompt):
        text = ""
        tokens = 0
        try:
            if kind == "first":
                async with httpx.AsyncClient(timeout=60) as client:
                    response = await client.post(f"{self.first}/chat", json=prompt)
                    data = response.json()  # AUD206
                    if data.get("choices"):
                        text = data["choices"][0].get("message", {}).get("content", "")
                    tokens = data.get("usage", {}).get("total", 0)
            elif kind == "second":
                async with httpx.AsyncClient(timeout=60) as client:
                    response = await client.post(f"{self.second}/chat", json=prompt)
                    response.raise_for_status()
                    data = response.json()
                    text = data.get("text", "")
            else:
                async with httpx.AsyncClient(timeout=60) as client:
                    response = await client.post(f"{self.second}/other", json=prompt)
                    data = response.json()
                    text = data["text"]
        except Exception as error:
            raise RuntimeError("no answer") from error
        return text, tokens

    async def redact(self, content):
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                response = await client.post(f"{self.first}/redact", json=content)
                result = response.json()  # AUD206
            redacted = result.get("text", content)
            return redacted
        except Exception:
            return None

    async def redact_or_nothing(self, content):
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                response = await client.post(f"{self.first}/redact", json=content)
                result = response.json()
            redacted = result.get("text", "")
            if not redacted:
                return None
            return redacted
        except Exception:
            return None
