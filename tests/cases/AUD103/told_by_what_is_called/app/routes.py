"""Parameters without an annotation, whose callers are not known."""


async def resolve(cell, digest):
    row = cell.tokens.get_token_by_hash(digest)  # AUD103
    cell.tokens.touch_token(row["id"])  # AUD103
    return row


async def counted(token_store):
    return token_store.count_tokens()  # AUD103


async def counted_by(other):
    return other.count_tokens()


async def listed(bucket):
    # The client of a library may have a method of this name, and has others that the class has not.
    bucket.put_object("name")
    return bucket.list_objects("prefix")


async def either_way(pages):
    if hasattr(pages, "load_page_async"):
        return await pages.load_page_async(1)
    return pages.load_page(1)


async def following(queue):
    return queue.next_message()


class Awaiting:
    def __init__(self, token_store):
        self._token_store = token_store

    async def count(self):
        return await self._token_store.count_tokens()
