import time

from fastapi import FastAPI

from shop.quota import Conversation, Plugins, QuotaManager, Report, Service
from shop.seen import note, warn_once

conversations = {}
service = Service()


def quota_key(user_id, client_ip):
    return f"{user_id}:{client_ip}"


def create_app():
    app = FastAPI()
    quota = QuotaManager(10)
    plugins = Plugins()

    @app.get("/orders/{session_id}")
    async def orders(session_id: str, user_id: str, client_ip: str):
        key = quota_key(user_id, client_ip)
        quota.acquire(key, time.time())
        service.breakers.note(session_id)
        note(session_id, time.time())
        warn_once(session_id, print)
        plugins.logo("logo.png", session_id)
        return []

    @app.post("/messages/{session_id}/{message_id}")
    async def answer(session_id: str, message_id: str):
        conversation = Conversation()
        conversations[session_id] = conversation
        conversation.answer(message_id, "yes")
        report = Report()
        report.add(session_id, "answered")
        return {}

    @app.delete("/messages/{session_id}")
    async def end(session_id: str):
        conversations.pop(session_id, None)

    return app
