"""An MQTT client that the event loop drives calls back on the loop."""

import asyncio

from paho.mqtt import client as mqtt


class Connection:
    def __init__(self, loop):
        self.loop = loop
        self.client = mqtt.Client()
        self.client.on_message = self.on_message
        self.client.on_socket_open = self.on_socket_open

    def on_socket_open(self, client, userdata, sock):
        self.loop.add_reader(sock, client.loop_read)

    def on_message(self, client, userdata, message):
        asyncio.create_task(self.handle(message.payload))

    async def handle(self, payload):
        await asyncio.sleep(0)
        self.client.loop_misc()
