# file: shop/__init__.py
# file: shop/schemas/__init__.py
from shop.schemas.backups import BackupCreate, Named, Restricted

__all__ = ["BackupCreate", "Named", "Restricted"]
# file: shop/schemas/backups.py
from pathlib import Path

from pydantic import BaseModel, Field, field_validator


class BackupCreate(BaseModel):
    name: str | None = None
    number: int = 0


class Restricted(BaseModel):
    name: str = Field(pattern=r"^[a-z]+$")


class Named(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def known(cls, name: str) -> str:
        return Path(name).name


# file: shop/service.py
from pathlib import Path

BACKUPS = Path("backups")


def write_backup(name: str) -> None:
    (BACKUPS / f"{name}/data.zip").write_bytes(b"")


# file: shop/routes.py
from pathlib import Path

from fastapi import APIRouter

from shop.schemas import BackupCreate, Named, Restricted
from shop.service import write_backup

router = APIRouter()
BACKUPS = Path("backups")


@router.post("/backups")
def create(data: BackupCreate):
    write_backup(name=data.name)  # AUD610
    return {"made": (BACKUPS / str(data.number)).exists()}


@router.post("/here")
def here(data: BackupCreate):
    (BACKUPS / data.name).unlink()  # AUD610


@router.post("/restricted")
def restricted(data: Restricted):
    (BACKUPS / data.name).unlink()


@router.post("/named")
def named(data: Named):
    (BACKUPS / data.name).unlink()


# file: shop/imports.py
from pathlib import Path

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class Source(BaseModel):
    directory: str
    name: str


@router.post("/import")
def read_from(data: Source):
    return (Path(data.directory) / "robot.json").read_text()


@router.post("/add")
def add(data: Source):
    return (Path("robots") / data.directory).read_text()  # AUD610


@router.post("/named")
def read_named(data: Source):
    return Path(data.name).read_text()  # AUD610
