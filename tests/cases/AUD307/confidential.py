from fastapi import HTTPException


def salt_of(request, resolve):
    try:
        return resolve(request)
    except Exception:
        # Errors of the provider may contain credentials: they are neither logged nor shown.
        raise HTTPException(500, "no salt") from None


def salt_without_a_word(request, resolve):
    try:
        return resolve(request)
    except Exception:
        raise HTTPException(500, "no salt") from None  # AUD307


def searched(post, url, settings):
    try:
        return post(url, headers={"x-api-key": settings.EXA_API_KEY})
    except Exception:
        raise RuntimeError("the search failed") from None


def searched_without_a_key(post, url):
    try:
        return post(url)
    except Exception:
        raise RuntimeError("the search failed") from None  # AUD307


def stored(execute, statement):
    # Errors of the driver may embed the secret.
    try:
        return execute(statement)
    except Exception:
        raise RuntimeError("not stored") from None


def zone_of(name, ZoneInfo, SettingsError):
    try:
        return ZoneInfo(name)
    except Exception:
        raise SettingsError("invalid timezone") from None


def zone_by_request(http, name, SettingsError):
    try:
        return http.fetch_zone(name)
    except Exception:
        raise SettingsError("invalid timezone") from None  # AUD307


_DENIED = "denied"


class DeniedError(Exception):
    pass


def denies_without_a_reason(check):
    try:
        return check()
    except Exception:
        raise DeniedError(_DENIED) from None


def decodes(payload, urlsafe_b64decode):
    try:
        return urlsafe_b64decode(payload)
    except Exception:
        raise DeniedError("it cannot be decoded") from None


def closes(client):
    try:
        client.close()
    except Exception:
        raise DeniedError("it does not close") from None


def opens(client):
    try:
        client.open()
    except Exception:
        raise DeniedError("it does not open") from None  # AUD307


def prepares(path, wrap):
    try:
        saved = wrap(path)
        saved.pop("refresh_token")
    except Exception:
        raise ValueError("the file cannot be prepared") from None


def redirects(text, Address, Community):
    try:
        return Address.create(text), Community.create(text).add(Address(text))
    except Exception:
        raise ValueError("an address stands in brackets") from None


def saves(session, text):
    try:
        return session.execute(text)
    except Exception:
        raise ValueError("an order has a number") from None  # AUD307


def asks_for_a_token(session):
    try:
        access_token = session.post("/token")
    except Exception:
        raise DeniedError("no token") from None  # AUD307
    return access_token


def decodes_an_answer(answer, open_sealed):
    try:
        return open_sealed(answer.text)
    except Exception:
        if answer.status != 200:
            raise DeniedError(answer.text) from None
        raise


def compares(specifier, version):
    try:
        return specifier.contains(version)
    except Exception:
        raise DeniedError(f"cannot evaluate {version}") from None
