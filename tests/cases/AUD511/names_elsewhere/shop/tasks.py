from shop.app import app
from shop.names import PACK, TIDY


@app.task(name=PACK)
def pack(box): ...


@app.task(name=TIDY)
def tidy(): ...


@app.task(name="shop.weigh_box")
def weigh(box): ...
