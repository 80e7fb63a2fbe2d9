def quoted_outside(user, password, host):
    return f"postgresql://{user}:{password}@{host}/shop"


def raw_outside(user, password, host):
    return f"postgresql://{user}:{password}@{host}/shop"  # AUD708
