from agent import Agent


async def run(agent: Agent, ask):
    note = await agent.begin()
    await agent.end(await ask(note))
