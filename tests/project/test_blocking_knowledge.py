"""What is known of blocking calls: each effect, clients, twins, and the form of the entries."""

from __future__ import annotations

import importlib

import pytest

from flake8_auditrules.knowledge.blocking import CLIENTS, EXACT, LIBRARIES, Effect, blocking, entry_from_text


def test_there_are_enough_libraries() -> None:
    assert len(LIBRARIES) >= 60
    assert {library.effect for library in LIBRARIES} == set(Effect)
    assert all(library.functions or library.methods or library.clients for library in LIBRARIES)


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        ("time.sleep", Effect.SLEEP),
        ("requests.get", Effect.NETWORK),
        ("websocket.WebSocket.recv", Effect.NETWORK),
        ("transformers.AutoTokenizer.from_pretrained", Effect.FILE),
        ("httpx.Client.stream", Effect.NETWORK),
        ("openai.OpenAI.chat.completions.create", Effect.NETWORK),
        ("botocore.client.BaseClient.put_object", Effect.NETWORK),
        ("redis.Redis.hgetall", Effect.NETWORK),
        ("sqlalchemy.orm.Query.first", Effect.DATABASE),
        ("pathlib.Path.rglob", Effect.FILE),
        ("subprocess.run", Effect.PROCESS),
        ("concurrent.futures.Future.result", Effect.WAIT),
        ("queue.Queue(maxsize).put", Effect.WAIT),
        ("asyncio.run", Effect.LOOP),
        ("google.cloud.run_v2.ServicesClient.get_service", Effect.NETWORK),
        ("google.cloud.run_v2.ServicesClient.update_service().result", Effect.NETWORK),
        ("azure.mgmt.compute.ComputeManagementClient.virtual_machines.begin_start().result", Effect.NETWORK),
        ("mypy_boto3_s3.client.S3Client.get_object", Effect.NETWORK),
        ("langchain_openai.ChatOpenAI.with_structured_output().invoke", Effect.NETWORK),
        ("transformers.BertModel.from_pretrained", Effect.FILE),
        ("ccxt.binance().fetch_ticker", Effect.NETWORK),
        ("azure.cosmos.ContainerProxy.read_item", Effect.DATABASE),
    ],
)
def test_blocking_calls(name: str, effect: Effect) -> None:
    known = blocking(name)
    assert known is not None
    assert known.effect is effect


@pytest.mark.parametrize(
    "name",
    [
        "asyncio.sleep",
        "httpx.AsyncClient.get",
        "openai.AsyncOpenAI.chat.completions.create",
        "openai.OpenAI.close",
        "redis.asyncio.Redis.get",
        "redis.Redis.pipeline",
        "sqlalchemy.orm.Session.add",
        "sqlalchemy.orm.Session.query",
        "sqlalchemy.orm.Query.filter",
        "pathlib.Path.exists",
        "pathlib.Path.mkdir",
        "queue.Queue.put",
        "queue.Queue.get_nowait",
        "botocore.client.BaseClient.generate_presigned_url",
        "botocore.client.BaseClient.head_object().get",
        "google.cloud.run_v2.ServicesAsyncClient.get_service",
        "google.cloud.run_v2.ServicesClient.service_path",
        "google.cloud.run_v2.ServicesClient.get_service().uri.lower",
        "google.cloud.pubsub_v1.PublisherClient.publish",
        "azure.mgmt.compute.aio.ComputeManagementClient.virtual_machines.get",
        "azure.storage.blob.BlobServiceClient.get_blob_client",
        "azure.storage.blob.aio.BlobClient.upload_blob",
        "mypy_boto3_s3.client.S3Client.get_paginator",
        "langchain_core.prompts.ChatPromptTemplate.invoke",
        "langchain_openai.ChatOpenAI.ainvoke",
        "ccxt.async_support.binance().fetch_ticker",
        "kubernetes_asyncio.client.CoreV1Api.list_node",
    ],
)
def test_calls_that_do_not_block(name: str) -> None:
    assert blocking(name) is None


def test_entries_of_users() -> None:
    known = entry_from_text("network: use AsyncClient")
    assert known is not None
    assert (known.effect, known.cure) == (Effect.NETWORK, "use AsyncClient")
    assert entry_from_text("slow") is None


INSTALLED = ("time", "socket", "smtplib", "sqlite3", "subprocess", "shutil", "os", "requests", "httpx", "urllib3")


@pytest.mark.parametrize("library", INSTALLED)
def test_functions_exist_under_their_names(library: str) -> None:
    """Functions and class methods of what is installed are there under these names."""
    elsewhere = {"os.fwalk", "os.sync", "sqlite3.Cursor.callproc"}
    module = importlib.import_module(library)
    methods = (
        f"{owner}.{method}"
        for known in LIBRARIES
        for owner, methods in known.methods.items()
        for method in methods.split()
    )
    for name in (*EXACT, *methods):
        head, _, rest = name.partition(".")
        # What the streams of a process are is known of an instance alone.
        if (
            head != library
            or name in elsewhere
            or name.startswith(("os.wait", "os.spawn", "subprocess.Popen.std"))
        ):
            continue
        found: object = module
        for part in rest.split("."):
            assert hasattr(found, part), name
            found = getattr(found, part)


def test_clients_are_classes_by_their_names() -> None:
    of_attributes = {"zeep.Client.service", "suds.client.Client.service"}
    clients = {owner for library in LIBRARIES for owner in library.clients}
    assert all(name.rpartition(".")[2][0].isupper() for name in clients - of_attributes)
    assert clients <= set(CLIENTS)
