"""Web frameworks: what makes a route, what answers it, and which exceptions are answers."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple

FRAMEWORKS = (
    "fastapi",
    "starlette",
    "flask",
    "quart",
    "sanic",
    "aiohttp",
    "django",
    "litestar",
    "ninja",
    "rest_framework",
    "flask_restful",
    "flask_restx",
    "flask_smorest",
    "flask_openapi3",
)
# In these a route gives a response object: a dict is for the function or decorator that makes one of it.
WITHOUT_DICTS = ("aiohttp", "django", "rest_framework", "starlette")

# Libraries beside the frameworks in whose modules code writes to clients.
WRITING_LIBRARIES = (
    "channels",
    "flask_socketio",
    "http",
    "jupyter_server",
    "notebook",
    "socketio",
    "tornado",
    "websockets",
)

# Classes whose instances register routes by decorators.
ROUTERS = frozenset(
    {
        "fastapi.FastAPI",
        "fastapi.APIRouter",
        "starlette.applications.Starlette",
        "starlette.routing.Router",
        "flask.Flask",
        "flask.Blueprint",
        "flask_openapi3.OpenAPI",
        "flask_openapi3.APIBlueprint",
        "quart.Quart",
        "quart.Blueprint",
        "sanic.Sanic",
        "sanic.Blueprint",
        "aiohttp.web.RouteTableDef",
        "litestar.Router",
        "ninja.NinjaAPI",
        "ninja.Router",
    }
)

# Decorator methods that make a function a route.
ROUTE_DECORATORS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "trace", "route", "api_route", "view"}
)
WEBSOCKET_DECORATORS = frozenset({"websocket", "websocket_route", "api_websocket_route"})
ROUTE_FUNCTIONS = frozenset(
    {
        "litestar.get",
        "litestar.post",
        "litestar.put",
        "litestar.patch",
        "litestar.delete",
        "litestar.route",
        "litestar.websocket",
        "rest_framework.decorators.action",
        "rest_framework.decorators.api_view",
    }
)
ERROR_HANDLER_DECORATORS = frozenset({"exception_handler", "errorhandler", "app_errorhandler", "exception"})

# Methods and functions that are handed a function and make it a route: the parameter's name and position.
REGISTERING: dict[str, tuple[str, int]] = {
    "add_api_route": ("endpoint", 1),
    "add_api_websocket_route": ("endpoint", 1),
    "add_websocket_route": ("route", 1),
    "add_url_rule": ("view_func", 2),
    "add_route": ("route", 1),
    "add_get": ("handler", 1),
    "add_post": ("handler", 1),
    "add_put": ("handler", 1),
    "add_patch": ("handler", 1),
    "add_delete": ("handler", 1),
    "add_head": ("handler", 1),
}
REGISTERING_FUNCTIONS: dict[str, tuple[str, int]] = {
    "starlette.routing.Route": ("endpoint", 1),
    "starlette.routing.WebSocketRoute": ("endpoint", 1),
    "aiohttp.web.get": ("handler", 1),
    "aiohttp.web.post": ("handler", 1),
    "aiohttp.web.put": ("handler", 1),
    "aiohttp.web.patch": ("handler", 1),
    "aiohttp.web.delete": ("handler", 1),
    "aiohttp.web.route": ("handler", 2),
    "django.urls.path": ("view", 1),
    "django.urls.re_path": ("view", 1),
}

# Connections by which a client sends messages for as long as it likes.
WEBSOCKETS = frozenset({"fastapi.WebSocket", "fastapi.websockets.WebSocket", "starlette.websockets.WebSocket"})

# Servers of the Model Context Protocol: `@server.tool()` makes a tool of a function, whose parameters are what a
# client's model sends (modelcontextprotocol.io); `@server.call_tool()` takes the name and arguments of any tool.
TOOL_SERVERS = frozenset(
    {
        "fastmcp.FastMCP",
        "fastmcp.server.FastMCP",
        "mcp.server.FastMCP",
        "mcp.server.MCPServer",
        "mcp.server.Server",
        "mcp.server.fastmcp.FastMCP",
        "mcp.server.lowlevel.Server",
    }
)
TOOL_PACKAGES = ("mcp", "fastmcp")

DEPENDENCIES = frozenset({"fastapi.Depends", "fastapi.Security", "fastapi.params.Depends"})

UPLOADS = frozenset(
    {"fastapi.UploadFile", "fastapi.datastructures.UploadFile", "starlette.datastructures.UploadFile"}
)

# Arguments that limit the size of request bodies (FastAPI and Starlette, aiohttp).
BODY_LIMITS = ("max_body_size", "client_max_size")

# Classes whose methods named like HTTP methods are routes.
_GENERIC_VIEWS = (
    "GenericAPIView",
    "CreateAPIView",
    "DestroyAPIView",
    "ListAPIView",
    "ListCreateAPIView",
    "RetrieveAPIView",
    "RetrieveDestroyAPIView",
    "RetrieveUpdateAPIView",
    "RetrieveUpdateDestroyAPIView",
    "UpdateAPIView",
)
VIEW_SETS = frozenset(
    f"rest_framework.viewsets.{name}"
    for name in ("GenericViewSet", "ModelViewSet", "ReadOnlyModelViewSet", "ViewSet")
)
# Django's views of one or many objects and of forms, by the modules that define them.
_DJANGO_VIEWS = {
    "base": ("RedirectView", "TemplateView"),
    "detail": ("BaseDetailView", "DetailView"),
    "edit": ("BaseFormView", "CreateView", "DeleteView", "FormView", "ProcessFormView", "UpdateView"),
    "list": ("BaseListView", "ListView"),
}
VIEW_CLASSES = VIEW_SETS | frozenset(
    {
        "rest_framework.views.APIView",
        *(f"rest_framework.generics.{name}" for name in _GENERIC_VIEWS),
        "flask.views.MethodView",
        "flask.views.View",
        "flask_restful.Resource",
        "flask_restx.Resource",
        "django.views.View",
        "django.views.generic.View",
        "django.views.generic.base.View",
        *(f"django.views.generic.{module}.{name}" for module, names in _DJANGO_VIEWS.items() for name in names),
        *(f"django.views.generic.{name}" for names in _DJANGO_VIEWS.values() for name in names),
        "starlette.endpoints.HTTPEndpoint",
        "starlette.endpoints.WebSocketEndpoint",
        "aiohttp.web.View",
        "tornado.web.RequestHandler",
    }
)
SERVERS = ("bjoern", "cheroot", "granian", "gunicorn", "hypercorn", "meinheld", "waitress", "werkzeug", "wsgiref")
"""Servers for web applications that a program starts itself, by their packages."""
TORNADO_READERS = frozenset({"get_argument", "get_body_argument", "get_query_argument"})
"""Methods of Tornado's handlers that give one text of the request."""
VIEW_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "dispatch", "dispatch_request", "on_receive"}
)
# Methods of Django REST framework's view sets that its routers call.
VIEW_SET_METHODS = frozenset({"create", "destroy", "list", "partial_update", "retrieve", "update"})
# Methods that Django's generic views and those of the REST framework call while they answer a request.
VIEW_HOOKS = frozenset(
    {
        "form_invalid", "form_valid", "get_context_data", "get_form_kwargs", "get_initial", "get_object",
        "get_queryset", "get_redirect_url", "get_serializer_context", "get_success_url", "perform_create",
        "perform_destroy", "perform_update", "setup",
    }
)  # fmt: skip

FIRST_REQUESTS = frozenset(
    {
        "aiohttp.web.Request",
        "django.core.handlers.asgi.ASGIRequest",
        "django.core.handlers.wsgi.WSGIRequest",
        "django.http.HttpRequest",
    }
)
"""Classes of the first parameter of a plain function that answers a request."""

REQUEST_CLASSES = frozenset({"starlette.requests.Request", "aiohttp.web.Request", "django.http.HttpRequest"})


class Answer(NamedTuple):
    """
    How a call makes an answer: where the status and the content stand (name and 0-based position).

    `status` is what the answer has where none is given; None where it has to be given. A position of None
    means that the argument is given by name alone.
    """

    status_name: str
    status_position: int | None
    content_name: str
    content_position: int | None
    status: int | None


# Exceptions, and functions that raise them, which the framework answers without logging them.
HTTP_EXCEPTIONS: dict[str, Answer] = {
    "fastapi.HTTPException": Answer("status_code", 0, "detail", 1, None),
    "starlette.exceptions.HTTPException": Answer("status_code", 0, "detail", 1, None),
    "starlette.exceptions.WebSocketException": Answer("code", 0, "reason", 1, None),
    "fastapi.WebSocketException": Answer("code", 0, "reason", 1, None),
    "flask.abort": Answer("code", 0, "description", 1, None),
    "quart.abort": Answer("code", 0, "description", 1, None),
    "flask_restful.abort": Answer("http_status_code", 0, "message", None, None),
    "flask_restx.abort": Answer("code", 0, "message", 1, 500),
    "flask_restx.Api.abort": Answer("code", 0, "message", 1, 500),
    "flask_restx.Namespace.abort": Answer("code", 0, "message", 1, 500),
    "flask_smorest.abort": Answer("http_status_code", 0, "message", None, None),
    "sanic.exceptions.SanicException": Answer("status_code", 1, "message", 0, 500),
    "sanic.exceptions.ServerError": Answer("status_code", 1, "message", 0, 500),
    "litestar.exceptions.HTTPException": Answer("status_code", None, "detail", None, 500),
    "litestar.exceptions.InternalServerException": Answer("status_code", None, "detail", None, 500),
    "ninja.errors.HttpError": Answer("status_code", 0, "message", 1, None),
    "werkzeug.exceptions.abort": Answer("status", 0, "description", 1, None),
    "werkzeug.exceptions.InternalServerError": Answer("code", None, "description", 0, 500),
    "werkzeug.exceptions.BadGateway": Answer("code", None, "description", 0, 502),
    "werkzeug.exceptions.ServiceUnavailable": Answer("code", None, "description", 0, 503),
    "werkzeug.exceptions.GatewayTimeout": Answer("code", None, "description", 0, 504),
    "werkzeug.exceptions.BadRequest": Answer("code", None, "description", 0, 400),
    "werkzeug.exceptions.Unauthorized": Answer("code", None, "description", 0, 401),
    "werkzeug.exceptions.Forbidden": Answer("code", None, "description", 0, 403),
    "werkzeug.exceptions.NotFound": Answer("code", None, "description", 0, 404),
    "werkzeug.exceptions.Conflict": Answer("code", None, "description", 0, 409),
    "werkzeug.exceptions.UnprocessableEntity": Answer("code", None, "description", 0, 422),
    "aiohttp.web.HTTPInternalServerError": Answer("status", None, "text", None, 500),
    "aiohttp.web.HTTPBadGateway": Answer("status", None, "text", None, 502),
    "aiohttp.web.HTTPServiceUnavailable": Answer("status", None, "text", None, 503),
    "aiohttp.web.HTTPGatewayTimeout": Answer("status", None, "text", None, 504),
    "aiohttp.web.HTTPBadRequest": Answer("status", None, "text", None, 400),
    "aiohttp.web.HTTPUnauthorized": Answer("status", None, "text", None, 401),
    "aiohttp.web.HTTPForbidden": Answer("status", None, "text", None, 403),
    "aiohttp.web.HTTPNotFound": Answer("status", None, "text", None, 404),
    "aiohttp.web.HTTPConflict": Answer("status", None, "text", None, 409),
    "aiohttp.web.HTTPUnprocessableEntity": Answer("status", None, "text", None, 422),
    "django.http.Http404": Answer("status", None, "message", 0, 404),
    # What stands at the place of the message goes into the log, the reason to the client.
    "tornado.web.HTTPError": Answer("status_code", 0, "reason", None, 500),
}

# Exceptions of Django REST framework, whose first argument is the answer's text; serializers raise them as well.
SERIALIZED_EXCEPTIONS: dict[str, Answer] = {
    "rest_framework.exceptions.APIException": Answer("status", None, "detail", 0, 500),
    "rest_framework.exceptions.AuthenticationFailed": Answer("status", None, "detail", 0, 401),
    "rest_framework.exceptions.NotFound": Answer("status", None, "detail", 0, 404),
    "rest_framework.exceptions.ParseError": Answer("status", None, "detail", 0, 400),
    "rest_framework.exceptions.PermissionDenied": Answer("status", None, "detail", 0, 403),
    "rest_framework.exceptions.ValidationError": Answer("status", None, "detail", 0, 400),
    "rest_framework.serializers.ValidationError": Answer("status", None, "detail", 0, 400),
}

# Answers that send the client to another address, by what it is called; who reads the address reads what is in it.
REDIRECTS: dict[str, Answer] = {
    "starlette.responses.RedirectResponse": Answer("status_code", 1, "url", 0, 307),
    "flask.redirect": Answer("code", 1, "location", 0, 302),
    "quart.redirect": Answer("code", 1, "location", 0, 302),
    "django.http.HttpResponseRedirect": Answer("status", None, "redirect_to", 0, 302),
    "django.http.HttpResponsePermanentRedirect": Answer("status", None, "redirect_to", 0, 301),
    "django.shortcuts.redirect": Answer("status", None, "to", 0, 302),
    "aiohttp.web.HTTPFound": Answer("status", None, "location", 0, 302),
    "aiohttp.web.HTTPSeeOther": Answer("status", None, "location", 0, 303),
    "aiohttp.web.HTTPTemporaryRedirect": Answer("status", None, "location", 0, 307),
}
# Classes and functions whose result is the answer itself.
RESPONSES: dict[str, Answer] = {
    "starlette.responses.Response": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.JSONResponse": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.ORJSONResponse": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.UJSONResponse": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.HTMLResponse": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.PlainTextResponse": Answer("status_code", 1, "content", 0, 200),
    "starlette.responses.StreamingResponse": Answer("status_code", 1, "content", 0, 200),
    "flask.jsonify": Answer("status", None, "response", 0, 200),
    "flask.make_response": Answer("status", 1, "response", 0, 200),
    "flask.Response": Answer("status", 1, "response", 0, 200),
    "quart.jsonify": Answer("status", None, "response", 0, 200),
    "quart.Response": Answer("status", 1, "response", 0, 200),
    "aiohttp.web.json_response": Answer("status", None, "data", 0, 200),
    "aiohttp.web.Response": Answer("status", None, "text", None, 200),
    "sanic.response.json": Answer("status", 1, "body", 0, 200),
    "sanic.response.text": Answer("status", 1, "body", 0, 200),
    "django.http.HttpResponse": Answer("status", None, "content", 0, 200),
    "django.http.JsonResponse": Answer("status", None, "data", 0, 200),
    "django.http.HttpResponseBadRequest": Answer("status", None, "content", 0, 400),
    "django.http.HttpResponseForbidden": Answer("status", None, "content", 0, 403),
    "django.http.HttpResponseNotFound": Answer("status", None, "content", 0, 404),
    "django.http.HttpResponseServerError": Answer("status", None, "content", 0, 500),
    "rest_framework.response.Response": Answer("status", 1, "data", 0, 200),
    "litestar.Response": Answer("status_code", None, "content", 0, 200),
}

# Answers that write their headers in Latin-1 and raise for other characters, with the position of `headers`
# (Starlette 1.0, `Response.init_headers`; for Flask it is the server that raises: http.server, gunicorn).
LATIN_HEADERS: dict[str, int] = {
    "starlette.responses.Response": 2,
    "starlette.responses.FileResponse": 2,
    "starlette.responses.HTMLResponse": 2,
    "starlette.responses.JSONResponse": 2,
    "starlette.responses.PlainTextResponse": 2,
    "starlette.responses.StreamingResponse": 2,
    "fastapi.Response": 2,
    "flask.Response": 2,
}

# What keeps a text for the next page that the client sees, or sends it an event, with the argument that is shown.
NOTICES: dict[str, tuple[str, int]] = {
    "flask.flash": ("message", 0),
    "quart.flash": ("message", 0),
    "django.contrib.messages.add_message": ("message", 2),
    "django.contrib.messages.error": ("message", 1),
    "django.contrib.messages.info": ("message", 1),
    "django.contrib.messages.success": ("message", 1),
    "django.contrib.messages.warning": ("message", 1),
    "flask_socketio.SocketIO.emit": ("data", 1),
    "flask_socketio.emit": ("data", 1),
    "socketio.AsyncServer.emit": ("data", 1),
    "socketio.Server.emit": ("data", 1),
}
# What makes a page of a template and values.
TEMPLATES = frozenset(
    {
        "django.shortcuts.render",
        "django.template.response.TemplateResponse",
        "flask.render_template",
        "flask.render_template_string",
        "quart.render_template",
    }
)

# Methods of web sockets that send what they are given to the client.
SENDING = frozenset({"send_text", "send_json", "send_bytes", "send_str"})

TORNADO_HANDLERS = frozenset(
    {
        "tornado.web.RequestHandler",
        "tornado.websocket.WebSocketHandler",
        "jupyter_server.base.handlers.APIHandler",
        "jupyter_server.base.handlers.JupyterHandler",
        "notebook.base.handlers.APIHandler",
        "notebook.base.handlers.IPythonHandler",
    }
)
# Handlers whose `wfile` is the body of the answer (docs.python.org, http.server).
FILE_HANDLERS = frozenset({"http.server.BaseHTTPRequestHandler", "http.server.SimpleHTTPRequestHandler"})


class Writing(NamedTuple):
    """A method by which a handler writes its answer: the classes that have it, and how it is called."""

    classes: frozenset[str]
    answer: Answer


# Methods of handlers that write what they are given to the client, by their names.
WRITING: dict[str, Writing] = {
    "write": Writing(TORNADO_HANDLERS, Answer("status", None, "chunk", 0, None)),
    "finish": Writing(TORNADO_HANDLERS, Answer("status", None, "chunk", 0, None)),
    "write_message": Writing(TORNADO_HANDLERS, Answer("status", None, "message", 0, None)),
    "send_error": Writing(TORNADO_HANDLERS | FILE_HANDLERS, Answer("code", 0, "message", 1, 500)),
}

# http.HTTPStatus (docs.python.org) from 200 on.
STATUS_NAMES: dict[str, int] = {
    "OK": 200,
    "CREATED": 201,
    "ACCEPTED": 202,
    "NON_AUTHORITATIVE_INFORMATION": 203,
    "NO_CONTENT": 204,
    "RESET_CONTENT": 205,
    "PARTIAL_CONTENT": 206,
    "MULTI_STATUS": 207,
    "ALREADY_REPORTED": 208,
    "IM_USED": 226,
    "MULTIPLE_CHOICES": 300,
    "MOVED_PERMANENTLY": 301,
    "FOUND": 302,
    "SEE_OTHER": 303,
    "NOT_MODIFIED": 304,
    "USE_PROXY": 305,
    "TEMPORARY_REDIRECT": 307,
    "PERMANENT_REDIRECT": 308,
    "BAD_REQUEST": 400,
    "UNAUTHORIZED": 401,
    "PAYMENT_REQUIRED": 402,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "NOT_ACCEPTABLE": 406,
    "PROXY_AUTHENTICATION_REQUIRED": 407,
    "REQUEST_TIMEOUT": 408,
    "CONFLICT": 409,
    "GONE": 410,
    "LENGTH_REQUIRED": 411,
    "PRECONDITION_FAILED": 412,
    "REQUEST_ENTITY_TOO_LARGE": 413,
    "REQUEST_URI_TOO_LONG": 414,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "REQUESTED_RANGE_NOT_SATISFIABLE": 416,
    "EXPECTATION_FAILED": 417,
    "IM_A_TEAPOT": 418,
    "MISDIRECTED_REQUEST": 421,
    "UNPROCESSABLE_ENTITY": 422,
    "LOCKED": 423,
    "FAILED_DEPENDENCY": 424,
    "TOO_EARLY": 425,
    "UPGRADE_REQUIRED": 426,
    "PRECONDITION_REQUIRED": 428,
    "TOO_MANY_REQUESTS": 429,
    "REQUEST_HEADER_FIELDS_TOO_LARGE": 431,
    "UNAVAILABLE_FOR_LEGAL_REASONS": 451,
    "INTERNAL_SERVER_ERROR": 500,
    "NOT_IMPLEMENTED": 501,
    "BAD_GATEWAY": 502,
    "SERVICE_UNAVAILABLE": 503,
    "GATEWAY_TIMEOUT": 504,
    "HTTP_VERSION_NOT_SUPPORTED": 505,
    "VARIANT_ALSO_NEGOTIATES": 506,
    "INSUFFICIENT_STORAGE": 507,
    "LOOP_DETECTED": 508,
    "NOT_EXTENDED": 510,
    "NETWORK_AUTHENTICATION_REQUIRED": 511,
}

# What reads a body as JSON, as `Request.json` does.
JSON_READERS = frozenset({"json.loads", "msgspec.json.decode", "orjson.loads", "simplejson.loads", "ujson.loads"})
