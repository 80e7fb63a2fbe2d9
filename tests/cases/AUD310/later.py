from threading import Thread

from fastapi import APIRouter, BackgroundTasks, HTTPException

router = APIRouter()
STATES = {}


def check(name):
    if name not in STATES:
        raise HTTPException(status_code=404, detail="unknown")


def copy_later(name):
    try:
        check(name)
    except Exception as error:
        raise HTTPException(status_code=500, detail="not copied") from error


def copy_in_thread(name):
    try:
        check(name)
    except Exception as error:
        raise HTTPException(status_code=500, detail="not copied") from error


def copy_at_times(name):
    try:
        check(name)
    except Exception as error:  # AUD310
        raise HTTPException(status_code=500, detail="not copied") from error


@router.post("/copies")
def copies(name: str, tasks: BackgroundTasks):
    tasks.add_task(copy_later, name)
    Thread(target=copy_in_thread, args=(name,)).start()
    tasks.add_task(copy_at_times, name)
    copy_at_times(name)
