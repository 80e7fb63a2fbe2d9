from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.clients import News, Weather


class ClosingNews(News):
    async def close(self) -> None:
        await self._news.close()


@asynccontextmanager
async def lifespan(app: FastAPI):
    weather = Weather()
    yield {"weather": weather}
    await weather._weather.close()


app = FastAPI(lifespan=lifespan)
