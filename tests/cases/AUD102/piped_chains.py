from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from langgraph.graph import StateGraph

model = ChatOpenAI(model="small")
prompt = ChatPromptTemplate.from_template("{question}")
chain = prompt | model | StrOutputParser()
only_text = prompt | StrOutputParser()
flags = 1 | 2


def build():
    builder = StateGraph(dict)
    builder.add_node("answer", print)
    return builder.compile()


class Agent:
    def __init__(self):
        self.chain = self._chain()
        self.graph = build()

    def _chain(self):
        return prompt | model.with_structured_output(dict)

    async def answer(self, question):
        self.graph.invoke({"question": question})  # AUD102
        await self.graph.ainvoke({"question": question})
        return self.chain.invoke({"question": question})  # AUD102


async def answer(question):
    only_text.invoke({"question": question})
    await chain.ainvoke({"question": question})
    return chain.invoke({"question": question})  # AUD102


async def stream(question):
    for piece in chain.stream({"question": question}):  # AUD102
        yield piece
    async for piece in chain.astream({"question": question}):
        yield piece


def hand_out(question):
    return chain.stream({"question": question})


async def hand_out_later(question):
    return chain.stream({"question": question})
