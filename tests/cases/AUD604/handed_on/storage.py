from fastapi import HTTPException, UploadFile


async def save(file: UploadFile):
    return len(await file.read())


async def save_small(file: UploadFile):
    if file.size > 1000:
        raise HTTPException(413)
    return len(await file.read())


class Storage:
    async def keep(self, name: str, content: UploadFile):
        return name, await content.read()
