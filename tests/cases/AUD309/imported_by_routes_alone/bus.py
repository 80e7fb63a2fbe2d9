from channels import Channel


class Bus:
    def __init__(self, channels: list[Channel]):
        self.channels = channels

    async def emit(self, event):
        print(f"{event} goes to {len(self.channels)}")
        for channel in self.channels:
            try:
                await channel.deliver(event)
            except Exception as error:
                print(f"not delivered: {error}")  # AUD309

    async def retry(self, event):
        try:
            await self.channels[0].deliver(event)
        except Exception as error:
            print(f"not delivered again: {error}")
            raise

    def start(self):
        try:
            self.channels = list(self.channels)
        except TypeError as error:
            print(f"no channels: {error}")
