"""Called back: plain methods that libraries call on the event loop where a class of the project fills them."""

from __future__ import annotations

from collections.abc import Mapping

_HTTP = ("get", "head", "post", "put", "patch", "delete", "options")
_OF_REQUESTS = frozenset(
    (*_HTTP, "initialize", "prepare", "get_current_user", "set_default_headers", "write_error", "on_finish")
)
_OF_CONNECTIONS = frozenset({"connection_made", "connection_lost", "eof_received"})
_OF_STREAMS = _OF_CONNECTIONS | {"data_received", "buffer_updated"}
_OF_TWISTED = frozenset(
    {"connectionMade", "connectionLost", "dataReceived", "datagramReceived", "lineReceived", "stringReceived"}
)
_OF_WEB_SOCKETS = frozenset({"onConnect", "onOpen", "onMessage", "onClose"})

CALLED_BACK: Mapping[str, frozenset[str]] = {
    "aioquic.asyncio.QuicConnectionProtocol": _OF_CONNECTIONS | {"quic_event_received"},
    "aioquic.asyncio.protocol.QuicConnectionProtocol": _OF_CONNECTIONS | {"quic_event_received"},
    "aiosmtpd.handlers.Message": frozenset({"handle_message", "prepare_message"}),
    "asyncio.BaseProtocol": _OF_CONNECTIONS,
    "asyncio.BufferedProtocol": _OF_STREAMS,
    "asyncio.DatagramProtocol": _OF_CONNECTIONS | {"datagram_received", "error_received"},
    "asyncio.Protocol": _OF_STREAMS,
    "asyncio.SubprocessProtocol": _OF_CONNECTIONS | {"pipe_data_received", "process_exited"},
    "asyncssh.SSHServer": _OF_CONNECTIONS | {"begin_auth", "validate_password", "validate_public_key"},
    "asyncssh.SSHServerSession": _OF_STREAMS | {"shell_requested", "exec_requested", "session_started"},
    "autobahn.asyncio.websocket.WebSocketClientProtocol": _OF_WEB_SOCKETS,
    "autobahn.asyncio.websocket.WebSocketServerProtocol": _OF_WEB_SOCKETS,
    "autobahn.twisted.websocket.WebSocketClientProtocol": _OF_WEB_SOCKETS,
    "autobahn.twisted.websocket.WebSocketServerProtocol": _OF_WEB_SOCKETS,
    "fastapi.staticfiles.StaticFiles": frozenset({"file_response"}),
    "jupyter_server.base.handlers.APIHandler": _OF_REQUESTS,
    "jupyter_server.base.handlers.JupyterHandler": _OF_REQUESTS,
    "jupyterhub.apihandlers.base.APIHandler": _OF_REQUESTS,
    "jupyterhub.handlers.base.BaseHandler": _OF_REQUESTS,
    "notebook.base.handlers.APIHandler": _OF_REQUESTS,
    "notebook.base.handlers.IPythonHandler": _OF_REQUESTS,
    "starlette.staticfiles.StaticFiles": frozenset({"file_response"}),
    "tornado.web.RequestHandler": _OF_REQUESTS,
    "tornado.websocket.WebSocketHandler": _OF_REQUESTS | {"open", "on_message", "on_close", "check_origin"},
    "twisted.internet.protocol.DatagramProtocol": _OF_TWISTED,
    "twisted.internet.protocol.Protocol": _OF_TWISTED,
    "twisted.protocols.basic.Int32StringReceiver": _OF_TWISTED,
    "twisted.protocols.basic.LineOnlyReceiver": _OF_TWISTED,
    "twisted.protocols.basic.LineReceiver": _OF_TWISTED,
    "twisted.protocols.basic.NetstringReceiver": _OF_TWISTED,
    "twisted.web.resource.Resource": frozenset({"render", "render_GET", "render_POST", "render_PUT"}),
}
"""Classes of libraries, and their plain methods that are called on the thread of the event loop."""

METHODS = frozenset().union(*CALLED_BACK.values())
"""All names of such methods."""
