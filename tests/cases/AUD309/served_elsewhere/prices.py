def price_of(number):
    try:
        return int(number)
    except ValueError as error:
        print(f"no price: {error}")
        return None
