from fastapi import Depends, FastAPI

from shop.factors import Closed, OfOthers, Plain, Swept

app = FastAPI()


def plain():
    return Plain("plain")


def closed():
    return Closed("closed")


def swept():
    return Swept("swept")


def others():
    return OfOthers("others")


@app.get("/factors")
async def factors(a=Depends(plain), b=Depends(closed), c=Depends(swept), d=Depends(others)):
    return [a.name, b.name, c.name, d.name]
