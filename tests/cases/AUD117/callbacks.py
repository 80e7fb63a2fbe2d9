import asyncio
import threading

import paho.mqtt.client as mqtt
from watchdog.events import FileSystemEventHandler


async def handle(message):
    pass


def on_message(client, userdata, message):
    asyncio.create_task(handle(message))  # AUD117


client = mqtt.Client()
client.on_message = on_message


class Changed(FileSystemEventHandler):
    def on_modified(self, event):
        asyncio.ensure_future(handle(event))  # AUD117

    def other(self, event):
        asyncio.ensure_future(handle(event))


class Worker(threading.Thread):
    def run(self):
        asyncio.create_task(handle(None))  # AUD117
