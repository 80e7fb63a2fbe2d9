def show(value):
    print(value)
