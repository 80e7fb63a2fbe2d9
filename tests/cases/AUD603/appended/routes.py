from fastapi import APIRouter, Depends

router = APIRouter()


def task_permission(): ...


@router.get("/tasks")
async def tasks(): ...


@router.post("/tasks")
async def add_task(task=Depends(task_permission)): ...


@router.put("/tasks/{name}")
async def change_task(name: str, task=Depends(task_permission)): ...


@router.delete("/tasks")
async def remove_tasks(): ...
