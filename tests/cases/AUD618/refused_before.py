from fastapi import APIRouter, HTTPException

router = APIRouter()


@router.put("/settings/{name}")
def change(name: str, value: str, store, settings):
    try:
        store.set_value(name, value)
    except KeyError:
        raise HTTPException(404, "no such setting")
    return {"value": getattr(settings, name)}


@router.put("/counters/{name}")
def count(name: str, value: int, store, counters):
    try:
        store.set_value(value)
    except KeyError:
        raise HTTPException(404, "no such counter")
    return {"value": getattr(counters, name)}  # AUD618


@router.put("/flags/{name}")
def flag(name: str, value: int, store, flags):
    try:
        store.set_value(name, value)
    except KeyError:
        store.clear()
    return {"value": getattr(flags, name)}  # AUD618
