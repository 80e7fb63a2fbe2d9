"""What the factories and methods of client libraries give back, by the class that they give."""

from __future__ import annotations

from collections.abc import Mapping

_AZURE = "from_connection_string"
_ACCOUNT = "google.oauth2.service_account"
_LAKE = "azure.storage.filedatalake"
_RESOURCE = "boto3.resources.base.ServiceResource"

# Class -> the calls that give an instance of it, parted by blanks.
_GIVEN: Mapping[str, str] = {
    # -- files and devices
    "xml.etree.ElementTree.ElementTree": "xml.etree.ElementTree.parse defusedxml.ElementTree.parse",
    "lxml.etree.ElementTree": "lxml.etree.parse lxml.html.parse",
    "pyaudio.Stream": "pyaudio.PyAudio.open",
    "pyttsx3.engine.Engine": "pyttsx3.init",
    # -- services
    "etcd3.Etcd3Client": "etcd3.client",
    "google_auth_oauthlib.flow.Flow": "google_auth_oauthlib.flow.Flow.from_client_config "
    "google_auth_oauthlib.flow.Flow.from_client_secrets_file",
    "google_auth_oauthlib.flow.InstalledAppFlow": "google_auth_oauthlib.flow.InstalledAppFlow.from_client_config "
    "google_auth_oauthlib.flow.InstalledAppFlow.from_client_secrets_file",
    "modal.Function": "modal.Function.from_name modal.Function.lookup",
    # -- Amazon
    _RESOURCE: "boto3.session.Session.resource boto3.Session.resource",
    "botocore.client.BaseClient": "botocore.session.Session.create_client",
    "botocore.paginate.Paginator": "botocore.client.BaseClient.get_paginator",
    "botocore.paginate.PageIterator": "botocore.paginate.Paginator.paginate",
    "botocore.waiter.Waiter": "botocore.client.BaseClient.get_waiter",
    f"{_RESOURCE}.Table": f"{_RESOURCE}.create_table",
    f"{_RESOURCE}.Queue": f"{_RESOURCE}.create_queue {_RESOURCE}.get_queue_by_name",
    f"{_RESOURCE}.Topic": f"{_RESOURCE}.create_topic",
    # -- Google
    "concurrent.futures.Future": "google.cloud.pubsub_v1.PublisherClient.publish "
    "google.cloud.pubsub_v1.SubscriberClient.subscribe",
    "google.cloud.storage.Bucket": "google.cloud.storage.Client.bucket google.cloud.storage.Client.create_bucket "
    "google.cloud.storage.Client.get_bucket google.cloud.storage.Client.lookup_bucket "
    "firebase_admin.storage.bucket",
    "google.cloud.storage.Blob": "google.cloud.storage.Bucket.blob google.cloud.storage.Bucket.get_blob "
    "google.cloud.storage.Bucket.copy_blob",
    "google.cloud.storage.Client": "google.cloud.storage.Client.from_service_account_info "
    "google.cloud.storage.Client.from_service_account_json google.cloud.storage.Client.create_anonymous_client",
    "google.cloud.bigquery.Client": "google.cloud.bigquery.Client.from_service_account_info "
    "google.cloud.bigquery.Client.from_service_account_json",
    "google.cloud.bigquery.QueryJob": "google.cloud.bigquery.Client.query",
    "google.cloud.bigquery.table.RowIterator": "google.cloud.bigquery.Client.query_and_wait "
    "google.cloud.bigquery.QueryJob.result google.cloud.bigquery.Client.list_rows",
    "google.cloud.bigquery.job.LoadJob": "google.cloud.bigquery.Client.load_table_from_dataframe "
    "google.cloud.bigquery.Client.load_table_from_file google.cloud.bigquery.Client.load_table_from_json "
    "google.cloud.bigquery.Client.load_table_from_uri",
    "google.cloud.bigquery.job.CopyJob": "google.cloud.bigquery.Client.copy_table",
    "google.cloud.bigquery.job.ExtractJob": "google.cloud.bigquery.Client.extract_table",
    "google.cloud.datastore.Query": "google.cloud.datastore.Client.query",
    "google.cloud.firestore.Client": "firebase_admin.firestore.client "
    "google.cloud.firestore.Client.from_service_account_json "
    "google.cloud.firestore.Client.from_service_account_info",
    "google.cloud.firestore.CollectionReference": "google.cloud.firestore.Client.collection "
    "google.cloud.firestore.DocumentReference.collection",
    "google.cloud.firestore.DocumentReference": "google.cloud.firestore.Client.document "
    "google.cloud.firestore.CollectionReference.document",
    "google.cloud.firestore.Query": "google.cloud.firestore.Client.collection_group "
    "google.cloud.firestore.CollectionReference.where google.cloud.firestore.CollectionReference.order_by "
    "google.cloud.firestore.CollectionReference.limit google.cloud.firestore.CollectionReference.select",
    "google.cloud.firestore.AggregationQuery": "google.cloud.firestore.Query.count "
    "google.cloud.firestore.CollectionReference.count google.cloud.firestore.Query.sum "
    "google.cloud.firestore.Query.avg",
    "google.cloud.firestore.WriteBatch": "google.cloud.firestore.Client.batch",
    "google.cloud.spanner.Instance": "google.cloud.spanner.Client.instance",
    "google.cloud.spanner.Database": "google.cloud.spanner.Instance.database",
    "google.cloud.spanner.Snapshot": "google.cloud.spanner.Database.snapshot",
    "google.cloud.bigtable.Instance": "google.cloud.bigtable.Client.instance",
    "google.cloud.bigtable.Table": "google.cloud.bigtable.Instance.table",
    "google.cloud.bigtable.DirectRow": "google.cloud.bigtable.Table.direct_row",
    "google.cloud.logging.Logger": "google.cloud.logging.Client.logger",
    "googleapiclient.discovery.Resource": "googleapiclient.discovery.build "
    "googleapiclient.discovery.build_from_document",
    "google.oauth2.credentials.Credentials": "google.oauth2.credentials.Credentials.from_authorized_user_file "
    "google.oauth2.credentials.Credentials.from_authorized_user_info",
    f"{_ACCOUNT}.Credentials": f"{_ACCOUNT}.Credentials.from_service_account_file "
    f"{_ACCOUNT}.Credentials.from_service_account_info",
    "vertexai.generative_models.ChatSession": "vertexai.generative_models.GenerativeModel.start_chat",
    "google.generativeai.ChatSession": "google.generativeai.GenerativeModel.start_chat",
    "vertexai.language_models.TextEmbeddingModel": "vertexai.language_models.TextEmbeddingModel.from_pretrained",
    "vertexai.vision_models.ImageGenerationModel": "vertexai.vision_models.ImageGenerationModel.from_pretrained",
    "google.genai.chats.Chat": "google.genai.Client.chats.create",
    # -- Azure
    "azure.storage.blob.BlobServiceClient": f"azure.storage.blob.BlobServiceClient.{_AZURE}",
    "azure.storage.blob.ContainerClient": f"azure.storage.blob.ContainerClient.{_AZURE} "
    "azure.storage.blob.ContainerClient.from_container_url "
    "azure.storage.blob.BlobServiceClient.get_container_client "
    "azure.storage.blob.BlobServiceClient.create_container",
    "azure.storage.blob.BlobClient": f"azure.storage.blob.BlobClient.{_AZURE} "
    "azure.storage.blob.BlobClient.from_blob_url azure.storage.blob.BlobServiceClient.get_blob_client "
    "azure.storage.blob.ContainerClient.get_blob_client azure.storage.blob.ContainerClient.upload_blob",
    "azure.storage.blob.StorageStreamDownloader": "azure.storage.blob.BlobClient.download_blob "
    "azure.storage.blob.ContainerClient.download_blob",
    "azure.storage.blob.BlobLeaseClient": "azure.storage.blob.BlobClient.acquire_lease "
    "azure.storage.blob.ContainerClient.acquire_lease",
    "azure.storage.queue.QueueServiceClient": f"azure.storage.queue.QueueServiceClient.{_AZURE}",
    "azure.storage.queue.QueueClient": f"azure.storage.queue.QueueClient.{_AZURE} "
    "azure.storage.queue.QueueServiceClient.get_queue_client azure.storage.queue.QueueServiceClient.create_queue",
    f"{_LAKE}.DataLakeServiceClient": f"{_LAKE}.DataLakeServiceClient.{_AZURE}",
    f"{_LAKE}.FileSystemClient": f"{_LAKE}.FileSystemClient.{_AZURE} "
    f"{_LAKE}.DataLakeServiceClient.get_file_system_client "
    f"{_LAKE}.DataLakeServiceClient.create_file_system",
    f"{_LAKE}.DataLakeDirectoryClient": f"{_LAKE}.FileSystemClient.create_directory "
    f"{_LAKE}.FileSystemClient.get_directory_client "
    f"{_LAKE}.DataLakeServiceClient.get_directory_client",
    f"{_LAKE}.DataLakeFileClient": f"{_LAKE}.FileSystemClient.get_file_client "
    f"{_LAKE}.FileSystemClient.create_file "
    f"{_LAKE}.DataLakeDirectoryClient.get_file_client "
    f"{_LAKE}.DataLakeServiceClient.get_file_client",
    f"{_LAKE}.StorageStreamDownloader": f"{_LAKE}.DataLakeFileClient.download_file",
    "azure.data.tables.TableServiceClient": f"azure.data.tables.TableServiceClient.{_AZURE}",
    "azure.data.tables.TableClient": f"azure.data.tables.TableClient.{_AZURE} "
    "azure.data.tables.TableServiceClient.get_table_client azure.data.tables.TableServiceClient.create_table "
    "azure.data.tables.TableServiceClient.create_table_if_not_exists",
    "azure.cosmos.CosmosClient": f"azure.cosmos.CosmosClient.{_AZURE}",
    "azure.cosmos.DatabaseProxy": "azure.cosmos.CosmosClient.get_database_client "
    "azure.cosmos.CosmosClient.create_database azure.cosmos.CosmosClient.create_database_if_not_exists",
    "azure.cosmos.ContainerProxy": "azure.cosmos.DatabaseProxy.get_container_client "
    "azure.cosmos.DatabaseProxy.create_container azure.cosmos.DatabaseProxy.create_container_if_not_exists",
    "azure.servicebus.ServiceBusClient": f"azure.servicebus.ServiceBusClient.{_AZURE}",
    "azure.servicebus.ServiceBusSender": "azure.servicebus.ServiceBusClient.get_queue_sender "
    "azure.servicebus.ServiceBusClient.get_topic_sender",
    "azure.servicebus.ServiceBusReceiver": "azure.servicebus.ServiceBusClient.get_queue_receiver "
    "azure.servicebus.ServiceBusClient.get_subscription_receiver",
    "azure.eventhub.EventHubProducerClient": f"azure.eventhub.EventHubProducerClient.{_AZURE}",
    "azure.eventhub.EventHubConsumerClient": f"azure.eventhub.EventHubConsumerClient.{_AZURE}",
    "azure.communication.email.EmailClient": f"azure.communication.email.EmailClient.{_AZURE}",
    "azure.communication.sms.SmsClient": f"azure.communication.sms.SmsClient.{_AZURE}",
    "azure.appconfiguration.AzureAppConfigurationClient": "azure.appconfiguration.AzureAppConfigurationClient."
    f"{_AZURE}",
    # -- databases
    "duckdb.DuckDBPyConnection": "duckdb.DuckDBPyConnection.cursor duckdb.DuckDBPyConnection.execute "
    "duckdb.DuckDBPyConnection.begin duckdb.DuckDBPyConnection.executemany",
    "duckdb.DuckDBPyRelation": "duckdb.DuckDBPyConnection.sql duckdb.DuckDBPyConnection.query "
    "duckdb.DuckDBPyConnection.table duckdb.sql duckdb.query",
    "pyiceberg.catalog.Catalog": "pyiceberg.catalog.load_catalog",
    "pyiceberg.table.Table": "pyiceberg.catalog.Catalog.create_table "
    "pyiceberg.catalog.Catalog.create_table_if_not_exists pyiceberg.catalog.Catalog.load_table "
    "pyiceberg.catalog.Catalog.register_table",
    "pyiceberg.table.DataScan": "pyiceberg.table.Table.scan",
    "sqlalchemy.engine.reflection.Inspector": "sqlalchemy.inspect "
    "sqlalchemy.engine.reflection.Inspector.from_engine",
    "pyodbc.Connection": "pyodbc.connect",
    "pyodbc.Cursor": "pyodbc.Connection.cursor pyodbc.Connection.execute pyodbc.Cursor.execute",
    "pymssql.Connection": "pymssql.connect",
    "pymssql.Cursor": "pymssql.Connection.cursor",
    "MySQLdb.connections.Connection": "MySQLdb.connect",
    "MySQLdb.cursors.Cursor": "MySQLdb.connections.Connection.cursor",
    "mysql.connector.connection.MySQLConnection": "mysql.connector.connect",
    "mysql.connector.cursor.MySQLCursor": "mysql.connector.connection.MySQLConnection.cursor "
    "mysql.connector.pooling.PooledMySQLConnection.cursor",
    "mysql.connector.pooling.PooledMySQLConnection": "mysql.connector.pooling.MySQLConnectionPool.get_connection",
    "oracledb.Connection": "oracledb.connect oracledb.ConnectionPool.acquire",
    "oracledb.Cursor": "oracledb.Connection.cursor",
    "oracledb.ConnectionPool": "oracledb.create_pool",
    "cx_Oracle.Connection": "cx_Oracle.connect",
    "cx_Oracle.Cursor": "cx_Oracle.Connection.cursor",
    "psycopg.Connection": "psycopg.Connection.connect psycopg_pool.ConnectionPool.connection "
    "psycopg_pool.ConnectionPool.getconn",
    "psycopg.Cursor": "psycopg.Connection.execute psycopg.Cursor.execute",
    "psycopg2.extensions.connection": "psycopg2.pool.SimpleConnectionPool.getconn "
    "psycopg2.pool.ThreadedConnectionPool.getconn",
    "snowflake.connector.connection.SnowflakeConnection": "snowflake.connector.connect",
    "snowflake.connector.cursor.SnowflakeCursor": "snowflake.connector.connection.SnowflakeConnection.cursor "
    "snowflake.connector.cursor.SnowflakeCursor.execute",
    "databricks.sql.client.Connection": "databricks.sql.connect",
    "databricks.sql.client.Cursor": "databricks.sql.client.Connection.cursor",
    "redshift_connector.Connection": "redshift_connector.connect",
    "redshift_connector.Cursor": "redshift_connector.Connection.cursor",
    "pg8000.dbapi.Connection": "pg8000.connect pg8000.dbapi.connect",
    "pg8000.dbapi.Cursor": "pg8000.dbapi.Connection.cursor",
    "trino.dbapi.Connection": "trino.dbapi.connect",
    "trino.dbapi.Cursor": "trino.dbapi.Connection.cursor",
    "pyhive.hive.Cursor": "pyhive.hive.Connection.cursor pyhive.hive.connect().cursor",
    "vertica_python.vertica.connection.Connection": "vertica_python.connect",
    "vertica_python.vertica.cursor.Cursor": "vertica_python.vertica.connection.Connection.cursor",
    "clickhouse_connect.driver.Client": "clickhouse_connect.get_client clickhouse_connect.create_client",
    "clickhouse_driver.Client": "clickhouse_driver.Client.from_url",
    "cassandra.cluster.Session": "cassandra.cluster.Cluster.connect",
    "neo4j.Driver": "neo4j.GraphDatabase.driver",
    "neo4j.Session": "neo4j.Driver.session",
    "neo4j.Transaction": "neo4j.Session.begin_transaction",
    "neo4j.Result": "neo4j.Session.run neo4j.Transaction.run",
    "arango.database.StandardDatabase": "arango.ArangoClient.db",
    "apsw.Cursor": "apsw.Connection.cursor",
    "peewee.ModelSelect": "peewee.Model.select",
    "falkordb.Graph": "falkordb.FalkorDB.select_graph",
    "influxdb_client.InfluxDBClient": "influxdb_client.InfluxDBClient.from_config_file "
    "influxdb_client.InfluxDBClient.from_env_properties",
    "influxdb_client.QueryApi": "influxdb_client.InfluxDBClient.query_api",
    "influxdb_client.DeleteApi": "influxdb_client.InfluxDBClient.delete_api",
    "influxdb_client.BucketsApi": "influxdb_client.InfluxDBClient.buckets_api",
    # -- search engines and vector stores
    "meilisearch.index.Index": "meilisearch.Client.get_index meilisearch.Client.index",
    "weaviate.WeaviateClient": "weaviate.connect_to_custom weaviate.connect_to_embedded weaviate.connect_to_local "
    "weaviate.connect_to_wcs weaviate.connect_to_weaviate_cloud",
    "weaviate.collections.Collection": "weaviate.WeaviateClient.collections.get "
    "weaviate.WeaviateClient.collections.use weaviate.WeaviateClient.collections.create "
    "weaviate.collections.Collection.with_tenant",
    "pinecone.Index": "pinecone.Pinecone.Index pinecone.Pinecone.index",
    "lancedb.db.DBConnection": "lancedb.connect",
    "lancedb.table.Table": "lancedb.db.DBConnection.create_table lancedb.db.DBConnection.open_table",
    "lancedb.query.LanceQueryBuilder": "lancedb.table.Table.search",
    "chromadb.Collection": " ".join(
        f"chromadb.{client}.{method}"
        for client in ("Client", "HttpClient", "PersistentClient", "EphemeralClient", "api.ClientAPI")
        for method in ("create_collection", "get_collection", "get_or_create_collection")
    ),
    "elasticsearch_dsl.Search": "elasticsearch_dsl.Document.search",
    # -- services
    "docker.models.images.Image": "docker.DockerClient.images.get docker.DockerClient.images.pull",
    "docker.models.networks.Network": "docker.DockerClient.networks.create docker.DockerClient.networks.get",
    "docker.models.volumes.Volume": "docker.DockerClient.volumes.create docker.DockerClient.volumes.get",
    "docker.models.services.Service": "docker.DockerClient.services.create docker.DockerClient.services.get",
    "github.Repository.Repository": "github.Github.get_repo github.Organization.Organization.create_repo "
    "github.Organization.Organization.get_repo github.AuthenticatedUser.AuthenticatedUser.create_repo "
    "github.AuthenticatedUser.AuthenticatedUser.get_repo github.NamedUser.NamedUser.get_repo",
    "github.PullRequest.PullRequest": "github.Repository.Repository.create_pull "
    "github.Repository.Repository.get_pull",
    "github.Issue.Issue": "github.Repository.Repository.create_issue github.Repository.Repository.get_issue "
    "github.PullRequest.PullRequest.as_issue",
    "github.Organization.Organization": "github.Github.get_organization",
    "github.AuthenticatedUser.AuthenticatedUser": "github.Github.get_user",
    "github.Github": "github.GithubIntegration.get_github_for_installation",
    "gitlab.Gitlab": "gitlab.Gitlab.from_config",
    "gitlab.v4.objects.Project": "gitlab.Gitlab.projects.get gitlab.Gitlab.projects.create",
    "git.Repo": "git.Repo.clone_from git.Repo.init git.Repo.clone",
    "git.Remote": "git.Repo.remote git.Repo.create_remote",
    "gspread.Client": "gspread.oauth gspread.service_account_from_dict gspread.api_key",
    "gspread.Worksheet": "gspread.Spreadsheet.get_worksheet gspread.Spreadsheet.get_worksheet_by_id",
    "paho.mqtt.client.MQTTMessageInfo": "paho.mqtt.client.Client.publish",
    "paramiko.SFTPClient": "paramiko.SSHClient.open_sftp paramiko.SFTPClient.from_transport",
    "paramiko.Channel": "paramiko.SSHClient.invoke_shell paramiko.Transport.open_session",
    "paramiko.Transport": "paramiko.SSHClient.get_transport",
    "pika.adapters.blocking_connection.BlockingChannel": "pika.BlockingConnection.channel "
    "pika.adapters.blocking_connection.BlockingConnection.channel",
    "ldap.ldapobject.LDAPObject": "ldap.initialize",
    "dropbox.Dropbox": "dropbox.Dropbox.with_path_root",
    "playwright.sync_api.Browser": "playwright.sync_api.BrowserType.launch "
    "playwright.sync_api.BrowserType.connect "
    "playwright.sync_api.BrowserType.connect_over_cdp",
    "playwright.sync_api.BrowserContext": "playwright.sync_api.Browser.new_context "
    "playwright.sync_api.BrowserType.launch_persistent_context",
    "playwright.sync_api.Page": "playwright.sync_api.Browser.new_page playwright.sync_api.BrowserContext.new_page",
    "playwright.sync_api.Locator": "playwright.sync_api.Page.locator playwright.sync_api.Page.get_by_role "
    "playwright.sync_api.Page.get_by_text playwright.sync_api.Locator.locator",
    "playwright.sync_api.Playwright": "playwright.sync_api.sync_playwright "
    "playwright.sync_api.sync_playwright().start",
    "pulsar.Producer": "pulsar.Client.create_producer",
    "pulsar.Consumer": "pulsar.Client.subscribe",
    "requests.Session": "cachecontrol.CacheControl",
    "cloudscraper.CloudScraper": "cloudscraper.create_scraper cloudscraper.CloudScraper.create_scraper",
    "discord.SyncWebhook": "discord.SyncWebhook.from_url discord.SyncWebhook.partial",
    "imap_tools.MailBox": "imap_tools.MailBox.login",
    "pyairtable.Table": "pyairtable.Api.table",
    "rq.job.Job": "rq.Queue.enqueue rq.Queue.fetch_job rq.job.Job.fetch",
    # -- models: to make one reads its weights, to call it does not
    "llama_cpp.Llama()": "llama_cpp.Llama",
    "ultralytics.YOLO()": "ultralytics.YOLO",
    # -- files
    "ffmpeg.nodes.Stream": "ffmpeg.input ffmpeg.output ffmpeg.concat ffmpeg.overlay ffmpeg.filter",
    "multiprocessing.connection.Connection": "multiprocessing.connection.Client",
    "multiprocessing.pool.AsyncResult": "multiprocessing.Pool.apply_async multiprocessing.Pool.map_async "
    "multiprocessing.Pool.starmap_async",
    "openpyxl.Workbook": "openpyxl.load_workbook",
    "pandas.DataFrame": "pandas.read_csv pandas.read_excel pandas.read_json pandas.read_parquet pandas.read_sql "
    "pandas.read_sql_query pandas.read_sql_table pandas.concat pandas.DataFrame.copy",
    "ssl.SSLContext": "ssl.create_default_context",
    "ssl.SSLSocket": "ssl.SSLContext.wrap_socket",
    "urllib.request.OpenerDirector": "urllib.request.build_opener",
    "langchain.chains.RetrievalQA": "langchain.chains.RetrievalQA.from_chain_type "
    "langchain.chains.RetrievalQA.from_llm",
    "langchain.chains.ConversationalRetrievalChain": "langchain.chains.ConversationalRetrievalChain.from_llm",
    "llama_index.core.VectorStoreIndex": "llama_index.core.VectorStoreIndex.from_documents "
    "llama_index.core.VectorStoreIndex.from_vector_store",
    "fsspec.AbstractFileSystem": "fsspec.filesystem",
    "fsspec.core.OpenFile": "fsspec.open",
    "langchain_core.language_models.BaseChatModel": "langchain.chat_models.init_chat_model "
    "langchain_core.language_models.BaseChatModel.bind_tools "
    "langchain_core.language_models.BaseChatModel.with_structured_output",
}

RETURNED_BY_CLIENTS: dict[str, str] = {
    call: class_name for class_name, calls in _GIVEN.items() for call in calls.split()
}
"""Function or method called -> the class of what it returns."""

ATTRIBUTES_OF_CLIENTS: dict[str, str] = {
    "mongoengine.Document.objects": "mongoengine.QuerySet",
    "mongoengine.DynamicDocument.objects": "mongoengine.QuerySet",
    "sqlmodel.SQLModel.metadata": "sqlalchemy.MetaData",
    "sqlalchemy.orm.DeclarativeBase.metadata": "sqlalchemy.MetaData",
    "sqlalchemy.orm.declarative_base().metadata": "sqlalchemy.MetaData",
    "sqlalchemy.ext.declarative.declarative_base().metadata": "sqlalchemy.MetaData",
    "flask_sqlalchemy.SQLAlchemy.metadata": "sqlalchemy.MetaData",
    "flask_sqlalchemy.SQLAlchemy.engine": "sqlalchemy.engine.Engine",
    "playwright.sync_api.Playwright.chromium": "playwright.sync_api.BrowserType",
    "playwright.sync_api.Playwright.firefox": "playwright.sync_api.BrowserType",
    "playwright.sync_api.Playwright.webkit": "playwright.sync_api.BrowserType",
}
"""Attribute of a class -> the class of what it holds."""

FLUENT_CLIENTS: frozenset[str] = frozenset(
    {
        "elasticsearch_dsl.Search",
        "ffmpeg.nodes.Stream",
        "google.cloud.firestore.Query",
        "googleapiclient.discovery.Resource",
        "lancedb.query.LanceQueryBuilder",
        "mongoengine.QuerySet",
        "opensearch_dsl.Search",
    }
)
"""Classes whose methods give the same class again, unless `RETURNED_BY_CLIENTS` says otherwise."""
