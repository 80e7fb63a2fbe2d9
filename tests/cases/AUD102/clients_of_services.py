"""Clients of services: attributes of attributes, factories, and the methods that only set something up."""

import urllib.request

import ccxt
import ccxt.async_support
import hvac
import requests_cache
import rq
import s3fs
import stripe
from github import Github
from imap_tools import MailBox
from kubernetes import client as kubernetes_client
from kubernetes_asyncio import client as asynchronous_client
from langchain_chroma import Chroma
from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from playwright.async_api import async_playwright
from playwright.sync_api import sync_playwright
from pyiceberg.catalog import load_catalog


async def of_a_vault(path):
    vault = hvac.Client(url="https://vault.example.com")
    vault.token = "token"
    return vault.secrets.kv.v2.read_secret_version(path)  # AUD102


async def of_a_repository(name, number):
    repository = Github("token").get_repo(name)  # AUD102
    pull = repository.get_pull(number)  # AUD102
    pull.create_issue_comment("good")  # AUD102
    return pull.title


async def of_a_cluster():
    return kubernetes_client.PolicyV1Api().list_namespaced_pod_disruption_budget("here")  # AUD102


async def of_a_cluster_and_not_waited_for():
    return await asynchronous_client.PolicyV1Api().list_namespaced_pod_disruption_budget("here")


async def answered(question):
    model = ChatOpenAI(model="one")
    model.invoke(question)  # AUD102
    model.with_structured_output(dict).invoke(question)  # AUD102
    return await model.ainvoke(question)


async def answered_by_any(model: BaseChatModel, question):
    prompt = ChatPromptTemplate.from_messages([("user", "{question}")]).invoke({"question": question})
    return model.invoke(prompt)  # AUD102


async def embedded(text):
    return OpenAIEmbeddings().embed_query(text)  # AUD102


async def of_a_market(symbol):
    market = ccxt.binance({"enableRateLimit": True})
    market.set_sandbox_mode(True)
    return market.fetch_ticker(symbol)  # AUD102


async def of_a_market_and_not_waited_for(symbol):
    return await ccxt.async_support.binance().fetch_ticker(symbol)


async def opened(address):
    opener = urllib.request.build_opener()
    opener.addheaders = [("User-Agent", "one")]
    return opener.open(address, timeout=3)  # AUD102


async def kept(address):
    return requests_cache.CachedSession().get(address)  # AUD102


async def queued(work):
    queue = rq.Queue("works")
    queue.enqueue(work)  # AUD102


async def of_a_mailbox(user, password):
    box = MailBox("imap.example.com")
    box.login(user, password)  # AUD102


async def near(text):
    return await Chroma("things").asimilarity_search(text)


async def shown(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch()  # AUD102
        page = browser.new_page()  # AUD102
        page.goto(address)  # AUD102


async def shown_and_not_waited_for(address):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch()
        page = await browser.new_page()
        await page.goto(address)


async def of_a_catalog(name):
    catalog = load_catalog("default")  # AUD102
    table = catalog.load_table(name)  # AUD102
    scan = table.scan(limit=10)
    print(catalog.properties, table.schema())
    return scan.to_arrow()  # AUD102


async def of_a_remote_folder():
    return s3fs.S3FileSystem().ls("things")  # AUD102


async def paid(payload, signature):
    client = stripe.StripeClient("key")
    client.construct_event(payload, signature, "secret")
    client.customers.create({"name": "one"})  # AUD102
    return await client.customers.create_async({"name": "one"})
