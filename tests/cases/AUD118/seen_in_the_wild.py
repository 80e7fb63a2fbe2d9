from aiohttp import web


async def handshake(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    message = await socket.receive(10)
    return message
