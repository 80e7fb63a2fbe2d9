"""A parameter that is put below a folder holds what was asked for, one that stands alone a path of the server."""

from pathlib import Path

from fastapi import HTTPException


def resolve(root: Path, name: Path) -> Path:
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise HTTPException(400, detail=f"{name} lies outside")
    return path


def opened(report: Path) -> str:
    if not report.exists():
        raise HTTPException(404, detail=f"there is no {report}")  # AUD617
    return report.read_text()


def listed(folder: Path) -> list[str]:
    if not (folder / "index").exists():
        raise HTTPException(404, detail=f"{folder} has no index")  # AUD617
    return (folder / "index").read_text().splitlines()
