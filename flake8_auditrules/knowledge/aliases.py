"""One name for each thing: where libraries define what they publish under a shorter name, and twins."""

from __future__ import annotations

# Modules whose names are those of another module: a fork with the same interface, or the defining module.
# Found in the libraries' own `__init__` files. The longest prefix wins.
MODULES: dict[str, str] = {
    "httpx2": "httpx",
    "httpx._client": "httpx",
    "httpx._api": "httpx",
    "redis.client": "redis",
    "redis.asyncio.client": "redis.asyncio",
    "redis.asyncio.cluster": "redis.asyncio",
    "redis.cluster": "redis",
    "redis.sentinel": "redis",
    "aioredis": "redis.asyncio",
    "requests.api": "requests",
    "requests.sessions": "requests",
    "requests.models": "requests",
    "aiohttp.client": "aiohttp",
    "concurrent.futures.thread": "concurrent.futures",
    "concurrent.futures.process": "concurrent.futures",
    "concurrent.futures._base": "concurrent.futures",
    "asyncio.tasks": "asyncio",
    "asyncio.locks": "asyncio",
    "asyncio.queues": "asyncio",
    "asyncio.events": "asyncio",
    "asyncio.runners": "asyncio",
    "asyncio.exceptions": "asyncio",
    "asyncio.taskgroups": "asyncio",
    "asyncio.timeouts": "asyncio",
    "sqlalchemy.orm.session": "sqlalchemy.orm",
    "sqlalchemy.orm.query": "sqlalchemy.orm",
    "sqlalchemy.orm.scoping": "sqlalchemy.orm",
    "sqlalchemy.ext.asyncio.session": "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.asyncio.engine": "sqlalchemy.ext.asyncio",
    "sqlalchemy.engine.base": "sqlalchemy.engine",
    "sqlalchemy.engine.create": "sqlalchemy",
    "fastapi.applications": "fastapi",
    "fastapi.routing": "fastapi",
    "fastapi.exceptions": "fastapi",
    "fastapi.params": "fastapi",
    "fastapi.param_functions": "fastapi",
    "fastapi.background": "fastapi",
    "fastapi.responses": "starlette.responses",
    "fastapi.websockets": "starlette.websockets",
    "fastapi.requests": "starlette.requests",
    "fastapi.middleware.cors": "starlette.middleware.cors",
    "fastapi.concurrency": "starlette.concurrency",
    "fastapi.testclient": "starlette.testclient",
    "celery.app.base": "celery",
    "multiprocessing.context": "multiprocessing",
    "pymongo.mongo_client": "pymongo",
    "urllib3.connectionpool": "urllib3",
    "urllib3.poolmanager": "urllib3",
    "openai._client": "openai",
    "anthropic._client": "anthropic",
    "azure.storage.blob._blob_client": "azure.storage.blob",
    "google.cloud.bigquery.client": "google.cloud.bigquery",
    "google.cloud.firestore_v1": "google.cloud.firestore",
    "google.cloud.firestore_v1.client": "google.cloud.firestore",
    "google.cloud.storage.blob": "google.cloud.storage",
    "google.cloud.storage.bucket": "google.cloud.storage",
    "google.cloud.storage.client": "google.cloud.storage",
    "vertexai.preview.generative_models": "vertexai.generative_models",
    "vertexai.preview.language_models": "vertexai.language_models",
    "vertexai.preview.vision_models": "vertexai.vision_models",
}

# Single names.
NAMES: dict[str, str] = {
    "fastapi.Request": "starlette.requests.Request",
    "fastapi.Response": "starlette.responses.Response",
    "fastapi.WebSocket": "starlette.websockets.WebSocket",
    "fastapi.WebSocketDisconnect": "starlette.websockets.WebSocketDisconnect",
    "redis.StrictRedis": "redis.Redis",
    "redis.asyncio.StrictRedis": "redis.asyncio.Redis",
    "requests.session": "requests.Session",
    "sqlalchemy.Engine": "sqlalchemy.engine.Engine",
    "sqlalchemy.Connection": "sqlalchemy.engine.Connection",
    "sqlalchemy.orm.create_session": "sqlalchemy.orm.Session",
    "sqlmodel.create_engine": "sqlalchemy.create_engine",
    "sqlmodel.select": "sqlalchemy.select",
    "sqlmodel.text": "sqlalchemy.text",
    "sqlalchemy.sql.text": "sqlalchemy.text",
    "sqlalchemy.sql.expression.text": "sqlalchemy.text",
    "sqlalchemy.sql.select": "sqlalchemy.select",
    "sqlalchemy.future.select": "sqlalchemy.select",
    "pathlib.PosixPath": "pathlib.Path",
    "pathlib.WindowsPath": "pathlib.Path",
    "multiprocessing.pool.Pool": "multiprocessing.Pool",
    "builtins.IOError": "builtins.OSError",
    "builtins.EnvironmentError": "builtins.OSError",
    "io.open": "builtins.open",
    "socket.SocketType": "socket.socket",
    "socket.error": "builtins.OSError",
    "socket.timeout": "builtins.TimeoutError",
    "asyncio.TimeoutError": "builtins.TimeoutError",
    "os.environ.get": "os.getenv",
    "chromadb.api.models.Collection.Collection": "chromadb.Collection",
    "docker.client.DockerClient": "docker.DockerClient",
    "docker.client.from_env": "docker.from_env",
    "influxdb_client.client.influxdb_client.InfluxDBClient": "influxdb_client.InfluxDBClient",
    "influxdb_client.client.query_api.QueryApi": "influxdb_client.QueryApi",
    "kafka.consumer.KafkaConsumer": "kafka.KafkaConsumer",
    "kafka.producer.KafkaProducer": "kafka.KafkaProducer",
    "lancedb.DBConnection": "lancedb.db.DBConnection",
    "lancedb.LanceDBConnection": "lancedb.db.DBConnection",
    "lancedb.db.LanceDBConnection": "lancedb.db.DBConnection",
    "lancedb.table.LanceTable": "lancedb.table.Table",
    "paramiko.client.SSHClient": "paramiko.SSHClient",
    "paramiko.sftp_client.SFTPClient": "paramiko.SFTPClient",
    "qdrant_client.qdrant_client.QdrantClient": "qdrant_client.QdrantClient",
    "slack_sdk.web.WebClient": "slack_sdk.WebClient",
    "slack_sdk.web.client.WebClient": "slack_sdk.WebClient",
    "snowflake.connector.SnowflakeConnection": "snowflake.connector.connection.SnowflakeConnection",
    "sqlalchemy.inspection.inspect": "sqlalchemy.inspect",
    "sqlalchemy.orm.decl_api.DeclarativeBase": "sqlalchemy.orm.DeclarativeBase",
    "weaviate.client.WeaviateClient": "weaviate.WeaviateClient",
    "weaviate.collections.collection.Collection": "weaviate.collections.Collection",
}


def canonical(qualname: str) -> str:
    """The one qualified name under which the knowledge lists what `qualname` names."""
    direct = NAMES.get(qualname)
    if direct is not None:
        return direct
    cut = qualname.rfind(".")
    while cut > 0:
        module = MODULES.get(qualname[:cut])
        if module is not None:
            moved = module + qualname[cut:]
            return NAMES.get(moved, moved)
        cut = qualname.rfind(".", 0, cut)
    return qualname
