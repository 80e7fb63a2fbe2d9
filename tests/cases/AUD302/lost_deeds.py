import asyncio
import time

from django.core.cache import cache, caches


async def tell_all(clients, text):
    for client in clients:
        try:
            await client.send_text(text)
        except Exception:  # AUD302
            pass


async def tell_all_and_drop_the_lost(clients, text):
    lost = []
    for client in clients:
        try:
            await client.send_text(text)
        except Exception:
            lost.append(client)
    return lost


async def show_typing(channels):
    for channel in channels:
        try:
            await channel.send_typing()
        except Exception:
            pass


async def tell_one(client, parts):
    try:
        for part in parts:
            await client.send_text(part)
    except Exception:
        pass


def index(documents, add_document):
    done = 0
    for document in documents:
        try:
            add_document(document)
            done += 1
        except Exception:  # AUD302
            continue
    return done


class Worker:
    def run(self):
        while not self.stopped:
            try:
                self.scheduler.tick()
            except Exception:  # AUD302
                pass
            time.sleep(5)

    async def run_for_ever(self):
        while True:
            await asyncio.sleep(60)
            try:
                await self.scheduler.tick()
            except Exception:  # AUD302
                continue

    def wait_until_ready(self, ask):
        ready = False
        while not ready:
            try:
                ask()
                ready = True
            except Exception:
                pass
            time.sleep(1)

    def wait_for_answer(self, ask):
        while True:
            try:
                ask()
                break
            except Exception:
                pass
            time.sleep(1)


def serve(rate_limiter, key):
    try:
        rate_limiter.check(key)
    except Exception:  # AUD302
        pass
    return key


def totals(day):
    try:
        known = cache.get(day)
    except Exception:  # AUD302
        known = None
    return known or {}


def totals_of(day, alias):
    shared = caches[alias]
    try:
        known = shared.get(day)
    except Exception:  # AUD302
        known = None
    return known or {}


def totals_in_memory(day, cache):
    try:
        known = cache.get(day)
    except Exception:
        known = None
    return known or {}
