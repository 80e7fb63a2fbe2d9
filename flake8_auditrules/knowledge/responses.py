"""Responses: what sends a request, what tells its status, what reads its body."""

from __future__ import annotations

# Methods and functions that send a request.
VERBS = ("get", "post", "put", "patch", "delete", "request")

# Libraries whose own classes of clients raise nothing because of a status.
LIBRARIES: frozenset[str] = frozenset({"aiohttp", "httpx", "httpx2", "requests"})

# Functions that send a request without a client.
FUNCTIONS: frozenset[str] = frozenset(f"{library}.{verb}" for library in ("requests", "httpx") for verb in VERBS)

# Methods of clients that send a request.
METHODS: frozenset[str] = frozenset(
    f"{client}.{verb}"
    for client in ("requests.Session", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession")
    for verb in VERBS
)

# What opens a stream of a body, and the methods that give its lines.
STREAMS: frozenset[str] = frozenset({"httpx.stream", "httpx.Client.stream", "httpx.AsyncClient.stream"})
LINES: frozenset[str] = frozenset({"aiter_lines", "iter_lines"})

URLOPEN = "urllib.request.urlopen"

# The last names of what takes the URL of a request, and its qualified names.
REQUESTING: frozenset[str] = frozenset(
    (*VERBS, "head", "options", "stream", "build_request", "urlopen", "Request")
)
TAKING_URLS: frozenset[str] = (
    FUNCTIONS
    | METHODS
    | {URLOPEN, "urllib.request.Request"}
    | {f"{library}.{verb}" for library in ("requests", "httpx") for verb in ("head", "options")}
    | {
        f"{client}.{verb}"
        for client in ("requests.Session", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession")
        for verb in ("head", "options")
    }
    | {f"httpx.{client}.{verb}" for client in ("Client", "AsyncClient") for verb in ("stream", "build_request")}
    | {"httpx.stream"}
)

# Where the URL stands among the arguments: `request(method, url)`, all others `get(url)`.
URL_POSITION = {"request": 1, "stream": 1, "build_request": 1}

# Attributes and methods by which somebody learns whether the request went well.
STATUS: frozenset[str] = frozenset(
    {
        "has_redirect_location",
        "is_client_error",
        "is_error",
        "is_informational",
        "is_redirect",
        "is_server_error",
        "is_success",
        "ok",
        "raise_for_status",
        "reason",
        "reason_phrase",
        "status",
        "status_code",
    }
)

# What takes the body for data.
DATA: frozenset[str] = frozenset({"json"})

# What makes data of a body's text.
PARSERS: frozenset[str] = frozenset(
    {
        "bs4.BeautifulSoup",
        "defusedxml.ElementTree.fromstring",
        "json.loads",
        "lxml.etree.HTML",
        "lxml.etree.XML",
        "lxml.etree.fromstring",
        "lxml.html.document_fromstring",
        "lxml.html.fromstring",
        "orjson.loads",
        "parsel.Selector",
        "pyquery.PyQuery",
        "selectolax.parser.HTMLParser",
        "simplejson.loads",
        "tomllib.loads",
        "ujson.loads",
        "xml.etree.ElementTree.XML",
        "xml.etree.ElementTree.fromstring",
        "xmltodict.parse",
        "yaml.load",
        "yaml.safe_load",
    }
)

# Attributes and methods that give the body as it came.
BODIES: frozenset[str] = frozenset({"content", "raw", "text"})
BODY_PARTS: frozenset[str] = frozenset(
    {"aiter_bytes", "aiter_raw", "iter_bytes", "iter_content", "iter_raw", "iter_text"}
)

# Arguments of a client or a request that see to the status.
CHECKING_ARGUMENTS: frozenset[str] = frozenset({"event_hooks", "hooks", "raise_for_status", "transport"})

# What makes something of a body's bytes, whatever they are.
ENCODERS: frozenset[str] = frozenset(
    {
        "base64.b64encode",
        "base64.standard_b64encode",
        "base64.urlsafe_b64encode",
        "django.core.files.base.ContentFile",
    }
)

# Methods of object stores (S3, Google, Azure) that keep what they are given, and the arguments that give it.
STORING: frozenset[str] = frozenset({"put_object", "upload_blob", "upload_from_string"})
STORED_AS = frozenset({"Body", "body", "data"})

# Methods and functions that refuse data of another form.
VALIDATORS: frozenset[str] = frozenset(
    {"from_dict", "model_validate", "parse_obj", "structure", "validate", "validate_python"}
)
