import flask
import flask_socketio
import socketio

app = flask.Flask(__name__)
server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")  # AUD602
plain = socketio.Server(cors_allowed_origins=["*"], cors_credentials=True)  # AUD602
sockets = flask_socketio.SocketIO(app, cors_allowed_origins="*")  # AUD602
later = flask_socketio.SocketIO()
later.init_app(app, cors_allowed_origins="*")  # AUD602

named = socketio.AsyncServer(cors_allowed_origins=["https://app.example"])
own = socketio.AsyncServer()
without = socketio.AsyncServer(cors_allowed_origins="*", cors_credentials=False)


def make(origins):
    return socketio.AsyncServer(cors_allowed_origins=origins)
