"""What library calls give back: the class of a result, of an entered context, of an attribute."""

from __future__ import annotations

from flake8_auditrules.knowledge.client_returns import ATTRIBUTES_OF_CLIENTS, FLUENT_CLIENTS, RETURNED_BY_CLIENTS

# Function, method or class called -> class of what it returns (of what awaiting it gives, where it is a
# coroutine function: then it stands in AWAITED). Calls of classes need no entry: they give the class.
RETURNED: dict[str, str] = {
    "aiohttp.request": "aiohttp.ClientResponse",
    "asyncio.create_task": "asyncio.Task",
    "asyncio.ensure_future": "asyncio.Task",
    "asyncio.get_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.get_running_loop": "asyncio.AbstractEventLoop",
    "asyncio.new_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.run_coroutine_threadsafe": "concurrent.futures.Future",
    "asyncio.AbstractEventLoop.create_task": "asyncio.Task",
    "asyncio.AbstractEventLoop.create_future": "asyncio.Future",
    "asyncio.TaskGroup.create_task": "asyncio.Task",
    "boto3.client": "botocore.client.BaseClient",
    "boto3.resource": "boto3.resources.base.ServiceResource",
    "boto3.session.Session.client": "botocore.client.BaseClient",
    "boto3.Session.client": "botocore.client.BaseClient",
    "builtins.open": "io.IOBase",
    "os.fdopen": "io.IOBase",
    "pathlib.Path.absolute": "pathlib.Path",
    "pathlib.Path.cwd": "pathlib.Path",
    "pathlib.Path.expanduser": "pathlib.Path",
    "pathlib.Path.home": "pathlib.Path",
    "pathlib.Path.joinpath": "pathlib.Path",
    "pathlib.Path.open": "io.IOBase",
    "pathlib.Path.readlink": "pathlib.Path",
    "pathlib.Path.relative_to": "pathlib.Path",
    "pathlib.Path.resolve": "pathlib.Path",
    "pathlib.Path.with_name": "pathlib.Path",
    "pathlib.Path.with_stem": "pathlib.Path",
    "pathlib.Path.with_suffix": "pathlib.Path",
    "celery.Celery.send_task": "celery.result.AsyncResult",
    "concurrent.futures.Executor.submit": "concurrent.futures.Future",
    "concurrent.futures.ThreadPoolExecutor.submit": "concurrent.futures.Future",
    "concurrent.futures.ProcessPoolExecutor.submit": "concurrent.futures.Future",
    "docker.from_env": "docker.DockerClient",
    "duckdb.connect": "duckdb.DuckDBPyConnection",
    "gspread.authorize": "gspread.Client",
    "gspread.service_account": "gspread.Client",
    "gspread.Client.create": "gspread.Spreadsheet",
    "gspread.Client.open": "gspread.Spreadsheet",
    "gspread.Client.open_by_key": "gspread.Spreadsheet",
    "gspread.Client.open_by_url": "gspread.Spreadsheet",
    "gspread.Spreadsheet.add_worksheet": "gspread.Worksheet",
    "gspread.Spreadsheet.worksheet": "gspread.Worksheet",
    "supabase.create_client": "supabase.Client",
    "docker.DockerClient.from_env": "docker.DockerClient",
    "docker.DockerClient.containers.create": "docker.models.containers.Container",
    "docker.DockerClient.containers.get": "docker.models.containers.Container",
    "docker.DockerClient.containers.run": "docker.models.containers.Container",
    "httpx.get": "httpx.Response",
    "httpx.post": "httpx.Response",
    "httpx.put": "httpx.Response",
    "httpx.patch": "httpx.Response",
    "httpx.delete": "httpx.Response",
    "httpx.head": "httpx.Response",
    "httpx.options": "httpx.Response",
    "httpx.request": "httpx.Response",
    "httpx.Client.get": "httpx.Response",
    "httpx.Client.post": "httpx.Response",
    "httpx.Client.put": "httpx.Response",
    "httpx.Client.patch": "httpx.Response",
    "httpx.Client.delete": "httpx.Response",
    "httpx.Client.head": "httpx.Response",
    "httpx.Client.options": "httpx.Response",
    "httpx.Client.request": "httpx.Response",
    "httpx.Client.send": "httpx.Response",
    "loguru.logger.bind": "loguru.Logger",
    "loguru.logger.opt": "loguru.Logger",
    "logging.getLogger": "logging.Logger",
    "logging.Logger.getChild": "logging.Logger",
    "celery.utils.log.get_task_logger": "logging.Logger",
    "structlog.get_logger": "structlog.BoundLogger",
    "structlog.getLogger": "structlog.BoundLogger",
    "structlog.stdlib.get_logger": "structlog.BoundLogger",
    "structlog.BoundLogger.bind": "structlog.BoundLogger",
    "multiprocessing.Pool": "multiprocessing.Pool",
    "psycopg.connect": "psycopg.Connection",
    "psycopg2.connect": "psycopg2.extensions.connection",
    "psycopg.Connection.cursor": "psycopg.Cursor",
    "psycopg2.extensions.connection.cursor": "psycopg2.extensions.cursor",
    "pymysql.connect": "pymysql.connections.Connection",
    "pymysql.connections.Connection.cursor": "pymysql.cursors.Cursor",
    "pymongo.MongoClient.get_database": "pymongo.database.Database",
    "pymongo.MongoClient.get_default_database": "pymongo.database.Database",
    "pymongo.database.Database.create_collection": "pymongo.collection.Collection",
    "pymongo.database.Database.get_collection": "pymongo.collection.Collection",
    "pymongo.database.Database.with_options": "pymongo.database.Database",
    "pymongo.collection.Collection.find": "pymongo.cursor.Cursor",
    "pymongo.collection.Collection.with_options": "pymongo.collection.Collection",
    "redis.from_url": "redis.Redis",
    "redis.Redis.from_url": "redis.Redis",
    "redis.Redis.pipeline": "redis.Pipeline",
    "redis.Redis.pubsub": "redis.PubSub",
    "redis.Redis.lock": "redis.lock.Lock",
    "redis.asyncio.from_url": "redis.asyncio.Redis",
    "redis.asyncio.Redis.from_url": "redis.asyncio.Redis",
    "redis.asyncio.Redis.pipeline": "redis.asyncio.Redis",
    "requests.get": "requests.Response",
    "requests.post": "requests.Response",
    "requests.put": "requests.Response",
    "requests.patch": "requests.Response",
    "requests.delete": "requests.Response",
    "requests.head": "requests.Response",
    "requests.options": "requests.Response",
    "requests.request": "requests.Response",
    "requests.Session.get": "requests.Response",
    "requests.Session.post": "requests.Response",
    "requests.Session.put": "requests.Response",
    "requests.Session.patch": "requests.Response",
    "requests.Session.delete": "requests.Response",
    "requests.Session.head": "requests.Response",
    "requests.Session.options": "requests.Response",
    "requests.Session.request": "requests.Response",
    "socket.create_connection": "socket.socket",
    "sqlalchemy.create_engine": "sqlalchemy.engine.Engine",
    "sqlalchemy.engine_from_config": "sqlalchemy.engine.Engine",
    "sqlalchemy.engine.Engine.connect": "sqlalchemy.engine.Connection",
    "sqlalchemy.engine.Engine.begin": "sqlalchemy.engine.Engine.begin()",
    "sqlalchemy.engine.Connection.begin_nested": "sqlalchemy.engine.NestedTransaction",
    "sqlalchemy.engine.Connection.begin": "sqlalchemy.engine.RootTransaction",
    "sqlalchemy.engine.Connection.execute": "sqlalchemy.engine.Result",
    "sqlalchemy.ext.asyncio.create_async_engine": "sqlalchemy.ext.asyncio.AsyncEngine",
    "sqlalchemy.ext.asyncio.AsyncEngine.connect": "sqlalchemy.ext.asyncio.AsyncConnection",
    "sqlalchemy.ext.asyncio.AsyncEngine.begin": "sqlalchemy.ext.asyncio.AsyncEngine.begin()",
    "sqlalchemy.orm.Session.begin_nested": "sqlalchemy.orm.SessionTransaction",
    "sqlalchemy.orm.Session.begin": "sqlalchemy.orm.SessionTransaction",
    "sqlalchemy.orm.Session.query": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.Session.execute": "sqlalchemy.engine.Result",
    "sqlalchemy.orm.Session.scalars": "sqlalchemy.engine.ScalarResult",
    "sqlalchemy.orm.scoped_session.query": "sqlalchemy.orm.Query",
    "sqlalchemy.ext.asyncio.AsyncSession.begin_nested": "sqlalchemy.ext.asyncio.AsyncSessionTransaction",
    "sqlalchemy.ext.asyncio.AsyncSession.begin": "sqlalchemy.ext.asyncio.AsyncSessionTransaction",
    "sqlite3.connect": "sqlite3.Connection",
    "sqlite3.Connection.cursor": "sqlite3.Cursor",
    "sqlite3.Connection.execute": "sqlite3.Cursor",
    "websocket.create_connection": "websocket.WebSocket",
    "websockets.sync.client.connect": "websockets.sync.client.ClientConnection",
    "websockets.sync.client.unix_connect": "websockets.sync.client.ClientConnection",
    "urllib.request.urlopen": "http.client.HTTPResponse",
    "urllib3.PoolManager.request": "urllib3.HTTPResponse",
    **RETURNED_BY_CLIENTS,
}

# Coroutine function or async method -> class of what awaiting its call gives.
AWAITED: dict[str, str] = {
    "aiohttp.ClientSession.get": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.post": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.put": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.patch": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.delete": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.head": "aiohttp.ClientResponse",
    "aiohttp.ClientSession.request": "aiohttp.ClientResponse",
    "asyncio.create_subprocess_exec": "asyncio.subprocess.Process",
    "asyncio.create_subprocess_shell": "asyncio.subprocess.Process",
    "aiosqlite.connect": "aiosqlite.Connection",
    "aiosqlite.Connection.cursor": "aiosqlite.Cursor",
    "aiosqlite.Connection.execute": "aiosqlite.Cursor",
    "asyncpg.connect": "asyncpg.Connection",
    "asyncpg.create_pool": "asyncpg.Pool",
    "httpx.AsyncClient.get": "httpx.Response",
    "httpx.AsyncClient.post": "httpx.Response",
    "httpx.AsyncClient.put": "httpx.Response",
    "httpx.AsyncClient.patch": "httpx.Response",
    "httpx.AsyncClient.delete": "httpx.Response",
    "httpx.AsyncClient.head": "httpx.Response",
    "httpx.AsyncClient.options": "httpx.Response",
    "httpx.AsyncClient.request": "httpx.Response",
    "httpx.AsyncClient.send": "httpx.Response",
    "sqlalchemy.ext.asyncio.AsyncConnection.begin_nested": "sqlalchemy.ext.asyncio.AsyncTransaction",
    "sqlalchemy.ext.asyncio.AsyncConnection.begin": "sqlalchemy.ext.asyncio.AsyncTransaction",
    "sqlalchemy.ext.asyncio.AsyncConnection.execute": "sqlalchemy.engine.Result",
    "sqlalchemy.ext.asyncio.AsyncSession.begin_nested": "sqlalchemy.ext.asyncio.AsyncSessionTransaction",
    "sqlalchemy.ext.asyncio.AsyncSession.begin": "sqlalchemy.ext.asyncio.AsyncSessionTransaction",
    "sqlalchemy.ext.asyncio.AsyncSession.execute": "sqlalchemy.engine.Result",
    "sqlalchemy.ext.asyncio.AsyncSession.scalars": "sqlalchemy.engine.ScalarResult",
    "sqlalchemy.ext.asyncio.AsyncSession.connection": "sqlalchemy.ext.asyncio.AsyncConnection",
}

# Class whose context manager gives something other than itself -> the class that `as` binds.
ENTERED: dict[str, str] = {
    "sqlalchemy.engine.Engine.begin()": "sqlalchemy.engine.Connection",
    "sqlalchemy.ext.asyncio.AsyncEngine.begin()": "sqlalchemy.ext.asyncio.AsyncConnection",
}

# Calls that give an awaitable context manager: entering binds what awaiting gives.
ENTERED_LIKE_AWAITED: frozenset[str] = frozenset(
    {
        "aiohttp.ClientSession.get",
        "aiohttp.ClientSession.post",
        "aiohttp.ClientSession.put",
        "aiohttp.ClientSession.patch",
        "aiohttp.ClientSession.delete",
        "aiohttp.ClientSession.head",
        "aiohttp.ClientSession.request",
        "asyncpg.create_pool",
    }
)

# Factories of factories: calling the value gives the class.
# `sessionmaker(...)` gives a callable; calling that gives a Session, unless `class_=` says otherwise.
FACTORIES: dict[str, str] = {
    "sqlalchemy.orm.sessionmaker": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.scoped_session": "sqlalchemy.orm.Session",
    "sqlalchemy.ext.asyncio.async_sessionmaker": "sqlalchemy.ext.asyncio.AsyncSession",
    "mongoengine.QuerySet": "mongoengine.QuerySet",
}

# Attribute of a class or object -> class of what it holds.
ATTRIBUTES: dict[str, str] = {
    "django.db.models.Model.objects": "django.db.models.Manager",
    "flask_sqlalchemy.SQLAlchemy.session": "sqlalchemy.orm.Session",
    "pathlib.Path.parent": "pathlib.Path",
    "pymongo.database.Database.client": "pymongo.MongoClient",
    "fastapi.FastAPI.state": "starlette.datastructures.State",
    "starlette.applications.Starlette.state": "starlette.datastructures.State",
    "starlette.requests.HTTPConnection.app": "starlette.applications.Starlette",
    "starlette.requests.HTTPConnection.state": "starlette.datastructures.State",
    "starlette.requests.Request.app": "starlette.applications.Starlette",
    "starlette.requests.Request.state": "starlette.datastructures.State",
    "starlette.websockets.WebSocket.app": "starlette.applications.Starlette",
    "starlette.websockets.WebSocket.state": "starlette.datastructures.State",
    "pymongo.collection.Collection.database": "pymongo.database.Database",
    **ATTRIBUTES_OF_CLIENTS,
}

# Class whose instances give an object for any name, as an attribute and as a key -> the class of the object.
OPEN: dict[str, str] = {
    "pymongo.MongoClient": "pymongo.database.Database",
    "pymongo.database.Database": "pymongo.collection.Collection",
}
# The attributes that are such a class's own, as words.
_OWN: dict[str, str] = {
    "pymongo.MongoClient": "HOST PORT address append_metadata arbiters bulk_write close codec_options "
    "drop_database get_database get_default_database is_mongos is_primary list_database_names list_databases "
    "nodes options primary read_concern read_preference secondaries server_info start_session "
    "topology_description watch write_concern",
    "pymongo.database.Database": "aggregate client codec_options command create_collection cursor_command "
    "dereference drop_collection get_collection list_collection_names list_collections name read_concern "
    "read_preference validate_collection watch with_options write_concern",
}

# Classes whose methods give the same class again, unless RETURNED says otherwise: query builders.
FLUENT: frozenset[str] = frozenset(
    {
        "sqlalchemy.orm.Query",
        "django.db.models.QuerySet",
        "django.db.models.Manager",
        "peewee.ModelSelect",
        "pymongo.cursor.Cursor",
        "redis.Pipeline",
        "supabase.Client",
        *FLUENT_CLIENTS,
    }
)

# Class -> its base among the classes that the knowledge speaks of. A method that is not listed for the
# class itself is looked up in its base.
BASES: dict[str, str] = {
    "boto3.session.Session": "boto3.Session",
    "chromadb.EphemeralClient": "chromadb.Client",
    "concurrent.futures.ProcessPoolExecutor": "concurrent.futures.Executor",
    "concurrent.futures.ThreadPoolExecutor": "concurrent.futures.Executor",
    "redis.RedisCluster": "redis.Redis",
    "cloudscraper.CloudScraper": "requests.Session",
    "hishel.CacheClient": "httpx.Client",
    "multiprocessing.pool.ThreadPool": "multiprocessing.Pool",
    "requests_cache.CachedSession": "requests.Session",
    "requests_html.HTMLSession": "requests.Session",
    "requests_toolbelt.sessions.BaseUrlSession": "requests.Session",
    "supabase.client.Client": "supabase.Client",
    "redis.asyncio.RedisCluster": "redis.asyncio.Redis",
    "sqlmodel.Session": "sqlalchemy.orm.Session",
    "sqlmodel.ext.asyncio.session.AsyncSession": "sqlalchemy.ext.asyncio.AsyncSession",
    "flask_sqlalchemy.session.Session": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.scoped_session": "sqlalchemy.orm.Session",
    "sqlalchemy.ext.asyncio.async_scoped_session": "sqlalchemy.ext.asyncio.AsyncSession",
    "asyncio.Task": "asyncio.Future",
    "google.cloud.firestore.CollectionGroup": "google.cloud.firestore.Query",
    "pinecone.GRPCIndex": "pinecone.Index",
    "pinecone.grpc.GRPCIndex": "pinecone.Index",
    "pyiceberg.catalog.rest.RestCatalog": "pyiceberg.catalog.Catalog",
    "pyiceberg.catalog.sql.SqlCatalog": "pyiceberg.catalog.Catalog",
    "pyiceberg.catalog.glue.GlueCatalog": "pyiceberg.catalog.Catalog",
    "pyiceberg.catalog.hive.HiveCatalog": "pyiceberg.catalog.Catalog",
    "pyiceberg.catalog.dynamodb.DynamoDbCatalog": "pyiceberg.catalog.Catalog",
    "s3fs.core.S3FileSystem": "s3fs.S3FileSystem",
    "fsspec.spec.AbstractFileSystem": "fsspec.AbstractFileSystem",
    "fsspec.implementations.local.LocalFileSystem": "fsspec.AbstractFileSystem",
}


def ancestry(class_name: str) -> tuple[str, ...]:
    """The class itself, then its known bases, nearest first."""
    line = [class_name]
    while line[-1] in BASES and BASES[line[-1]] not in line:
        line.append(BASES[line[-1]])
    return tuple(line)


def method_result(table: dict[str, str], qualname: str) -> str | None:
    """What `table` says of a function or of a method, the method being looked up along the known bases."""
    found = table.get(qualname)
    if found is not None:
        return found
    owner, _, method = qualname.rpartition(".")
    for base in ancestry(owner)[1:]:
        found = table.get(f"{base}.{method}")
        if found is not None:
            return found
    return None


def given_for_any_name(class_name: str, attribute: str) -> str | None:
    """The class of what an object of an open class gives for a name that is not one of its own attributes."""
    found = OPEN.get(class_name)
    if found is None or attribute.startswith("_") or attribute in _OWN[class_name].split():
        return None
    return found


CONTEXT_FACTORIES = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
"""What makes a function that gives context managers of a generator function."""
