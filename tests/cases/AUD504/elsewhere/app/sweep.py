from app import state
from app.state import connections


def disconnect(client_id):
    del connections[client_id]


def forget(user_id):
    state.sessions.pop(user_id, None)
