"""A router that nobody guards."""

from fastapi import APIRouter, Depends

from guards import connection

router = APIRouter(prefix="/documents")
documents = {}


@router.post("/{name}")
def add(name: str, text: str, store=Depends(connection)):
    documents[name] = text


@router.delete("/{name}")
def remove(name: str):
    documents.pop(name, None)


@router.get("/{name}")
def read(name: str):
    return documents[name]
