from fastapi import APIRouter, Request

from auth import current_user, get_user_name

router = APIRouter(prefix="/notes")
named = APIRouter(prefix="/named")
notes = []


@router.get("/")
def listed(request: Request):
    current_user(request)
    return notes


@router.post("/")
def added(request: Request):
    user = current_user(request)
    notes.append(user)


@router.put("/{number}")
def changed(number: int, request: Request):
    user = current_user(request)
    notes[number] = user


@router.patch("/{number}")
def mended(number: int, request: Request):
    user = current_user(request)
    notes[number] = user


@router.post("/all")
def replaced(request: Request):
    user = current_user(request)
    notes[:] = [user]


@router.delete("/{number}")
def removed(number: int):  # AUD603
    notes.pop(number)


# Who only asks for a name turns nobody away.
@named.post("/")
def named_added(request: Request):
    name = get_user_name(request)
    notes.append(name)


@named.put("/{number}")
def named_changed(number: int, request: Request):
    name = get_user_name(request)
    notes[number] = name


@named.patch("/{number}")
def named_mended(number: int, request: Request):
    name = get_user_name(request)
    notes[number] = name


@named.post("/all")
def named_replaced(request: Request):
    name = get_user_name(request)
    notes[:] = [name]


@named.delete("/{number}")
def named_removed(number: int):
    notes.pop(number)
