"""A program that copies one thing after the other: no other coroutine waits for the loop."""

import asyncio

from slack_sdk import WebClient

from accounts import copy_accounts


def begin(connection, source, token):
    async def main():
        await copy_accounts(connection, source)

    asyncio.run(main())
    WebClient(token).chat_postMessage(channel="#jobs", text="accounts are copied")
