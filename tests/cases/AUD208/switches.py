import ssl

import aiohttp
import boto3
import httpx
import redis
import requests
import urllib3

VERIFY = False


def plain(url, settings):
    requests.post(url, verify=False)  # AUD208
    requests.post(url, verify=settings.verify)
    requests.post(url, verify=not settings.insecure)
    requests.get("https://localhost:8443/health", verify=False)
    httpx.Client(verify=False)  # AUD208
    httpx.AsyncClient(verify=ssl.create_default_context())
    boto3.client("s3", verify=False)  # AUD208
    urllib3.PoolManager(cert_reqs="CERT_NONE")  # AUD208
    urllib3.PoolManager(cert_reqs=ssl.CERT_REQUIRED)
    redis.Redis(ssl=True, ssl_cert_reqs="none")  # AUD208
    redis.Redis(ssl=False)
    settings.verify = False
    requests.get(url, verify=False if settings.verify_tls is False else True)
    if settings.insecure:
        requests.get(url, verify=False)


def session():
    made = requests.Session()
    made.verify = False  # AUD208
    return made


async def asynchronous(url):
    connector = aiohttp.TCPConnector(ssl=False)  # AUD208
    async with aiohttp.ClientSession(connector=connector) as client:
        await client.get(url, ssl=False)  # AUD208
        await client.get(url, ssl=True)


def contexts():
    made = ssl._create_unverified_context()  # AUD208
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def insecure_context():
    made = ssl.create_default_context()
    made.verify_mode = ssl.CERT_NONE
    return made


def chosen(verify):
    made = ssl.create_default_context()
    if verify:
        return made
    made.verify_mode = ssl.CERT_NONE
    return made


class Own:
    def get(self, url, verify):
        return url, verify


def own(client: Own, url):
    return client.get(url, verify=False)


insecure_client = httpx.Client(verify=False)
secure_client = httpx.Client()


def of(block):
    return secure_client if block.verify else insecure_client


def as_the_connector_says(connector, context):
    original = getattr(connector, "_ssl", None)
    if not original:
        context.verify_mode = ssl.CERT_NONE


def connected(scheme, port):
    if scheme == "tcp":
        connector = aiohttp.TCPConnector(ssl=False)
        return connector, f"http://server:{port}"
    connector = aiohttp.TCPConnector(ssl=False)  # AUD208
    return connector, f"https://server:{port}"


INSECURE_CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
INSECURE_CONTEXT.verify_mode = ssl.CERT_NONE
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
CONTEXT.verify_mode = ssl.CERT_NONE  # AUD208


def accepted(socket, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certificate)
    return context.wrap_socket(socket, server_side=True)
