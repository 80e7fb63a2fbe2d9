import json


class Connection:
    def __init__(self, socket):
        self.socket = socket

    async def close(self):
        try:
            await self.socket.send("bye")
        except:
            pass

    async def send(self, text):
        try:
            await self.socket.send(text)
        except:  # AUD301
            return False
        return True

    async def read(self, text):
        try:
            return json.loads(text)
        except:  # AUD301
            return text


class Bridge:
    def __init__(self, sockets, cache):
        self.sockets = sockets
        self.cache = cache

    async def shutdown(self):
        for socket in self.sockets:
            try:
                await socket.close()
            except:  # AUD301
                pass
        self.cache.clear()

    async def stop(self, socket):
        try:
            await socket.close()
        except:  # AUD301
            pass
        self.cache.clear()
