from speech import Adapter, Text


class SpeechService:
    def __init__(self):
        self.adapters = {}
        self.texts = {}

    async def speak(self, model_id, path):
        return await (await self._adapter(model_id, path)).speak()

    async def voices(self, model_id, path):
        return await (await self._adapter(model_id, path)).voices()

    async def stream(self, model_id, path):
        await self._text(model_id, path)
        return await (await self._adapter(model_id, path)).stream()

    async def first(self, model_id, path):
        return await self._text(model_id, path)

    async def second(self, model_id, path):
        return await self._text(model_id, path)

    async def _adapter(self, model_id, path):
        if model_id not in self.adapters:  # AUD114
            adapter = self._create_adapter(model_id)
            await adapter.load_model(path)
            self.adapters[model_id] = adapter
        return self.adapters[model_id]

    async def _text(self, model_id, path):
        if model_id not in self.texts:
            text = Text(model_id)
            await text.read(path)
            self.texts[model_id] = text
        return self.texts[model_id]

    def _create_adapter(self, model_id):
        return Adapter(model_id)
