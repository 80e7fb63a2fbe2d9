import asyncio


async def send(receiver, event):
    print(f"{event} goes to {receiver}")
    try:
        await asyncio.open_connection(receiver, 25)
    except OSError as error:
        print(f"not sent: {error}")
