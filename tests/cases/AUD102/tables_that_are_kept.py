# The library keeps a table that it has fetched: who fetches it in the coroutine itself can do so before.
import tiktoken


def count(text: str) -> int:
    return len(tiktoken.get_encoding("cl100k_base").encode(text))


async def counted(text: str) -> int:
    return count(text)


async def encoded(text: str) -> list[int]:
    return tiktoken.get_encoding("cl100k_base").encode(text)  # AUD102
