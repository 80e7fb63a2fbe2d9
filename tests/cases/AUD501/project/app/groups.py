def groups_of(items):
    return [[item] for item in items] or [[]]
