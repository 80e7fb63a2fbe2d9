def make_of_namesake(count):
    return [None] * count


def start():
    return make_of_namesake(0)
