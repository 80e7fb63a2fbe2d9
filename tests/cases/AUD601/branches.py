"""One of two routes of an `if`, and paths that another route takes only a part of."""

from fastapi import APIRouter

router = APIRouter()


def make(limited, limit):
    inner = APIRouter()
    if limited:

        @inner.get("/load")
        @limit
        async def limited_load():
            return None

    elif limit:

        @inner.get("/load")
        async def load():
            return None

        @inner.get("/load")
        async def load_again():  # AUD601
            return None

    return inner


@router.get("/{workflow}")
async def files(workflow: str):
    return [workflow]


@router.get("/{path:path}")
async def file(path: str):
    return path


@router.get("/{other}")
async def other_files(other: str):  # AUD601
    return [other]


def optional():
    application = APIRouter()
    try:
        import prometheus_client

        @application.get("/metrics")
        def metrics():
            return prometheus_client.generate_latest()

    except ImportError:

        @application.get("/metrics")
        def no_metrics():
            return "not installed"
    return application


def guarded(check):
    history = APIRouter()
    if check is not None:

        @history.get("/{kind}/{name}")
        async def checked(kind: str, name: str, user=check):
            return [kind, name, user]

        return history

    @history.get("/{kind}/{name}")
    async def unchecked(kind: str, name: str):
        return [kind, name]

    @history.get("/{kind}/{label}")
    async def never(kind: str, label: str):  # AUD601
        return [kind, label]

    return history
