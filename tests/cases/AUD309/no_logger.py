def show(value):
    print(value)


def settle(order):
    try:
        order.settle()
    except ValueError as error:
        print("not settled:", error)
