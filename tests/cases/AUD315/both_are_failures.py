import asyncio
import logging

logger = logging.getLogger(__name__)


class Files:
    def __init__(self, client):
        self.client = client

    def list_paths(self) -> list[str] | None:
        try:
            found = self.client.list_files(recursive=True)
        except TypeError:
            try:
                found = self.client.list_files()
            except Exception as error:
                logger.warning("no list after a missing file: %s", error)
                return None
        except Exception as error:
            logger.warning("no list after a missing file: %s", error)
            return None
        return [file.path for file in found]

    def list_owners(self) -> list[str] | None:
        try:
            found = self.client.list_files()
            if not found:
                return None
        except Exception as error:
            logger.warning("no list: %s", error)
            return None  # AUD315
        return [file.owner for file in found]

    async def fetch_body(self, gate, number):
        async with gate:
            for attempt in range(3):
                try:
                    answer = await self.client.fetch(number)
                    return dict(answer)
                except Exception as error:
                    if attempt == 2:
                        logger.warning("no body of %s: %s", number, error)
                        return None
                    await asyncio.sleep(attempt)
        return None

    def fetch_details(self, number):
        try:
            answer = self.client.query(number)
            if answer.status != 200:
                logger.warning("details of %s: %s", number, answer.message)
                return {}
            return {"title": answer.title, "body": answer.body}
        except Exception as error:
            logger.warning("details of %s: %s", number, error)
            return {}

    def fetch_labels(self, number):
        try:
            answer = self.client.query(number)
            if not answer.labels:
                return {}
            return {"labels": answer.labels}
        except Exception as error:
            logger.warning("labels of %s: %s", number, error)
            return {}  # AUD315
