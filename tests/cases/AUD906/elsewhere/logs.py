"""What the log says of each request."""

import logging
from uuid import uuid4

logger = logging.getLogger(__name__)


def install(app):
    async def number(request, call_next):
        request.state.request_id = uuid4().hex
        logger.info("request %s", request.state.request_id)
        return await call_next(request)

    app.middleware("http")(number)
