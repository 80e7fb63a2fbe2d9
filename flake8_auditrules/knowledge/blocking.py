"""What blocks: the calls of known libraries that hold the thread, each with its kind of cost and its cure."""

from __future__ import annotations

import functools

from flake8_auditrules.knowledge.blocking_clouds import CLOUDS, family_of
from flake8_auditrules.knowledge.blocking_formats import FORMATS
from flake8_auditrules.knowledge.blocking_services import MODELS, SERVICES, STORES
from flake8_auditrules.knowledge.effects import Effect as Effect
from flake8_auditrules.knowledge.effects import Library
from flake8_auditrules.records import NamedTuple


class Blocking(NamedTuple):
    """What is known of one blocking call: its effect, and what to use in its place on an event loop."""

    effect: Effect
    cure: str


_HTTP_VERBS = "get post put patch delete head options request send"
_REDIS_PLAIN = (
    "close from_url pipeline pubsub lock register_script get_connection_kwargs get_encoder get_retry set_retry "
    "connection_pool response_callbacks set_response_callback json ft ts bf cf topk tdigest cms scan_iter "
    "sscan_iter hscan_iter zscan_iter monitor"
)
_CURSOR = "execute executemany callproc fetchone fetchmany fetchall"
_BOTO_PLAIN = (
    "close can_paginate get_paginator get_waiter generate_presigned_url generate_presigned_post meta exceptions"
)
_OPENAI_PLAIN = (
    "close copy with_options is_closed base_url api_key auth_headers default_headers default_query timeout "
    "max_retries organization with_raw_response with_streaming_response qs user_agent platform_headers "
    "custom_auth webhooks"
)
_QUERY_SENT = "all first one one_or_none scalar count get update delete __iter__"
_SESSION_SENT = (
    "execute scalar scalars commit flush refresh get get_one merge rollback exec bulk_save_objects "
    "bulk_insert_mappings bulk_update_mappings connection"
)
_STRIPE = {
    "Account": "create retrieve modify list delete",
    "AccountLink": "create",
    "Charge": "create retrieve modify list capture search",
    "Coupon": "create retrieve modify list delete",
    "Customer": "create retrieve modify list delete search",
    "Event": "retrieve list",
    "Invoice": "create retrieve modify list delete search pay finalize_invoice",
    "PaymentIntent": "create retrieve modify list cancel confirm capture search",
    "PaymentMethod": "create retrieve modify list attach detach",
    "Payout": "create retrieve modify list cancel",
    "Price": "create retrieve modify list search",
    "Product": "create retrieve modify list delete search",
    "Refund": "create retrieve modify list cancel",
    "SetupIntent": "create retrieve modify list cancel confirm",
    "Subscription": "create retrieve modify list delete cancel search",
    "Transfer": "create retrieve modify list",
    "billing_portal.Session": "create",
    "checkout.Session": "create retrieve modify list expire",
}
_FILE_READ = "read read1 readall readinto readline readlines"
_TO_THREAD = "use `await asyncio.to_thread(...)`"

_BEST_KNOWN: tuple[Library, ...] = (
    # -- sleeping ------------------------------------------------------------------------------------------
    Library("time", Effect.SLEEP, "use `await asyncio.sleep(...)`", "time.sleep"),
    Library(
        "psutil",
        Effect.SLEEP,
        "leave out the interval, or use `asyncio.to_thread`",
        "psutil.cpu_percent psutil.cpu_times_percent psutil.Process.cpu_percent",
    ),
    Library("eventlet and gevent", Effect.SLEEP, "use `await asyncio.sleep(...)`", "eventlet.sleep gevent.sleep"),
    # -- HTTP ----------------------------------------------------------------------------------------------
    Library(
        "requests",
        Effect.NETWORK,
        "use `httpx.AsyncClient` or `asyncio.to_thread`",
        "requests.get requests.post requests.put requests.patch requests.delete requests.head requests.options "
        "requests.request",
        {"requests.Session": _HTTP_VERBS},
    ),
    Library(
        "httpx",
        Effect.NETWORK,
        "use `httpx.AsyncClient`",
        "httpx.get httpx.post httpx.put httpx.patch httpx.delete httpx.head httpx.options httpx.request "
        "httpx.stream",
        {"httpx.Client": f"{_HTTP_VERBS} stream"},
    ),
    Library(
        "urllib",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        "urllib.request.urlopen urllib.request.urlretrieve",
        {"urllib.request.OpenerDirector": "open"},
    ),
    Library(
        "urllib3",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        "urllib3.request",
        {
            "urllib3.PoolManager": "request urlopen request_encode_url request_encode_body",
            "urllib3.ProxyManager": "request urlopen request_encode_url request_encode_body",
            "urllib3.HTTPConnectionPool": "request urlopen",
            "urllib3.HTTPSConnectionPool": "request urlopen",
        },
    ),
    Library(
        "http.client",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        methods={
            "http.client.HTTPConnection": "request getresponse connect endheaders send",
            "http.client.HTTPSConnection": "request getresponse connect endheaders send",
        },
    ),
    Library(
        "httplib2",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        methods={"httplib2.Http": "request"},
    ),
    Library(
        "pycurl", Effect.NETWORK, "use an async client", methods={"pycurl.Curl": "perform perform_rs perform_rb"}
    ),
    Library(
        "niquests",
        Effect.NETWORK,
        "use `niquests.AsyncSession`",
        "niquests.get niquests.post niquests.put niquests.patch niquests.delete niquests.head niquests.options "
        "niquests.request",
        {"niquests.Session": _HTTP_VERBS},
    ),
    Library(
        "curl_cffi",
        Effect.NETWORK,
        "use `curl_cffi.requests.AsyncSession`",
        "curl_cffi.requests.get curl_cffi.requests.post curl_cffi.requests.put curl_cffi.requests.patch "
        "curl_cffi.requests.delete curl_cffi.requests.head curl_cffi.requests.options curl_cffi.requests.request",
        {"curl_cffi.requests.Session": "get post put patch delete head options request"},
    ),
    Library(
        "requests_oauthlib",
        Effect.NETWORK,
        "use `authlib`'s AsyncOAuth2Client",
        methods={
            "requests_oauthlib.OAuth2Session": f"{_HTTP_VERBS} fetch_token refresh_token",
            "requests_oauthlib.OAuth1Session": f"{_HTTP_VERBS} fetch_request_token fetch_access_token",
        },
    ),
    Library(
        "authlib",
        Effect.NETWORK,
        "use `AsyncOAuth2Client`",
        methods={
            "authlib.integrations.requests_client.OAuth2Session": f"{_HTTP_VERBS} fetch_token refresh_token",
            "authlib.integrations.httpx_client.OAuth2Client": f"{_HTTP_VERBS} fetch_token refresh_token",
        },
    ),
    Library("cloudscraper", Effect.NETWORK, _TO_THREAD, methods={"cloudscraper.CloudScraper": _HTTP_VERBS}),
    Library(
        "feedparser", Effect.NETWORK, "fetch the feed with an async client and parse its text", "feedparser.parse"
    ),
    # -- sockets and the protocols of the standard library ---------------------------------------------------
    Library(
        "socket",
        Effect.NETWORK,
        "use `asyncio.open_connection` or the loop's own methods",
        "socket.create_connection socket.getaddrinfo socket.gethostbyname socket.gethostbyname_ex "
        "socket.gethostbyaddr socket.getfqdn socket.getnameinfo ssl.get_server_certificate",
        {"socket.socket": "connect sendall accept recv recvfrom"},
    ),
    Library(
        "smtplib",
        Effect.NETWORK,
        "use `aiosmtplib` or `asyncio.to_thread`",
        "smtplib.SMTP smtplib.SMTP_SSL",
        dict.fromkeys(
            ("smtplib.SMTP", "smtplib.SMTP_SSL", "smtplib.LMTP"),
            "connect login starttls sendmail send_message quit ehlo helo ehlo_or_helo_if_needed noop verify",
        ),
    ),
    Library(
        "ftplib",
        Effect.NETWORK,
        "use `aioftp` or `asyncio.to_thread`",
        methods=dict.fromkeys(
            ("ftplib.FTP", "ftplib.FTP_TLS"),
            "connect login cwd nlst mlsd dir retrbinary retrlines storbinary storlines size rename delete mkd "
            "rmd pwd quit",
        ),
    ),
    Library(
        "imaplib",
        Effect.NETWORK,
        "use `aioimaplib` or `asyncio.to_thread`",
        "imaplib.IMAP4 imaplib.IMAP4_SSL",
        dict.fromkeys(
            ("imaplib.IMAP4", "imaplib.IMAP4_SSL"),
            "login select search fetch store copy append expunge uid list logout noop",
        ),
    ),
    Library(
        "poplib",
        Effect.NETWORK,
        _TO_THREAD,
        "poplib.POP3 poplib.POP3_SSL",
        dict.fromkeys(("poplib.POP3", "poplib.POP3_SSL"), "user pass_ stat list retr dele quit top uidl"),
    ),
    Library(
        "telnetlib", Effect.NETWORK, "use `telnetlib3`", methods={"telnetlib.Telnet": "open read_until read_all"}
    ),
    Library(
        "websocket-client",
        Effect.NETWORK,
        "use `websockets.asyncio.client` or `asyncio.to_thread`",
        "websocket.create_connection",
        {
            "websocket.WebSocket": "connect send send_text send_bytes send_binary send_frame recv recv_data "
            "recv_data_frame recv_frame ping pong",
            "websocket.WebSocketApp": "run_forever",
        },
    ),
    Library(
        "websockets.sync",
        Effect.NETWORK,
        "use `websockets.asyncio.client` or `asyncio.to_thread`",
        "websockets.sync.client.connect websockets.sync.client.unix_connect",
        {"websockets.sync.client.ClientConnection": "send recv recv_streaming close ping"},
    ),
    Library("pywebpush", Effect.NETWORK, _TO_THREAD, "pywebpush.webpush", {"pywebpush.WebPusher": "send"}),
    Library(
        "web3",
        Effect.NETWORK,
        "use `web3.AsyncWeb3`",
        methods={
            "web3.Web3": "is_connected",
            "web3.Web3.eth": "call estimate_gas fee_history get_balance get_block get_block_number get_code "
            "get_logs get_storage_at get_transaction get_transaction_count get_transaction_receipt "
            "send_raw_transaction "
            "send_transaction wait_for_transaction_receipt",
        },
    ),
    Library("xmlrpc", Effect.NETWORK, _TO_THREAD, clients={"xmlrpc.client.ServerProxy": ""}),
    # -- clouds --------------------------------------------------------------------------------------------
    Library(
        "boto3",
        Effect.NETWORK,
        "use `aioboto3` or `asyncio.to_thread`",
        methods={
            "boto3.s3.transfer.S3Transfer": "upload_file download_file",
        },
        clients={
            "botocore.client.BaseClient": _BOTO_PLAIN,
        },
    ),
    Library(
        "google-cloud",
        Effect.NETWORK,
        "use the library's async client or `asyncio.to_thread`",
        methods={
            "google.cloud.storage.Client": "get_bucket create_bucket list_buckets list_blobs lookup_bucket "
            "download_blob_to_file",
            "google.cloud.storage.Bucket": "get_blob list_blobs delete_blob delete_blobs copy_blob rename_blob "
            "create "
            "delete exists reload patch update",
            "google.cloud.storage.Blob": "upload_from_string upload_from_file upload_from_filename "
            "download_as_bytes download_as_string download_as_text download_to_file download_to_filename delete "
            "exists reload patch update make_public make_private rewrite compose",
            "google.cloud.bigquery.Client": "query query_and_wait get_table get_dataset create_table "
            "create_dataset "
            "insert_rows insert_rows_json load_table_from_json load_table_from_dataframe load_table_from_file "
            "load_table_from_uri list_rows list_tables list_datasets delete_table delete_dataset update_table "
            "get_job list_jobs extract_table copy_table",
            "google.cloud.bigquery.QueryJob": "result to_dataframe exists reload",
            "google.cloud.datastore.Client": "get get_multi put put_multi delete delete_multi",
            "google.cloud.secretmanager.SecretManagerServiceClient": "access_secret_version create_secret "
            "add_secret_version get_secret list_secrets list_secret_versions delete_secret get_secret_version",
            "google.cloud.tasks_v2.CloudTasksClient": "create_task get_task list_tasks delete_task create_queue "
            "get_queue list_queues",
            "google.cloud.translate_v2.Client": "translate detect_language get_languages",
            "google.cloud.vision.ImageAnnotatorClient": "annotate_image batch_annotate_images text_detection "
            "label_detection document_text_detection face_detection",
            "google.cloud.speech.SpeechClient": "recognize long_running_recognize streaming_recognize",
            "google.cloud.texttospeech.TextToSpeechClient": "synthesize_speech list_voices",
            "google.cloud.language_v1.LanguageServiceClient": "analyze_sentiment analyze_entities classify_text",
            "google.cloud.pubsub_v1.SubscriberClient": "pull acknowledge create_subscription get_subscription",
            "google.cloud.logging.Client": "list_entries list_logs",
        },
    ),
    Library(
        "firestore",
        Effect.DATABASE,
        "use `google.cloud.firestore.AsyncClient`",
        methods={
            "google.cloud.firestore.Client": "get_all collections",
            "google.cloud.firestore.DocumentReference": "get set update delete create",
            "google.cloud.firestore.CollectionReference": "get add stream",
            "google.cloud.firestore.Query": "get stream",
        },
    ),
    Library(
        "google-api-python-client",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "googleapiclient.http.HttpRequest": "execute next_chunk",
            "googleapiclient.http.BatchHttpRequest": "execute",
        },
    ),
    Library(
        "google-auth",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "google.auth.default google.oauth2.id_token.verify_oauth2_token google.oauth2.id_token.verify_token "
        "google.oauth2.id_token.verify_firebase_token google.oauth2.id_token.fetch_id_token",
        {
            "google.oauth2.credentials.Credentials": "refresh",
            "google.oauth2.service_account.Credentials": "refresh",
            "google.auth.credentials.Credentials": "refresh",
            "google.auth.transport.requests.AuthorizedSession": _HTTP_VERBS,
        },
    ),
    Library(
        "azure-storage",
        Effect.NETWORK,
        "use `azure.storage.blob.aio`",
        methods={
            "azure.storage.blob.BlobServiceClient": "create_container delete_container list_containers "
            "get_account_information get_user_delegation_key",
            "azure.storage.blob.ContainerClient": "create_container delete_container upload_blob delete_blob "
            "delete_blobs download_blob list_blobs list_blob_names exists get_container_properties",
            "azure.storage.blob.BlobClient": "upload_blob download_blob delete_blob exists get_blob_properties "
            "set_blob_metadata start_copy_from_url",
        },
    ),
    Library(
        "azure-identity",
        Effect.NETWORK,
        "use `azure.identity.aio`",
        methods={
            f"azure.identity.{name}": "get_token"
            for name in (
                "DefaultAzureCredential",
                "ClientSecretCredential",
                "ManagedIdentityCredential",
                "AzureCliCredential",
                "CertificateCredential",
                "ChainedTokenCredential",
                "EnvironmentCredential",
                "WorkloadIdentityCredential",
            )
        },
    ),
    Library(
        "azure-keyvault",
        Effect.NETWORK,
        "use `azure.keyvault.secrets.aio`",
        methods={
            "azure.keyvault.secrets.SecretClient": "get_secret set_secret begin_delete_secret "
            "list_properties_of_secrets purge_deleted_secret update_secret_properties",
        },
    ),
    Library(
        "minio",
        Effect.NETWORK,
        "use `miniopy-async` or `asyncio.to_thread`",
        methods={
            "minio.Minio": "get_object put_object fget_object fput_object remove_object remove_objects "
            "list_objects "
            "list_buckets make_bucket remove_bucket bucket_exists stat_object copy_object set_bucket_policy "
            "get_bucket_policy",
        },
    ),
    Library("dropbox", Effect.NETWORK, _TO_THREAD, clients={"dropbox.Dropbox": "close with_path_root clone"}),
    Library(
        "kubernetes",
        Effect.NETWORK,
        "use `kubernetes_asyncio`",
        "kubernetes.config.load_kube_config",
        clients={
            f"kubernetes.client.{name}": "api_client"
            for name in (
                "CoreV1Api",
                "AppsV1Api",
                "BatchV1Api",
                "NetworkingV1Api",
                "RbacAuthorizationV1Api",
                "CustomObjectsApi",
                "AutoscalingV1Api",
                "VersionApi",
            )
        },
    ),
    Library(
        "docker",
        Effect.NETWORK,
        "use `aiodocker` or `asyncio.to_thread`",
        clients={"docker.DockerClient": "close api", "docker.APIClient": "close"},
        methods={
            "docker.models.containers.Container": "start stop kill restart remove reload logs exec_run wait stats "
            "commit pause unpause put_archive get_archive top",
        },
    ),
    # -- language models -----------------------------------------------------------------------------------
    Library(
        "openai",
        Effect.NETWORK,
        "use `openai.AsyncOpenAI`",
        "openai.ChatCompletion.create openai.Completion.create openai.Embedding.create openai.Image.create "
        "openai.Audio.transcribe openai.Moderation.create openai.chat.completions.create openai.embeddings.create",
        clients={"openai.OpenAI": _OPENAI_PLAIN, "openai.AzureOpenAI": _OPENAI_PLAIN},
    ),
    Library(
        "anthropic",
        Effect.NETWORK,
        "use `anthropic.AsyncAnthropic`",
        clients=dict.fromkeys(
            ("anthropic.Anthropic", "anthropic.AnthropicBedrock", "anthropic.AnthropicVertex"),
            f"{_OPENAI_PLAIN} auth_token",
        ),
    ),
    Library("groq", Effect.NETWORK, "use `groq.AsyncGroq`", clients={"groq.Groq": _OPENAI_PLAIN}),
    Library(
        "together", Effect.NETWORK, "use `together.AsyncTogether`", clients={"together.Together": _OPENAI_PLAIN}
    ),
    Library(
        "cohere",
        Effect.NETWORK,
        "use `cohere.AsyncClient`",
        methods=dict.fromkeys(
            ("cohere.Client", "cohere.ClientV2"),
            "chat chat_stream generate embed rerank classify tokenize detokenize summarize",
        ),
    ),
    Library(
        "mistralai",
        Effect.NETWORK,
        "use its `_async` methods",
        methods={
            "mistralai.Mistral.chat": "complete stream parse",
            "mistralai.Mistral.embeddings": "create",
            "mistralai.Mistral.fim": "complete stream",
            "mistralai.Mistral.models": "list retrieve",
            "mistralai.Mistral.ocr": "process",
        },
    ),
    Library(
        "replicate",
        Effect.NETWORK,
        "use `replicate.async_run`",
        "replicate.run replicate.predictions.create replicate.models.get",
        {"replicate.Client": "run"},
    ),
    Library(
        "transformers",
        Effect.FILE,
        "load models before the loop starts, or in `asyncio.to_thread`",
        " ".join(
            f"transformers.{name}.from_pretrained"
            for name in (
                "AutoConfig",
                "AutoFeatureExtractor",
                "AutoImageProcessor",
                "AutoModel",
                "AutoModelForCausalLM",
                "AutoModelForSeq2SeqLM",
                "AutoModelForSequenceClassification",
                "AutoProcessor",
                "AutoTokenizer",
                "PreTrainedModel",
                "PreTrainedTokenizer",
                "PreTrainedTokenizerFast",
            )
        ),
    ),
    Library(
        "supabase",
        Effect.NETWORK,
        "use `acreate_client` or `asyncio.to_thread`",
        "",
        {
            "supabase.Client": "execute",
            "supabase.Client.auth": "exchange_code_for_session get_user refresh_session reset_password_for_email "
            "sign_in_with_otp sign_in_with_password sign_up update_user verify_otp",
            "supabase.Client.auth.admin": "create_user delete_user get_user_by_id list_users update_user_by_id",
            "supabase.Client.storage.from_()": "copy create_signed_url download list move remove update upload",
        },
    ),
    Library(
        "tavily",
        Effect.NETWORK,
        "use `AsyncTavilyClient`",
        "",
        {"tavily.TavilyClient": "crawl extract get_search_context map qna_search search"},
    ),
    Library(
        "exa_py",
        Effect.NETWORK,
        "use `AsyncExa`",
        "",
        {"exa_py.Exa": "answer find_similar find_similar_and_contents get_contents search search_and_contents"},
    ),
    Library(
        "ddgs",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "",
        {f"{name}.DDGS": "answers books chat images news text videos" for name in ("ddgs", "duckduckgo_search")},
    ),
    Library(
        "dnspython",
        Effect.NETWORK,
        "use `dns.asyncresolver`",
        "dns.resolver.query dns.resolver.resolve dns.resolver.resolve_address",
        {"dns.resolver.Resolver": "query resolve resolve_address"},
    ),
    Library(
        "e2b",
        Effect.NETWORK,
        "use `AsyncSandbox`",
        "e2b.Sandbox e2b_code_interpreter.Sandbox e2b.Sandbox.create e2b_code_interpreter.Sandbox.create",
        {"e2b_code_interpreter.Sandbox": "run_code"},
    ),
    Library(
        "msal",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "",
        {
            "msal.ConfidentialClientApplication": "acquire_token_by_auth_code_flow "
            "acquire_token_by_authorization_code acquire_token_for_client acquire_token_on_behalf_of",
        },
    ),
    Library(
        "PyJWT",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "",
        {"jwt.PyJWKClient": "fetch_data get_jwk_set get_signing_key get_signing_key_from_jwt get_signing_keys"},
    ),
    Library(
        "gspread",
        Effect.NETWORK,
        "use `gspread_asyncio` or `asyncio.to_thread`",
        "",
        {
            "gspread.Client": "create open open_by_key open_by_url",
            "gspread.Spreadsheet": "add_worksheet batch_update values_append worksheet worksheets",
            "gspread.Worksheet": "append_row append_rows batch_get batch_update cell col_values delete_rows find "
            "get_all_records get_all_values row_values update update_cell update_cells",
        },
    ),
    Library(
        "simple-salesforce",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "",
        {"simple_salesforce.Salesforce": "query query_all query_more restful search"},
    ),
    Library(
        "searches, translations and downloads",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "assemblyai.Transcriber.transcribe deepl.DeepLClient.translate_text deepl.Translator.translate_text "
        "deep_translator.GoogleTranslator.translate gtts.gTTS.save gtts.gTTS.write_to_fp "
        "newspaper.Article.download nltk.download resend.Emails.send serpapi.GoogleSearch.get_dict "
        "wikipedia.page wikipedia.search wikipedia.summary",
    ),
    Library(
        "huggingface_hub",
        Effect.NETWORK,
        "use `asyncio.to_thread`",
        "huggingface_hub.hf_hub_download huggingface_hub.snapshot_download huggingface_hub.upload_file "
        "huggingface_hub.upload_folder huggingface_hub.list_models huggingface_hub.model_info "
        "huggingface_hub.whoami "
        "huggingface_hub.login",
        {
            "huggingface_hub.HfApi": "upload_file upload_folder list_models model_info whoami create_repo "
            "delete_repo list_repo_files hf_hub_download snapshot_download dataset_info repo_info",
        },
    ),
    Library(
        "huggingface_hub",
        Effect.NETWORK,
        "use `AsyncInferenceClient` or `asyncio.to_thread`",
        "",
        {
            "huggingface_hub.InferenceClient": "chat_completion text_generation text_to_image feature_extraction "
            "text_classification summarization translation text_to_speech automatic_speech_recognition",
        },
    ),
    Library(
        "google-generativeai",
        Effect.NETWORK,
        "use its `_async` methods",
        "google.generativeai.embed_content google.generativeai.list_models google.generativeai.upload_file",
        {
            "google.generativeai.GenerativeModel": "generate_content count_tokens",
            "google.generativeai.ChatSession": "send_message",
        },
    ),
    Library(
        "google-genai",
        Effect.NETWORK,
        "use `client.aio`",
        methods={
            "google.genai.Client.models": "generate_content generate_content_stream embed_content count_tokens "
            "list "
            "get generate_images",
            "google.genai.Client.files": "upload get list delete",
        },
    ),
    Library(
        "ollama",
        Effect.NETWORK,
        "use `ollama.AsyncClient`",
        "ollama.chat ollama.generate ollama.embeddings ollama.embed ollama.list ollama.pull ollama.show",
        {"ollama.Client": "chat generate embeddings embed list pull push show create delete copy ps"},
    ),
    Library(
        "litellm",
        Effect.NETWORK,
        "use `litellm.acompletion`",
        "litellm.completion litellm.embedding litellm.image_generation litellm.transcription litellm.speech "
        "litellm.moderation litellm.text_completion litellm.rerank",
    ),
    # -- services ------------------------------------------------------------------------------------------
    Library(
        "spotipy",
        Effect.NETWORK,
        "use an async client or `asyncio.to_thread`",
        clients={"spotipy.Spotify": "set_auth auth_manager max_retries"},
        methods={
            "spotipy.oauth2.SpotifyOAuth": "get_access_token refresh_access_token",
            "spotipy.oauth2.SpotifyClientCredentials": "get_access_token",
            "spotipy.SpotifyOAuth": "get_access_token refresh_access_token",
            "spotipy.SpotifyClientCredentials": "get_access_token",
        },
    ),
    Library(
        "stripe",
        Effect.NETWORK,
        "use the method's `_async` twin",
        methods={f"stripe.{resource}": methods for resource, methods in _STRIPE.items()},
    ),
    Library(
        "twilio",
        Effect.NETWORK,
        "use `AsyncTwilioHttpClient` and the method's `_async` twin",
        methods={
            "twilio.rest.Client.messages": "create list stream",
            "twilio.rest.Client.calls": "create list stream",
        },
    ),
    Library(
        "slack_sdk",
        Effect.NETWORK,
        "use `slack_sdk.web.async_client.AsyncWebClient`",
        clients={"slack_sdk.WebClient": "token base_url headers retry_handlers proxy timeout ssl"},
        methods={
            "slack_sdk.webhook.WebhookClient": "send send_dict",
            "slack_sdk.WebhookClient": "send send_dict",
        },
    ),
    Library(
        "sendgrid",
        Effect.NETWORK,
        _TO_THREAD,
        methods={"sendgrid.SendGridAPIClient": "send", "sendgrid.SendGridAPIClient.client.mail.send": "post"},
    ),
    Library("postmarker", Effect.NETWORK, _TO_THREAD, clients={"postmarker.core.PostmarkClient": "from_config"}),
    Library(
        "tweepy",
        Effect.NETWORK,
        "use `tweepy.asynchronous.AsyncClient`",
        clients={"tweepy.Client": "session", "tweepy.API": "auth session"},
    ),
    Library("praw", Effect.NETWORK, "use `asyncpraw`", methods={"praw.Reddit": "request"}),
    Library(
        "PyGithub",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "github.Github": "get_repo get_user get_organization get_repos search_repositories search_code "
            "search_issues get_rate_limit get_gist",
            "github.Repository.Repository": "get_contents create_file update_file delete_file get_pulls get_pull "
            "get_issues get_issue create_issue create_pull get_branches get_branch get_commits get_commit",
        },
    ),
    Library(
        "python-gitlab",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "gitlab.Gitlab": "auth http_get http_post http_put http_delete http_list",
            "gitlab.Gitlab.projects": "get list create delete",
            "gitlab.Gitlab.groups": "get list create delete",
        },
    ),
    Library(
        "jira", Effect.NETWORK, _TO_THREAD, "jira.JIRA", clients={"jira.JIRA": "close client_info server_url"}
    ),
    Library(
        "notion-client",
        Effect.NETWORK,
        "use `notion_client.AsyncClient`",
        methods={
            "notion_client.Client": "search request",
            "notion_client.Client.pages": "create retrieve update",
            "notion_client.Client.databases": "query retrieve create update list",
            "notion_client.Client.blocks": "retrieve update delete",
            "notion_client.Client.blocks.children": "list append",
            "notion_client.Client.users": "list retrieve me",
        },
    ),
    Library(
        "hvac",
        Effect.NETWORK,
        _TO_THREAD,
        methods={"hvac.Client": "read write list delete is_authenticated renew_token lookup_token"},
    ),
    Library("python-consul", Effect.NETWORK, _TO_THREAD, clients={"consul.Consul": "http"}),
    Library(
        "firebase-admin",
        Effect.NETWORK,
        _TO_THREAD,
        "firebase_admin.auth.verify_id_token firebase_admin.auth.get_user firebase_admin.auth.create_user "
        "firebase_admin.auth.update_user firebase_admin.auth.delete_user firebase_admin.auth.get_user_by_email "
        "firebase_admin.messaging.send firebase_admin.messaging.send_each "
        "firebase_admin.messaging.send_each_for_multicast firebase_admin.messaging.subscribe_to_topic",
    ),
    Library(
        "python-telegram (telebot)",
        Effect.NETWORK,
        "use `telebot.async_telebot.AsyncTeleBot`",
        methods={
            "telebot.TeleBot": "send_message reply_to send_photo send_document edit_message_text delete_message "
            "get_me get_file download_file polling infinity_polling answer_callback_query get_chat "
            "get_chat_member",
        },
    ),
    Library(
        "paramiko",
        Effect.NETWORK,
        "use `asyncssh` or `asyncio.to_thread`",
        methods={
            "paramiko.SSHClient": "connect exec_command open_sftp invoke_shell",
            "paramiko.SFTPClient": "get put listdir listdir_attr stat open remove rename mkdir rmdir getfo putfo",
            "paramiko.Transport": "connect auth_password auth_publickey open_session open_channel",
        },
    ),
    Library(
        "fabric",
        Effect.NETWORK,
        "use `asyncssh` or `asyncio.to_thread`",
        methods={"fabric.Connection": "run sudo get put open"},
    ),
    Library(
        "ldap3",
        Effect.NETWORK,
        _TO_THREAD,
        methods={"ldap3.Connection": "bind unbind search add modify delete rebind start_tls compare"},
    ),
    Library(
        "python-ldap",
        Effect.NETWORK,
        _TO_THREAD,
        methods={"ldap.ldapobject.LDAPObject": "simple_bind_s search_s search_ext_s bind_s start_tls_s unbind_s"},
    ),
    Library(
        "yfinance",
        Effect.NETWORK,
        _TO_THREAD,
        "yfinance.download",
        {"yfinance.Ticker": "history get_info"},
    ),
    Library(
        "yt-dlp",
        Effect.NETWORK,
        _TO_THREAD,
        methods=dict.fromkeys(("yt_dlp.YoutubeDL", "youtube_dl.YoutubeDL"), "extract_info download"),
    ),
    Library(
        "selenium",
        Effect.NETWORK,
        "use `playwright.async_api`",
        methods={
            f"selenium.webdriver.{browser}": "get find_element find_elements execute_script quit refresh "
            "save_screenshot get_screenshot_as_png implicitly_wait"
            for browser in ("Chrome", "Firefox", "Remote", "Edge", "Safari")
        },
    ),
    Library(
        "geopy",
        Effect.NETWORK,
        "use its `AioHTTPAdapter`",
        methods={"geopy.geocoders.Nominatim": "geocode reverse"},
    ),
    Library("suds and zeep", Effect.NETWORK, "use `zeep.AsyncClient`", "zeep.Client suds.client.Client"),
    Library(
        "paho-mqtt",
        Effect.NETWORK,
        "use `aiomqtt`, or `connect_async` and `loop_start`",
        methods={"paho.mqtt.client.Client": "connect reconnect loop_forever loop"},
    ),
    Library(
        "pika",
        Effect.NETWORK,
        "use `aio-pika`",
        "pika.BlockingConnection pika.adapters.blocking_connection.BlockingConnection",
        {
            "pika.BlockingConnection": "channel process_data_events sleep close",
            "pika.adapters.blocking_connection.BlockingChannel": "basic_publish basic_get queue_declare "
            "exchange_declare queue_bind start_consuming basic_ack",
        },
    ),
    Library(
        "kafka-python",
        Effect.NETWORK,
        "use `aiokafka`",
        "kafka.KafkaProducer kafka.KafkaConsumer kafka.KafkaAdminClient",
        {
            "kafka.KafkaProducer": "flush send partitions_for",
            "kafka.KafkaConsumer": "poll commit seek_to_end seek_to_beginning partitions_for_topic end_offsets "
            "__iter__",
            "kafka.KafkaAdminClient": "create_topics delete_topics list_topics describe_topics",
        },
    ),
    Library(
        "confluent-kafka",
        Effect.NETWORK,
        "use `confluent_kafka.aio` or a thread",
        methods={
            "confluent_kafka.Producer": "flush list_topics",
            "confluent_kafka.Consumer": "poll consume list_topics commit get_watermark_offsets",
        },
    ),
    Library(
        "redis",
        Effect.NETWORK,
        "use `redis.asyncio`",
        clients={"redis.Redis": _REDIS_PLAIN},
        methods={
            "redis.Pipeline": "execute watch unwatch",
            "redis.PubSub": "get_message listen subscribe psubscribe unsubscribe punsubscribe",
            "redis.lock.Lock": "acquire release extend reacquire __enter__",
        },
    ),
    Library(
        "memcached",
        Effect.NETWORK,
        "use `aiomcache` or `asyncio.to_thread`",
        methods=dict.fromkeys(
            (
                "pymemcache.client.base.Client",
                "pymemcache.Client",
                "pymemcache.PooledClient",
                "pymemcache.HashClient",
                "pylibmc.Client",
                "memcache.Client",
                "bmemcached.Client",
            ),
            "get set add replace delete incr decr get_many set_many get_multi set_multi touch flush_all gets cas",
        ),
    ),
    # -- search engines and vector stores --------------------------------------------------------------------
    Library(
        "elasticsearch",
        Effect.DATABASE,
        "use `AsyncElasticsearch`",
        "elasticsearch.helpers.bulk elasticsearch.helpers.scan elasticsearch.helpers.parallel_bulk",
        clients={"elasticsearch.Elasticsearch": "close options transport"},
    ),
    Library(
        "opensearch",
        Effect.DATABASE,
        "use `AsyncOpenSearch`",
        "opensearchpy.helpers.bulk opensearchpy.helpers.scan",
        clients={"opensearchpy.OpenSearch": "close transport"},
    ),
    Library(
        "meilisearch",
        Effect.DATABASE,
        "use `meilisearch-python-sdk`'s AsyncClient",
        methods={
            "meilisearch.Client": "create_index delete_index get_index get_indexes health wait_for_task get_task",
            "meilisearch.index.Index": "search add_documents update_documents delete_document delete_documents "
            "get_document get_documents",
        },
    ),
    Library("typesense", Effect.DATABASE, _TO_THREAD, clients={"typesense.Client": "config api_call"}),
    Library(
        "qdrant-client",
        Effect.DATABASE,
        "use `AsyncQdrantClient`",
        clients={"qdrant_client.QdrantClient": "close grpc_points grpc_collections http init_options set_model"},
    ),
    Library(
        "pinecone",
        Effect.DATABASE,
        "use `PineconeAsyncio`",
        methods={
            "pinecone.Index": "upsert query delete fetch update describe_index_stats list",
            "pinecone.Pinecone": "create_index delete_index describe_index list_indexes has_index",
        },
    ),
    Library(
        "chromadb",
        Effect.DATABASE,
        "use `chromadb.AsyncHttpClient` or `asyncio.to_thread`",
        methods={
            **dict.fromkeys(
                ("chromadb.Client", "chromadb.HttpClient", "chromadb.PersistentClient"),
                "get_or_create_collection create_collection get_collection delete_collection list_collections "
                "heartbeat reset",
            ),
            "chromadb.Collection": "add query get upsert update delete count peek modify",
        },
    ),
    Library(
        "pymilvus",
        Effect.DATABASE,
        "use `AsyncMilvusClient`",
        "pymilvus.connections.connect",
        methods={
            "pymilvus.MilvusClient": "insert upsert search query delete get create_collection drop_collection "
            "has_collection list_collections describe_collection load_collection",
            "pymilvus.Collection": "insert upsert search query delete load flush create_index",
        },
    ),
    # -- databases -----------------------------------------------------------------------------------------
    Library(
        "SQLAlchemy",
        Effect.DATABASE,
        "use `AsyncSession` or `asyncio.to_thread`",
        methods={
            "sqlalchemy.orm.Session": _SESSION_SENT,
            "sqlalchemy.orm.Query": _QUERY_SENT,
            "sqlalchemy.engine.Engine": "connect begin raw_connection execute",
            "sqlalchemy.engine.Connection": "execute exec_driver_sql scalar scalars commit rollback",
            "sqlalchemy.MetaData": "create_all drop_all reflect",
        },
    ),
    Library(
        "sqlite3",
        Effect.DATABASE,
        "use `aiosqlite` or `asyncio.to_thread`",
        "sqlite3.connect",
        {
            "sqlite3.Connection": "execute executemany executescript commit rollback backup",
            "sqlite3.Cursor": _CURSOR,
        },
    ),
    Library(
        "psycopg2",
        Effect.DATABASE,
        "use `psycopg.AsyncConnection` or `asyncpg`",
        "psycopg2.connect psycopg2.extras.execute_values psycopg2.extras.execute_batch",
        {
            "psycopg2.extensions.connection": "commit rollback",
            "psycopg2.extensions.cursor": f"{_CURSOR} copy_expert copy_from copy_to",
            "psycopg2.pool.ThreadedConnectionPool": "getconn",
            "psycopg2.pool.SimpleConnectionPool": "getconn",
        },
    ),
    Library(
        "psycopg",
        Effect.DATABASE,
        "use `psycopg.AsyncConnection`",
        "psycopg.connect psycopg.Connection.connect",
        {
            "psycopg.Connection": "execute commit rollback",
            "psycopg.Cursor": f"{_CURSOR} copy stream",
            "psycopg_pool.ConnectionPool": "connection getconn wait open",
        },
    ),
    Library(
        "PyMySQL",
        Effect.DATABASE,
        "use `aiomysql` or `asyncmy`",
        "pymysql.connect",
        {"pymysql.connections.Connection": "commit rollback ping query", "pymysql.cursors.Cursor": _CURSOR},
    ),
    Library(
        "mysqlclient",
        Effect.DATABASE,
        "use `aiomysql` or `asyncmy`",
        "MySQLdb.connect",
        {"MySQLdb.connections.Connection": "commit rollback ping query", "MySQLdb.cursors.Cursor": _CURSOR},
    ),
    Library(
        "mysql-connector",
        Effect.DATABASE,
        "use `mysql.connector.aio`",
        "mysql.connector.connect",
        {
            "mysql.connector.connection.MySQLConnection": "commit rollback ping reconnect cmd_query",
            "mysql.connector.cursor.MySQLCursor": _CURSOR,
        },
    ),
    Library(
        "pyodbc",
        Effect.DATABASE,
        "use `aioodbc` or `asyncio.to_thread`",
        "pyodbc.connect",
        {"pyodbc.Connection": "execute commit rollback", "pyodbc.Cursor": f"{_CURSOR} commit"},
    ),
    Library(
        "Oracle",
        Effect.DATABASE,
        "use `oracledb.connect_async`",
        "oracledb.connect cx_Oracle.connect oracledb.create_pool",
        dict.fromkeys(
            ("oracledb.Connection", "oracledb.Cursor", "cx_Oracle.Connection", "cx_Oracle.Cursor"),
            f"{_CURSOR} commit rollback",
        ),
    ),
    Library(
        "pymssql",
        Effect.DATABASE,
        _TO_THREAD,
        "pymssql.connect",
        {"pymssql.Connection": "commit rollback", "pymssql.Cursor": _CURSOR},
    ),
    Library(
        "DuckDB",
        Effect.DATABASE,
        _TO_THREAD,
        "duckdb.connect duckdb.sql duckdb.query duckdb.execute",
        {"duckdb.DuckDBPyConnection": "execute executemany sql query fetchall fetchone fetchdf df commit"},
    ),
    Library(
        "ClickHouse",
        Effect.DATABASE,
        "use `clickhouse_connect.get_async_client`",
        "clickhouse_connect.get_client",
        {
            "clickhouse_connect.driver.Client": "query command insert query_df insert_df raw_query ping",
            "clickhouse_driver.Client": "execute execute_iter query_dataframe insert_dataframe",
        },
    ),
    Library(
        "Cassandra",
        Effect.DATABASE,
        "use `execute_async` with a callback, or `asyncio.to_thread`",
        methods={"cassandra.cluster.Cluster": "connect shutdown", "cassandra.cluster.Session": "execute prepare"},
    ),
    Library(
        "neo4j",
        Effect.DATABASE,
        "use `neo4j.AsyncGraphDatabase`",
        methods={
            "neo4j.Driver": "execute_query verify_connectivity",
            "neo4j.Session": "run execute_read execute_write read_transaction write_transaction begin_transaction",
            "neo4j.Transaction": "run commit rollback",
        },
    ),
    Library(
        "PyMongo",
        Effect.DATABASE,
        "use `pymongo.AsyncMongoClient` or `motor`",
        methods={
            "pymongo.MongoClient": "list_database_names drop_database server_info list_databases bulk_write",
            "pymongo.database.Database": "list_collection_names create_collection drop_collection command "
            "list_collections",
            "pymongo.collection.Collection": "find_one insert_one insert_many update_one update_many replace_one "
            "delete_one delete_many count_documents estimated_document_count distinct aggregate bulk_write "
            "find_one_and_update find_one_and_replace find_one_and_delete create_index create_indexes drop "
            "drop_index "
            "index_information rename",
            "pymongo.cursor.Cursor": "__iter__ next to_list",
            "gridfs.GridFS": "delete exists find_one get get_last_version get_version list put",
        },
    ),
    Library(
        "peewee",
        Effect.DATABASE,
        "use `peewee-async` or `asyncio.to_thread`",
        methods={
            "peewee.Model": "create get get_or_none get_or_create get_by_id save delete_instance insert_many "
            "bulk_create create_table delete_by_id set_by_id",
            "peewee.ModelSelect": "get first count exists execute __iter__ scalar",
            **dict.fromkeys(
                ("peewee.Database", "peewee.SqliteDatabase", "peewee.PostgresqlDatabase", "peewee.MySQLDatabase"),
                "connect execute execute_sql create_tables drop_tables commit",
            ),
        },
    ),
    Library(
        "Django ORM",
        Effect.DATABASE,
        "use the method's `a` twin or `sync_to_async`",
        "django.shortcuts.get_object_or_404 django.shortcuts.get_list_or_404",
        {
            "django.db.models.Manager": "get create get_or_create update_or_create bulk_create bulk_update count "
            "first last earliest latest aggregate exists in_bulk update delete",
            "django.db.models.QuerySet": "get create get_or_create update_or_create bulk_create bulk_update count "
            "first last earliest latest aggregate exists in_bulk update delete __iter__ explain contains",
            "django.db.models.Model": "save delete refresh_from_db full_clean",
        },
    ),
    Library(
        "MongoEngine",
        Effect.DATABASE,
        _TO_THREAD,
        methods={
            "mongoengine.Document": "save delete reload update modify",
            "mongoengine.DynamicDocument": "save delete reload update modify",
            "mongoengine.QuerySet": "aggregate count create delete distinct first get in_bulk insert modify sum "
            "update update_one upsert_one __iter__",
        },
    ),
    Library(
        "dataset and records",
        Effect.DATABASE,
        _TO_THREAD,
        "dataset.connect",
        {"records.Database": "query query_file bulk_query", "dataset.Database": "query"},
    ),
    Library(
        "InfluxDB",
        Effect.DATABASE,
        "use `influxdb_client.client.influxdb_client_async`",
        methods={
            "influxdb.InfluxDBClient": "query write write_points ping create_database",
            "influxdb_client.QueryApi": "query query_csv query_data_frame query_stream",
        },
    ),
    Library("Alembic", Effect.DATABASE, _TO_THREAD, "alembic.command.upgrade alembic.command.downgrade"),
    Library(
        "Supabase",
        Effect.DATABASE,
        "use `supabase.acreate_client`",
        methods={
            "postgrest.SyncRequestBuilder": "execute",
            "supabase.Client.auth": "sign_in_with_password sign_up get_user sign_out",
        },
    ),
    # -- files ---------------------------------------------------------------------------------------------
    Library(
        "built-in open",
        Effect.FILE,
        "use `aiofiles`, `anyio.open_file` or `asyncio.to_thread`",
        "builtins.open io.open_code codecs.open fileinput.input",
        # Reading only: what is written goes into a buffer first.
        {
            f"io.{name}": _FILE_READ
            for name in ("IOBase", "TextIOWrapper", "BufferedReader", "BufferedRandom", "FileIO")
        },
    ),
    Library(
        "pathlib",
        Effect.FILE,
        "use `anyio.Path` or `asyncio.to_thread`",
        methods={
            "pathlib.Path": "open read_text read_bytes write_text write_bytes iterdir glob rglob walk copy move"
        },
    ),
    Library(
        "os",
        Effect.FILE,
        _TO_THREAD,
        "os.listdir os.walk os.scandir os.fwalk os.removedirs os.sync os.fsync os.fdopen",
    ),
    Library("tempfile", Effect.FILE, _TO_THREAD, "tempfile.NamedTemporaryFile tempfile.TemporaryFile"),
    Library(
        "shutil",
        Effect.FILE,
        _TO_THREAD,
        "shutil.copy shutil.copy2 shutil.copyfile shutil.copyfileobj shutil.copytree shutil.rmtree shutil.move "
        "shutil.make_archive shutil.unpack_archive",
    ),
    Library("glob", Effect.FILE, _TO_THREAD, "glob.glob glob.iglob"),
    Library(
        "zipfile",
        Effect.FILE,
        _TO_THREAD,
        methods={"zipfile.ZipFile": "extract extractall write testzip"},
    ),
    Library(
        "tarfile",
        Effect.FILE,
        _TO_THREAD,
        methods={"tarfile.TarFile": "extract extractall add getmembers getnames addfile"},
    ),
    Library("compressed files", Effect.FILE, _TO_THREAD, "gzip.open bz2.open lzma.open tarfile.open"),
    Library(
        "Pillow",
        Effect.FILE,
        _TO_THREAD,
        "PIL.Image.open",
        {"PIL.Image.Image": "save load verify thumbnail"},
    ),
    Library("NumPy", Effect.FILE, _TO_THREAD, "numpy.load numpy.save numpy.savez numpy.loadtxt numpy.genfromtxt"),
    Library(
        "pandas",
        Effect.FILE,
        _TO_THREAD,
        "pandas.read_csv pandas.read_excel pandas.read_json pandas.read_parquet pandas.read_feather "
        "pandas.read_pickle pandas.read_html pandas.read_hdf",
        {"pandas.DataFrame": "to_csv to_excel to_parquet to_pickle to_feather to_hdf"},
    ),
    Library("pandas and databases", Effect.DATABASE, _TO_THREAD, "pandas.read_sql pandas.read_sql_query"),
    Library("OpenPyXL", Effect.FILE, _TO_THREAD, "openpyxl.load_workbook"),
    Library("OpenCV", Effect.FILE, _TO_THREAD, "cv2.imread cv2.imwrite"),
    Library("PyTorch", Effect.FILE, _TO_THREAD, "torch.load torch.save"),
    Library("joblib", Effect.FILE, _TO_THREAD, "joblib.load joblib.dump"),
    Library("soundfile and librosa", Effect.FILE, _TO_THREAD, "soundfile.read soundfile.write librosa.load"),
    # -- processes -----------------------------------------------------------------------------------------
    Library(
        "subprocess",
        Effect.PROCESS,
        "use `asyncio.create_subprocess_exec`",
        "subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput "
        "subprocess.getstatusoutput",
        {"subprocess.Popen": "wait communicate"},
    ),
    Library(
        "os processes",
        Effect.PROCESS,
        "use `asyncio.create_subprocess_shell`",
        "os.system os.popen os.wait os.waitpid os.waitid os.wait3 os.wait4 os.spawnl os.spawnle os.spawnlp "
        "os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe pty.spawn",
    ),
    Library(
        "multiprocessing",
        Effect.PROCESS,
        "use `loop.run_in_executor` with a ProcessPoolExecutor",
        methods={
            "multiprocessing.Process": "join",
            "multiprocessing.Pool": "map starmap apply join",
        },
    ),
    Library(
        "pexpect",
        Effect.PROCESS,
        "use `asyncio.create_subprocess_exec`",
        "pexpect.run pexpect.spawn",
        {"pexpect.spawn": "expect expect_exact read wait"},
    ),
    Library("invoke", Effect.PROCESS, "use `asyncio.create_subprocess_shell`", "invoke.run"),
    Library(
        "GitPython",
        Effect.PROCESS,
        _TO_THREAD,
        "git.Repo.clone_from",
        {
            "git.Repo": "clone",
            "git.Repo.git": "checkout pull push fetch add commit clone status log diff reset clean",
            "git.Repo.index": "commit add",
        },
    ),
    Library("ffmpeg", Effect.PROCESS, "use `asyncio.create_subprocess_exec`", "ffmpeg.run ffmpeg.probe"),
    Library("pydub", Effect.PROCESS, _TO_THREAD, "pydub.AudioSegment.from_file pydub.AudioSegment.from_mp3"),
    # -- waiting -------------------------------------------------------------------------------------------
    Library(
        "concurrent.futures",
        Effect.WAIT,
        "await `asyncio.wrap_future(...)`",
        "concurrent.futures.wait",
        {"concurrent.futures.Future": "result exception"},
    ),
    Library(
        "threading",
        Effect.WAIT,
        "use asyncio's own primitives",
        methods={
            "threading.Lock": "acquire",
            "threading.RLock": "acquire",
            "threading.Semaphore": "acquire",
            "threading.BoundedSemaphore": "acquire",
            "threading.Condition": "wait wait_for acquire",
            "threading.Event": "wait",
            "threading.Barrier": "wait",
            "threading.Thread": "join",
            "threading.Timer": "join",
        },
    ),
    Library(
        "queue",
        Effect.WAIT,
        "use `asyncio.Queue`",
        methods={
            **{f"queue.{name}": "get join" for name in ("Queue", "LifoQueue", "PriorityQueue")},
            **{f"queue.{name}(maxsize)": "get join put" for name in ("Queue", "LifoQueue", "PriorityQueue")},
            "queue.SimpleQueue": "get",
            "multiprocessing.Queue": "get",
            "multiprocessing.JoinableQueue": "get join",
            "multiprocessing.Event": "wait",
            "multiprocessing.Lock": "acquire",
        },
    ),
    Library(
        "Celery",
        Effect.WAIT,
        "poll `ready()` with `asyncio.sleep`, or wait in `asyncio.to_thread`",
        methods={
            "celery.result.AsyncResult": "get wait join",
            "celery.result.GroupResult": "get join join_native",
            "celery.result.ResultSet": "get join",
        },
    ),
    Library("terminal", Effect.WAIT, _TO_THREAD, "builtins.input getpass.getpass"),
    Library("select", Effect.WAIT, "use `loop.add_reader`", "select.select signal.pause signal.sigwait"),
    # -- event loops ---------------------------------------------------------------------------------------
    Library(
        "asyncio",
        Effect.LOOP,
        "await the coroutine",
        "asyncio.run anyio.run trio.run uvloop.run uvicorn.run",
        {
            "asyncio.AbstractEventLoop": "run_until_complete run_forever",
            "asyncio.Runner": "run",
            "uvicorn.Server": "run",
        },
    ),
    Library("asgiref", Effect.LOOP, "await the coroutine", "asgiref.sync.async_to_sync()"),
)

LIBRARIES = (*_BEST_KNOWN, *CLOUDS, *STORES, *MODELS, *SERVICES, *FORMATS)

# Calls that only ask for, make or change a name in the file system: they take long on network shares alone.
_QUICK = {
    "os": (
        "access chmod chown link lstat makedirs mkdir readlink remove rename replace rmdir stat symlink unlink "
        "utime"
    ),
    "os.path": (
        "exists getatime getctime getmtime getsize isdir isfile islink ismount lexists realpath samefile "
        "sameopenfile"
    ),
    "pathlib.Path": (
        "chmod exists hardlink_to is_dir is_file is_mount is_symlink lstat mkdir readlink rename replace resolve "
        "rmdir samefile stat symlink_to touch unlink"
    ),
}
QUICK_FILE_CALLS = frozenset(f"{owner}.{name}" for owner, names in _QUICK.items() for name in names.split())

# A class that has the methods of another one for what blocks, beside `returns.BASES`.
KIND_OF: dict[str, str] = {
    "queue.Queue(maxsize)": "queue.Queue",
    "multiprocessing.context.Process": "multiprocessing.Process",
    "django.contrib.auth.models.User": "django.db.models.Model",
    "django.contrib.auth.models.AbstractUser": "django.db.models.Model",
    "django.contrib.auth.models.AbstractBaseUser": "django.db.models.Model",
}

# Class of a synchronous client or session -> what a message calls it, and its asynchronous twin.
SYNCHRONOUS_CONTEXTS: dict[str, tuple[str, str]] = {
    "httpx.Client": ("client", "httpx.AsyncClient"),
    "requests.Session": ("client", "httpx.AsyncClient"),
    "niquests.Session": ("client", "niquests.AsyncSession"),
    "sqlalchemy.orm.Session": ("session", "AsyncSession"),
    "sqlalchemy.engine.Connection": ("connection", "AsyncEngine.connect"),
    "sqlalchemy.engine.Engine.begin()": ("connection", "AsyncEngine.begin"),
    "psycopg.Connection": ("connection", "psycopg.AsyncConnection"),
    "openai.OpenAI": ("client", "openai.AsyncOpenAI"),
    "anthropic.Anthropic": ("client", "anthropic.AsyncAnthropic"),
    "redis.Redis": ("client", "redis.asyncio.Redis"),
}


def _tables() -> tuple[dict[str, Blocking], dict[str, list[tuple[Blocking, str, bool]]]]:
    functions: dict[str, Blocking] = {}
    classes: dict[str, list[tuple[Blocking, str, bool]]] = {}
    for library in LIBRARIES:
        entry = Blocking(library.effect, library.cure)
        functions.update(dict.fromkeys(library.functions.split(), entry))
        # The names of methods stay in one text: most of them nobody asks for.
        for owner, methods in library.methods.items():
            classes.setdefault(owner, []).append((entry, methods, False))
        for owner, plain in library.clients.items():
            classes.setdefault(owner, []).append((entry, plain, True))
    return functions, classes


EXACT, CLIENTS = _tables()
"""
Functions that block by their qualified names, and classes (also what their attributes hold) by theirs.

For a class: what is known, names of methods, and whether those are the ones that do not block.
"""


# What a contract gives for a function of its own is asked for by `.call()`, whatever the function is called.
_CONTRACTS = "web3.Web3.eth.contract().functions."
_SENDING = ("().call", "().estimate_gas", "().transact")


@functools.cache
def blocking(qualname: str) -> Blocking | None:
    """What is known of a call of `qualname`; None where it is not known to block."""
    known = EXACT.get(qualname)
    if known is not None:
        return known
    owner, _, method = qualname.rpartition(".")
    for entry, names, is_plain in reversed(CLIENTS.get(owner, ())):
        if not is_plain and method in names.split():
            return entry
    if qualname.startswith(_CONTRACTS) and qualname.endswith(_SENDING):
        return blocking("web3.Web3.eth.call")
    while owner:
        for entry, names, is_plain in CLIENTS.get(owner, ()):
            if is_plain:
                path = qualname[len(owner) + 1 :].split(".")
                plain = names.split()
                # What a method of the client gives (`client.head_object().get`) is an answer and no client.
                if any(part.startswith("_") or part.endswith("()") or part in plain for part in path):
                    return None
                return entry
        owner = owner.rpartition(".")[0]
    family = family_of(qualname)
    return Blocking(family.effect, family.cure) if family is not None else None


def entry_from_text(text: str) -> Blocking | None:
    """A user's entry, such as "network: use AsyncClient"; None for a text that names no effect."""
    effect, _, cure = text.partition(":")
    try:
        return Blocking(Effect(effect.strip().lower()), cure.strip() or "hand it to `asyncio.to_thread`")
    except ValueError:
        return None
