"""What is counted."""

from prometheus_client import make_asgi_app


def serve(app):
    app.mount("/counts", make_asgi_app())
