"""What blocks in the clients of databases, stores, models and other services, beside the best known ones."""

from __future__ import annotations

from flake8_auditrules.knowledge.effects import Effect, Library

_ASKED_MODEL = "batch generate invoke predict stream().__iter__"
_TO_THREAD = "use `await asyncio.to_thread(...)`"
_CURSOR = "execute executemany callproc fetchone fetchmany fetchall"
_CONNECTION = "commit rollback"
_LOADING = "load models before the loop starts, or in `asyncio.to_thread`"
_AWAITING = "await its asynchronous twin"
_OPENAI_PLAIN = (
    "close copy with_options is_closed base_url api_key auth_headers default_headers default_query timeout "
    "max_retries organization with_raw_response with_streaming_response qs user_agent platform_headers "
    "custom_auth webhooks"
)
_HVAC_PLAIN = "adapter allow_redirects logout session token url"
_BROWSER = (
    "add_init_script click content dblclick drag_and_drop evaluate evaluate_handle fill focus get_attribute goto "
    "go_back go_forward hover inner_html inner_text input_value is_visible pdf press query_selector "
    "query_selector_all reload screenshot select_option set_content set_input_files tap text_content title type "
    "wait_for_event wait_for_function wait_for_load_state wait_for_selector wait_for_timeout wait_for_url"
)
_REMOTE_FILES = (
    "cat cat_file copy cp du exists find get get_file glob info isdir isfile ls mkdir mv open pipe put rm walk"
)
_LOCAL_OR_REMOTE = "cat cat_file copy find get get_file glob ls mv open pipe put read_bytes read_text walk"

STORES: tuple[Library, ...] = (
    Library(
        "duckdb",
        Effect.DATABASE,
        _TO_THREAD,
        methods={
            "duckdb.DuckDBPyConnection": "arrow begin fetch_arrow_table fetch_df fetchmany fetchnumpy pl rollback",
            "duckdb.DuckDBPyRelation": "df execute fetchall fetchdf fetchmany fetchone fetchnumpy pl to_csv "
            "to_parquet",
        },
    ),
    Library(
        "pyiceberg",
        Effect.NETWORK,
        _TO_THREAD,
        "pyiceberg.catalog.load_catalog",
        {
            "pyiceberg.table.Table": "add_files append delete dynamic_partition_overwrite overwrite refresh "
            "upsert",
            "pyiceberg.table.DataScan": "count plan_files to_arrow to_duckdb to_pandas to_polars",
        },
        {
            "pyiceberg.catalog.Catalog": "close identifier_to_database identifier_to_database_and_table "
            "identifier_to_tuple name namespace_from namespace_to_string properties table_name_from",
        },
    ),
    Library(
        "SQLAlchemy",
        Effect.DATABASE,
        "use `AsyncSession` or `asyncio.to_thread`",
        "sqlmodel.SQLModel.metadata.create_all sqlmodel.SQLModel.metadata.drop_all",
        {
            "sqlalchemy.engine.reflection.Inspector": "get_check_constraints get_columns get_foreign_keys "
            "get_indexes "
            "get_pk_constraint get_schema_names get_table_names get_unique_constraints get_view_names has_index "
            "has_table reflect_table",
            "sqlalchemy.Table": "create drop",
        },
    ),
    Library(
        "Alembic",
        Effect.DATABASE,
        _TO_THREAD,
        "alembic.command.check alembic.command.current alembic.command.ensure_version alembic.command.revision "
        "alembic.command.stamp",
    ),
    Library(
        "warehouses",
        Effect.DATABASE,
        _TO_THREAD,
        "databricks.sql.connect MySQLdb.connect pg8000.connect pg8000.dbapi.connect redshift_connector.connect "
        "snowflake.connector.connect vertica_python.connect sqlcipher3.connect pysqlite3.connect",
        {
            "snowflake.connector.connection.SnowflakeConnection": f"{_CONNECTION} execute_string",
            "snowflake.connector.cursor.SnowflakeCursor": f"{_CURSOR} fetch_pandas_all fetch_arrow_all",
            "databricks.sql.client.Connection": _CONNECTION,
            "databricks.sql.client.Cursor": f"{_CURSOR} fetchall_arrow",
            "redshift_connector.Connection": _CONNECTION,
            "redshift_connector.Cursor": f"{_CURSOR} fetch_dataframe",
            "pg8000.dbapi.Connection": _CONNECTION,
            "pg8000.dbapi.Cursor": _CURSOR,
            "trino.dbapi.Connection": _CONNECTION,
            "trino.dbapi.Cursor": _CURSOR,
            "pyhive.hive.Cursor": _CURSOR,
            "vertica_python.vertica.connection.Connection": _CONNECTION,
            "vertica_python.vertica.cursor.Cursor": _CURSOR,
        },
    ),
    Library(
        "PyMySQL",
        Effect.DATABASE,
        "use `aiomysql` or `asyncmy`",
        methods={
            **dict.fromkeys(
                (
                    "pymysql.cursors.DictCursor",
                    "pymysql.cursors.SSCursor",
                    "pymysql.cursors.SSDictCursor",
                    "mysql.connector.cursor.MySQLCursorDict",
                ),
                _CURSOR,
            ),
            "mysql.connector.pooling.MySQLConnectionPool": "get_connection",
            "mysql.connector.pooling.PooledMySQLConnection": _CONNECTION,
        },
    ),
    Library(
        "Oracle",
        Effect.DATABASE,
        "use `oracledb.connect_async`",
        methods={"oracledb.Connection": "ping", "oracledb.ConnectionPool": "acquire"},
    ),
    Library(
        "ClickHouse",
        Effect.DATABASE,
        "use `clickhouse_connect.get_async_client`",
        methods={
            "clickhouse_connect.driver.Client": "insert_arrow query_arrow query_df_stream query_np raw_insert "
            "raw_stream",
        },
    ),
    Library(
        "neo4j",
        Effect.DATABASE,
        "use `neo4j.AsyncGraphDatabase`",
        methods={
            "neo4j.Driver": "get_server_info verify_authentication",
            "neo4j.Result": "__iter__ consume data fetch single to_df value values",
        },
    ),
    Library(
        "graph databases",
        Effect.DATABASE,
        _TO_THREAD,
        methods={
            "falkordb.Graph": "query ro_query",
            "py2neo.Graph": "evaluate run",
            "kuzu.Connection": "execute",
        },
    ),
    Library(
        "InfluxDB",
        Effect.DATABASE,
        "use `influxdb_client.client.influxdb_client_async`",
        methods={
            "influxdb_client.InfluxDBClient": "build health ping ready version",
            "influxdb_client.QueryApi": "query_raw query_data_frame_stream",
            "influxdb_client.DeleteApi": "delete",
            "influxdb_client.BucketsApi": "create_bucket delete_bucket find_bucket_by_id find_bucket_by_name "
            "find_buckets",
            "influxdb_client_3.InfluxDBClient3": "query write",
        },
    ),
    Library(
        "search engines",
        Effect.DATABASE,
        _AWAITING,
        "elasticsearch.helpers.streaming_bulk elasticsearch.helpers.reindex opensearchpy.helpers.parallel_bulk "
        "opensearchpy.helpers.streaming_bulk",
        methods={
            "elasticsearch_dsl.Search": "count delete execute scan",
            "opensearch_dsl.Search": "count delete execute scan",
            "pysolr.Solr": "add commit delete optimize ping search",
            "algoliasearch.search_client.SearchIndex": "delete_object get_object save_object save_objects search",
        },
    ),
    Library(
        "weaviate",
        Effect.DATABASE,
        "use `weaviate.use_async_with_local` and its like",
        "weaviate.connect_to_custom weaviate.connect_to_embedded weaviate.connect_to_local "
        "weaviate.connect_to_wcs weaviate.connect_to_weaviate_cloud",
        methods={
            "weaviate.WeaviateClient": "connect get_meta graphql_raw_query is_live is_ready",
            "weaviate.WeaviateClient.collections": "create create_from_config create_from_dict delete delete_all "
            "exists list_all",
            "weaviate.collections.Collection": "exists",
            "weaviate.collections.Collection.aggregate": "over_all near_text near_vector",
            "weaviate.collections.Collection.config": "get update",
            "weaviate.collections.Collection.data": "delete_by_id delete_many exists insert insert_many replace "
            "update",
            "weaviate.collections.Collection.generate": "bm25 fetch_objects hybrid near_text near_vector",
            "weaviate.collections.Collection.query": "bm25 fetch_object_by_id fetch_objects hybrid near_object "
            "near_text near_vector",
            "weaviate.collections.Collection.tenants": "create exists get remove",
        },
    ),
    Library(
        "pinecone",
        Effect.DATABASE,
        "use `PineconeAsyncio`",
        methods={
            "pinecone.Pinecone": "configure_index create_index_for_model describe_collection list_collections",
            "pinecone.Pinecone.inference": "embed rerank",
            "pinecone.Index": "fetch_by_metadata list_paginated search search_records upsert_from_dataframe "
            "upsert_records",
        },
    ),
    Library(
        "LanceDB",
        Effect.DATABASE,
        "use `lancedb.connect_async`",
        methods={
            "lancedb.db.DBConnection": "create_table drop_database drop_table list_tables open_table rename_table "
            "table_names",
            "lancedb.table.Table": "add cleanup_old_versions compact_files count_rows create_fts_index "
            "create_index "
            "create_scalar_index delete optimize to_arrow to_pandas update",
            "lancedb.query.LanceQueryBuilder": "to_arrow to_list to_pandas to_polars to_pydantic",
        },
    ),
    Library(
        "chromadb",
        Effect.DATABASE,
        "use `chromadb.AsyncHttpClient` or `asyncio.to_thread`",
        methods={
            "chromadb.api.ClientAPI": "create_collection delete_collection get_collection "
            "get_or_create_collection "
            "heartbeat list_collections reset",
            "chromadb.Collection": "search",
        },
    ),
    Library(
        "pymilvus",
        Effect.DATABASE,
        "use `AsyncMilvusClient`",
        "pymilvus.utility.drop_collection pymilvus.utility.has_collection pymilvus.utility.list_collections",
        {
            "pymilvus.MilvusClient": "create_index describe_index drop_index flush get_collection_stats "
            "get_load_state hybrid_search list_indexes release_collection rename_collection",
        },
    ),
    Library(
        "mappers of objects",
        Effect.DATABASE,
        _TO_THREAD,
        methods={
            "odmantic.SyncEngine": "count delete find_one remove save save_all",
            "pynamodb.models.Model": "batch_get count create_table delete exists get query refresh save scan "
            "update",
            "redis_om.HashModel": "delete get save",
            "redis_om.JsonModel": "delete get save",
            "arango.database.StandardDatabase": "begin_transaction collections create_collection has_collection",
            "arango.database.StandardDatabase.aql": "execute",
            "apsw.Connection": "execute executemany",
            "apsw.Cursor": "execute executemany fetchall fetchone",
            "sqlite_utils.Database": "execute executescript query",
            "etcd3.Etcd3Client": "delete get get_all get_prefix put replace",
            "etcd3.client()": "delete get get_all get_prefix put replace",
            "kazoo.client.KazooClient": "create delete ensure_path exists get get_children set start",
        },
    ),
    Library(
        "Django",
        Effect.DATABASE,
        "use `sync_to_async`",
        "django.contrib.auth.authenticate django.contrib.auth.login django.contrib.auth.logout",
    ),
    Library(
        "TinyDB",
        Effect.DATABASE,
        _TO_THREAD,
        methods={"tinydb.TinyDB": "all get insert insert_multiple remove search update upsert"},
    ),
)

MODELS: tuple[Library, ...] = (
    Library(
        "model clients",
        Effect.NETWORK,
        _AWAITING,
        "ollama.copy ollama.create ollama.delete ollama.ps "
        "google.generativeai.get_model google.generativeai.get_file google.generativeai.delete_file "
        "litellm.responses litellm.image_edit litellm.batch_completion "
        "replicate.stream replicate.deployments.get replicate.files.create "
        "voyageai.Embedding.create zhipuai.ZhipuAI dashscope.Generation.call dashscope.TextEmbedding.call "
        "dashscope.MultiModalConversation.call openai.images.generate openai.audio.transcriptions.create "
        "openai.audio.speech.create openai.moderations.create openai.responses.create openai.models.list",
        methods={
            "langchain_core.language_models.BaseChatModel": _ASKED_MODEL,
            "langchain_core.language_models.chat_models.BaseChatModel": _ASKED_MODEL,
            "langchain_core.language_models.BaseLanguageModel": _ASKED_MODEL,
            "mistralai.Mistral.agents": "complete stream",
            "mistralai.Mistral.audio.transcriptions": "complete",
            "mistralai.Mistral.files": "delete list retrieve upload",
            "mistralai.client.MistralClient": "chat chat_stream embeddings list_models",
            "voyageai.Client": "embed multimodal_embed rerank",
            "elevenlabs.client.ElevenLabs.text_to_speech": "convert stream",
            "elevenlabs.ElevenLabs.text_to_speech": "convert stream",
            "elevenlabs.ElevenLabs.voices": "get get_all search",
            "fal_client.SyncClient": "run subscribe upload upload_file",
            "firecrawl.FirecrawlApp": "crawl crawl_url extract map map_url scrape scrape_url search",
            "firecrawl.Firecrawl": "crawl extract map scrape search",
            "groq.Groq.audio.transcriptions": "create",
            "replicate.Client.predictions": "cancel create get list",
            "replicate.Client.models": "get list",
            "assemblyai.Transcriber": "transcribe",
            "mem0.MemoryClient": "add delete get get_all search update",
            "mem0.Memory": "add delete get get_all search update",
            "crewai.Crew": "kickoff kickoff_for_each",
        },
        clients={
            "cerebras.cloud.sdk.Cerebras": _OPENAI_PLAIN,
            "anthropic.AnthropicFoundry": _OPENAI_PLAIN,
            "zhipuai.ZhipuAI": "close",
            "volcenginesdkarkruntime.Ark": "close",
        },
    ),
    Library(
        "fal.ai",
        Effect.NETWORK,
        "use its `_async` functions",
        "fal_client.run fal_client.subscribe fal_client.upload fal_client.upload_file",
    ),
    Library(
        "models that are loaded",
        Effect.FILE,
        _LOADING,
        "easyocr.Reader faster_whisper.WhisperModel fastembed.TextEmbedding keras.models.load_model "
        "llama_cpp.Llama llama_cpp.Llama.from_pretrained open_clip.create_model_and_transforms "
        "paddleocr.PaddleOCR "
        "sentence_transformers.CrossEncoder sentence_transformers.SentenceTransformer spacy.load "
        "tensorflow.keras.models.load_model tensorflow.saved_model.load torch.hub.load transformers.pipeline "
        "ultralytics.YOLO vllm.LLM whisper.load_model whisperx.load_model mlx_lm.load "
        "gliner.GLiNER.from_pretrained",
    ),
    Library(
        "chains and agents",
        Effect.NETWORK,
        _AWAITING,
        "langchain.agents.create_agent().invoke langchain.agents.create_agent().stream().__iter__ "
        "langgraph.prebuilt.create_react_agent().invoke langgraph.prebuilt.create_react_agent().stream().__iter__ "
        "langgraph.graph.StateGraph.compile().invoke langgraph.graph.StateGraph.compile().stream().__iter__ "
        "langgraph.graph.state.CompiledStateGraph.invoke "
        "langgraph.graph.state.CompiledStateGraph.stream().__iter__ "
        "llama_index.core.VectorStoreIndex.as_chat_engine().chat "
        "llama_index.core.VectorStoreIndex.as_query_engine().query "
        "llama_index.core.VectorStoreIndex.as_retriever().retrieve",
    ),
    Library(
        "documents",
        Effect.FILE,
        _TO_THREAD,
        "pdfplumber.open polars.read_csv polars.read_excel polars.read_ipc polars.read_json polars.read_parquet "
        "pyarrow.csv.read_csv pyarrow.parquet.read_table",
        {
            "docling.document_converter.DocumentConverter": "convert convert_all",
            "docx.Document": "save",
            "llama_index.core.SimpleDirectoryReader": "load_data",
            "markitdown.MarkItDown": "convert convert_local",
            "openpyxl.Workbook": "save",
            "pptx.Presentation": "save",
        },
    ),
    Library("videos", Effect.WAIT, _TO_THREAD, methods={"cv2.VideoCapture": "grab read"}),
    Library(
        "polars on databases",
        Effect.DATABASE,
        _TO_THREAD,
        "polars.read_database polars.read_database_uri",
        {"polars.DataFrame": "write_database"},
    ),
    Library(
        "serial ports",
        Effect.WAIT,
        "use pyserial-asyncio or `asyncio.to_thread`",
        methods={"serial.Serial": "read read_until readline readlines"},
    ),
    Library(
        "Modbus",
        Effect.NETWORK,
        "use `AsyncModbusTcpClient` or `AsyncModbusSerialClient`",
        methods={
            f"pymodbus.client.{name}": "connect mask_write_register read_coils read_device_information "
            "read_discrete_inputs read_fifo_queue read_file_record read_holding_registers read_input_registers "
            "write_coil write_coils write_register write_registers"
            for name in ("ModbusSerialClient", "ModbusTcpClient", "ModbusTlsClient", "ModbusUdpClient")
        },
    ),
    Library(
        "Google Maps",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "googlemaps.Client": "addressvalidation directions distance_matrix elevation elevation_along_path "
            "find_place geocode geolocate nearest_roads place places places_autocomplete "
            "places_autocomplete_query places_nearby places_photo reverse_geocode snap_to_roads "
            "snapped_speed_limits speed_limits static_map timezone",
        },
    ),
    Library(
        "models that are downloaded",
        Effect.NETWORK,
        _LOADING.replace("models", "it"),
        "datasets.load_dataset tiktoken.encoding_for_model tiktoken.get_encoding",
    ),
)

SERVICES: tuple[Library, ...] = (
    Library(
        "browsers",
        Effect.NETWORK,
        "use `playwright.async_api`",
        methods={
            "playwright.sync_api.Page": _BROWSER,
            "playwright.sync_api.Browser": "new_context new_page close",
            "playwright.sync_api.BrowserContext": "new_page storage_state cookies",
            "playwright.sync_api.Locator": _BROWSER,
            "playwright.sync_api.BrowserType": "connect connect_over_cdp launch launch_persistent_context",
        },
    ),
    Library(
        "hvac",
        Effect.NETWORK,
        _TO_THREAD,
        clients={"hvac.Client": _HVAC_PLAIN, "hvac.v1.Client": _HVAC_PLAIN},
    ),
    Library(
        "PyGithub",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "github.GithubIntegration": "get_access_token get_installation get_installations "
            "get_github_for_installation",
            "github.Repository.Repository": "add_to_collaborators compare create_git_blob create_git_commit "
            "create_git_ref create_git_release create_git_tag create_git_tree create_hook create_label "
            "create_repository_dispatch delete edit get_collaborators get_contributors get_git_blob "
            "get_git_commit "
            "get_git_ref get_git_tree get_labels get_languages get_latest_release get_milestones get_readme "
            "get_releases get_stargazers get_tags get_topics get_workflow get_workflow_run get_workflow_runs "
            "get_workflows merge",
            "github.PullRequest.PullRequest": "as_issue create_comment create_issue_comment create_review "
            "create_review_comment create_review_request edit get_comments get_commits get_files "
            "get_issue_comments "
            "get_labels get_review_comments get_reviews is_merged merge update_branch add_to_labels "
            "remove_from_labels",
            "github.Issue.Issue": "add_to_assignees add_to_labels create_comment delete_labels edit get_comment "
            "get_comments get_events get_labels lock remove_from_labels set_labels",
            "github.Organization.Organization": "create_repo get_members get_repo get_repos get_team get_teams",
            "github.AuthenticatedUser.AuthenticatedUser": "create_gist create_repo get_emails get_orgs get_repo "
            "get_repos",
            "github.NamedUser.NamedUser": "get_orgs get_repo get_repos",
        },
    ),
    Library(
        "python-gitlab",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "gitlab.Gitlab": "http_head http_patch http_request markdown search version",
            "gitlab.Gitlab.users": "create get list",
            "gitlab.Gitlab.mergerequests": "list",
            "gitlab.Gitlab.issues": "list",
            "gitlab.v4.objects.Project.issues": "create get list",
            "gitlab.v4.objects.Project.mergerequests": "create get list",
            "gitlab.v4.objects.Project.files": "create get update raw",
            "gitlab.v4.objects.Project.branches": "create delete get list",
            "gitlab.v4.objects.Project.commits": "create get list",
            "gitlab.v4.objects.Project.pipelines": "create get list",
            "gitlab.v4.objects.Project": "delete repository_archive repository_blob repository_compare "
            "repository_raw_blob repository_tree save search",
        },
    ),
    Library(
        "Atlassian",
        Effect.NETWORK,
        _TO_THREAD,
        clients={
            "atlassian.Confluence": "close url",
            "atlassian.Jira": "close url",
            "atlassian.Bitbucket": "close url",
        },
    ),
    Library(
        "notion-client",
        Effect.NETWORK,
        "use `notion_client.AsyncClient`",
        methods={
            "notion_client.Client.comments": "create list",
            "notion_client.Client.data_sources": "create query retrieve update",
            "notion_client.Client.file_uploads": "create list retrieve send",
        },
    ),
    Library(
        "mail and messages",
        Effect.NETWORK,
        _AWAITING,
        "resend.Emails.get resend.Emails.cancel resend.Emails.update resend.Batch.send resend.Contacts.create "
        "django.core.mail.send_mail django.core.mail.send_mass_mail django.core.mail.mail_admins "
        "mailjet_rest.Client.send.create prometheus_client.push_to_gateway prometheus_client.pushadd_to_gateway "
        "prometheus_client.delete_from_gateway whois.whois "
        "trafilatura.fetch_url "
        "firebase_admin.auth.list_users "
        "firebase_admin.auth.revoke_refresh_tokens firebase_admin.auth.set_custom_user_claims "
        "firebase_admin.auth.verify_session_cookie firebase_admin.auth.create_session_cookie "
        "firebase_admin.messaging.send_all firebase_admin.messaging.send_multicast "
        "firebase_admin.messaging.unsubscribe_from_topic nltk.download gspread.oauth",
        methods={
            "django.core.mail.EmailMessage": "send",
            "django.core.mail.EmailMultiAlternatives": "send",
            "apprise.Apprise": "notify",
            "yagmail.SMTP": "send",
            "twilio.rest.Client.verify.v2.services().verifications": "create",
            "twilio.rest.Client.verify.v2.services().verification_checks": "create",
            "twilio.rest.Client.verify.services().verifications": "create",
            "twilio.rest.Client.verify.services().verification_checks": "create",
            "twilio.rest.Client.lookups.v2.phone_numbers()": "fetch",
            "twilio.rest.Client.messages()": "delete fetch update",
            "twilio.rest.Client.calls()": "delete fetch update",
            "slack_sdk.socket_mode.SocketModeClient": "connect disconnect send_message",
            "yfinance.Ticker": "option_chain",
            "yfinance.Tickers": "download history news",
            "gspread.Spreadsheet": "del_worksheet get_worksheet values_clear values_get values_update",
            "gspread.Worksheet": "clear col_count delete_columns findall get get_values insert_row insert_rows "
            "range resize acell",
            "web3.Web3.eth": "create_access_list get_block_receipts get_raw_transaction modify_transaction "
            "replace_transaction",
            "O365.Account": "authenticate",
            "whois.NICClient": "whois_lookup",
            "ipinfo.Handler": "getDetails getBatchDetails",
            "plaid.api.plaid_api.PlaidApi": "accounts_balance_get accounts_get auth_get identity_get "
            "institutions_get item_get item_public_token_exchange item_remove link_token_create transactions_get "
            "transactions_sync",
        },
        clients={
            "stripe.StripeClient": "construct_event deserialize parse_thin_event parse_event_notification",
            "postmarker.core.PostmarkClient": "from_config",
            "alpaca.trading.client.TradingClient": "",
            "linkedin_api.Linkedin": "",
        },
    ),
    Library(
        "machines and lines",
        Effect.NETWORK,
        _TO_THREAD,
        "dns.query.https dns.query.tcp dns.query.tls dns.query.udp icmplib.multiping icmplib.ping "
        "icmplib.traceroute "
        "ping3.ping pythonping.ping scapy.all.sniff scapy.all.sr scapy.all.sr1 scapy.all.srp scapy.all.srp1",
        {
            "imap_tools.MailBox": "copy delete fetch flag login move uids",
            "pymodbus.client.ModbusTcpClient": "connect read_coils read_discrete_inputs read_holding_registers "
            "read_input_registers write_coil write_register write_registers",
            "speedtest.Speedtest": "download get_best_server get_servers upload",
            "mechanize.Browser": "open submit",
            "primp.Client": "delete get head patch post put request",
            "tls_client.Session": "delete get head patch post put",
            "tls_client.sessions.Session": "delete get head patch post put",
        },
    ),
    Library(
        "business services",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "discord.SyncWebhook": "delete fetch send",
            "discord_webhook.DiscordWebhook": "delete edit execute",
            "kombu.Producer": "publish",
            "langfuse.Langfuse": "auth_check flush get_dataset get_prompt",
            "pusher.Pusher": "trigger trigger_batch",
            "rq.Queue": "count empty enqueue enqueue_at enqueue_call enqueue_in fetch_job",
            "rq.job.Job": "fetch refresh",
            "pyairtable.Table": "all batch_create batch_delete batch_update create delete first get update",
            "xrpl.clients.JsonRpcClient": "request",
        },
        clients={
            "hubspot.Client": "",
            "hubspot.HubSpot": "",
            "linebot.LineBotApi": "",
            "linebot.v3.messaging.MessagingApi": "api_client",
            "mailchimp_marketing.Client": "set_config",
            "mailchimp_transactional.Client": "",
            "razorpay.Client": "get_app_details set_app_details utility",
            "solana.rpc.api.Client": "commitment",
            "todoist_api_python.api.TodoistAPI": "close",
            "zeep.Client.service": "",
            "suds.client.Client.service": "",
        },
    ),
    Library(
        "remote machines",
        Effect.NETWORK,
        "use `asyncssh` or `asyncio.to_thread`",
        "netmiko.ConnectHandler netmiko.ConnLogOnly netmiko.ConnUnify",
        methods={
            "paramiko.SFTPClient": "chdir file listdir_iter lstat normalize posix_rename",
            "paramiko.Channel": "recv recv_exit_status recv_stderr sendall",
            "fabric.Connection": "local close",
            "fabric2.Connection": "get open put run sudo",
            "scp.SCPClient": "get put putfo",
            "netmiko.ConnectHandler": "config_mode disconnect enable find_prompt save_config send_command "
            "send_command_expect send_command_timing send_config_from_file send_config_set send_multiline commit",
            "napalm.base.base.NetworkDriver": "close commit_config compare_config get_config get_facts "
            "get_interfaces load_merge_candidate open",
            "winrm.Session": "run_cmd run_ps",
            "pysftp.Connection": "execute get listdir put remove",
            "ncclient.manager.Manager": "commit edit_config get get_config lock",
        },
    ),
    Library(
        "python-ldap",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "ldap.ldapobject.LDAPObject": "add_s compare_s delete_s modify_s passwd_s result result3 sasl_bind_s "
            "search_st whoami_s",
        },
    ),
    Library(
        "ldap3",
        Effect.NETWORK,
        _TO_THREAD,
        methods={"ldap3.Connection": "modify_dn"},
    ),
    Library(
        "docker",
        Effect.NETWORK,
        "use `aiodocker` or `asyncio.to_thread`",
        methods={
            "docker.models.containers.Container": "attach diff export rename resize update",
            "docker.models.images.Image": "history reload remove save tag",
            "docker.models.networks.Network": "connect disconnect reload remove",
            "docker.models.volumes.Volume": "reload remove",
            "docker.models.services.Service": "logs reload remove scale tasks update",
        },
    ),
    Library(
        "kubernetes",
        Effect.NETWORK,
        "use `kubernetes_asyncio`",
        "kubernetes.stream.stream kubernetes.utils.create_from_dict kubernetes.utils.create_from_yaml",
        methods={"kubernetes.watch.Watch.stream()": "__iter__"},
    ),
    Library(
        "message brokers",
        Effect.NETWORK,
        "use the library's async twin or `asyncio.to_thread`",
        methods={
            "confluent_kafka.Consumer": "committed consume offsets_for_times position seek",
            "kafka.KafkaConsumer": "beginning_offsets offsets_for_times topics",
            "kafka.KafkaAdminClient": "create_partitions describe_cluster list_consumer_groups",
            "pika.adapters.blocking_connection.BlockingConnection": "channel close process_data_events sleep",
            "pika.adapters.blocking_connection.BlockingChannel": "basic_cancel basic_consume basic_nack basic_qos "
            "basic_reject close confirm_delivery consume exchange_bind exchange_delete queue_delete queue_purge "
            "queue_unbind",
            "stomp.Connection": "connect",
            "stomp.Connection11": "connect",
            "stomp.Connection12": "connect",
            "kombu.Connection": "connect drain_events ensure_connection",
            "paho.mqtt.client.MQTTMessageInfo": "wait_for_publish",
            "pulsar.Client": "create_producer subscribe",
            "pulsar.Producer": "send flush",
            "pulsar.Consumer": "receive",
        },
    ),
    Library(
        "paho-mqtt",
        Effect.NETWORK,
        "use `aiomqtt`",
        "paho.mqtt.publish.multiple paho.mqtt.publish.single paho.mqtt.subscribe.simple",
    ),
    Library(
        "memcached",
        Effect.NETWORK,
        "use `aiomcache` or `asyncio.to_thread`",
        methods=dict.fromkeys(
            ("pymemcache.client.hash.HashClient", "pymemcache.client.base.PooledClient"),
            "get set add replace delete incr decr get_many set_many touch flush_all gets cas",
        ),
    ),
    Library(
        "remote files",
        Effect.NETWORK,
        "make the file system with `asynchronous=True`, or use `asyncio.to_thread`",
        methods=dict.fromkeys(
            ("s3fs.S3FileSystem", "gcsfs.GCSFileSystem", "adlfs.AzureBlobFileSystem", "sshfs.SSHFileSystem"),
            _REMOTE_FILES,
        ),
    ),
    Library(
        "fsspec",
        Effect.FILE,
        _TO_THREAD,
        methods={"fsspec.AbstractFileSystem": _LOCAL_OR_REMOTE, "fsspec.core.OpenFile": "__enter__"},
    ),
    Library(
        "openers and wrapped sockets",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        "multiprocessing.connection.Client",
        {"ssl.SSLSocket": "connect do_handshake read recv sendall"},
    ),
    Library(
        "files of the standard library and of tables",
        Effect.FILE,
        _TO_THREAD,
        "dbm.open filecmp.cmp geopandas.read_file hashlib.file_digest rasterio.open shelve.open wave.open "
        "xarray.open_dataset",
    ),
    Library(
        "pandas and databases",
        Effect.DATABASE,
        _TO_THREAD,
        "pandas.read_gbq pandas.read_sql_table",
        {"pandas.DataFrame": "to_gbq to_sql"},
    ),
    Library(
        "downloads",
        Effect.NETWORK,
        _TO_THREAD,
        "wget.download gdown.download pooch.retrieve pytube.YouTube huggingface_hub.create_repo "
        "huggingface_hub.dataset_info huggingface_hub.delete_repo huggingface_hub.list_datasets "
        "huggingface_hub.list_repo_files huggingface_hub.repo_info",
        {
            "youtube_transcript_api.YouTubeTranscriptApi": "fetch get_transcript list list_transcripts",
            "huggingface_hub.HfApi": "create_commit delete_file delete_folder file_exists list_datasets "
            "repo_exists "
            "get_safetensors_metadata space_info update_repo_visibility",
            "huggingface_hub.InferenceClient": "image_to_text question_answering sentence_similarity "
            "zero_shot_classification",
        },
    ),
    Library(
        "git",
        Effect.PROCESS,
        _TO_THREAD,
        methods={
            "git.Repo": "archive blame clone_from is_dirty",
            "git.Remote": "fetch pull push update",
            "git.remote.Remote": "fetch pull push update",
            "git.Repo.git": "branch cherry_pick execute ls_files ls_remote merge rebase remote reset rev_list "
            "rev_parse rm show stash submodule switch tag worktree",
            "git.Repo.remotes.origin": "fetch pull push",
            "nmap.PortScanner": "scan",
        },
    ),
    Library(
        "docker-compose",
        Effect.PROCESS,
        _TO_THREAD,
        methods={"python_on_whales.DockerClient": "build pull push run"},
    ),
    Library(
        "ffmpeg",
        Effect.PROCESS,
        "use `asyncio.create_subprocess_exec`",
        "pydub.AudioSegment.from_ogg pydub.AudioSegment.from_wav moviepy.editor.VideoFileClip "
        "moviepy.VideoFileClip "
        "pdf2image.convert_from_path pdf2image.convert_from_bytes pytesseract.image_to_string "
        "pytesseract.image_to_data pypandoc.convert_file pypandoc.convert_text pdfkit.from_string "
        "pdfkit.from_file "
        "pdfkit.from_url",
        {"ffmpeg.nodes.Stream": "run", "pydub.AudioSegment": "export", "fabric.Connection": "local"},
    ),
    Library(
        "waiting",
        Effect.WAIT,
        "use asyncio's own primitives",
        "psutil.wait_procs concurrent.futures.as_completed().__iter__ "
        "concurrent.futures.ProcessPoolExecutor.map().__iter__ "
        "concurrent.futures.ThreadPoolExecutor.map().__iter__",
        {
            "multiprocessing.connection.Connection": "recv recv_bytes recv_bytes_into",
            "multiprocessing.pool.AsyncResult": "get wait",
            "psutil.Process": "wait",
            "psutil.Popen": "communicate wait",
            "filelock.FileLock": "acquire",
            "fasteners.InterProcessLock": "acquire",
            "portalocker.Lock": "acquire",
        },
    ),
    Library(
        "event loops of libraries",
        Effect.LOOP,
        "await its asynchronous twin",
        "aiohttp.web.run_app agents.Runner.run_sync tortoise.run_async",
        {
            "discord.Client": "run",
            "discord.ext.commands.Bot": "run",
            "telegram.ext.Application": "run_polling run_webhook",
            "fastmcp.FastMCP": "run",
            "mcp.server.fastmcp.FastMCP": "run",
            "pydantic_ai.Agent": "run_sync",
            "quart.Quart": "run",
        },
    ),
)
