"""The first line of a connection, its answers on each turn of a loop that opens it, and a WebSocket's answers."""

import asyncio
import json

import websockets


async def send(number, text):
    reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", 5038), timeout=10)
    await reader.readline()  # AUD118
    writer.write(f"{number} {text}".encode())
    await writer.drain()


async def send_and_wait(text):
    reader, writer = await asyncio.open_connection("127.0.0.1", 5038)
    writer.write(text)
    await reader.readline()


async def stream():
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", 5038)
        greeting = await reader.readline()  # AUD118
        writer.write(greeting)
        while True:
            print(await reader.readline())


async def register(url, name):
    while True:
        async with websockets.connect(url) as socket:
            await socket.send(json.dumps({"name": name}))
            answer = json.loads(await socket.recv())  # AUD118
            if not answer["ok"]:
                return
            while True:
                print(await socket.recv())
            async for message in socket:
                print(message)


async def register_in_time(url, name):
    async with websockets.connect(url) as socket:
        await socket.send(json.dumps({"name": name}))
        return json.loads(await asyncio.wait_for(socket.recv(), 10))
