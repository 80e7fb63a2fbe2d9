import os
import ssl

import redis
from celery import Celery

app = Celery("shop")
app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_NONE}  # AUD208
app.conf.redis_backend_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}


def client():
    url = os.getenv("REDIS_URL", "redis://localhost:6379")
    options = {"decode_responses": True}
    if url.startswith("rediss://"):
        options["ssl_cert_reqs"] = None  # AUD208
    return redis.Redis.from_url(url, **options)


def checked(url):
    options = {"decode_responses": True}
    options["ssl_cert_reqs"] = "required"
    options["ssl_ca_certs"] = None
    return redis.Redis.from_url(url, **options)


def plain(url):
    return redis.Redis.from_url(url, ssl_cert_reqs=None)  # AUD208


def chosen(url, settings):
    options = {}
    if settings.redis_insecure:
        options["ssl_cert_reqs"] = "none"
    return redis.Redis.from_url(url, **options)


def asked(options):
    return options["ssl_cert_reqs"]
