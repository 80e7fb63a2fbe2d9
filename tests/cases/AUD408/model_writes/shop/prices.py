def price_of(row):
    return row["price"]


def publish_price(book):
    return book.price
