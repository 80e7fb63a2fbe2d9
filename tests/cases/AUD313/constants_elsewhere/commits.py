from trailers import FROM_GIT_TOKEN, HOST_API_KEY


def trailer_of(commit):
    if commit.trailer is None:
        raise ValueError(f"{commit} has no {FROM_GIT_TOKEN}")
    raise ValueError(f"{commit} is not known with {HOST_API_KEY}")  # AUD313
