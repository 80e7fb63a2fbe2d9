"""A prompt raises Ctrl-C itself."""

from prompt_toolkit import PromptSession


class Console:
    def __init__(self):
        self.session = PromptSession()

    async def ask(self):
        try:
            return await self.session.prompt_async("> ")
        except KeyboardInterrupt:
            self.stop()
            raise
