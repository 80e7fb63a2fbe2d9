import getpass
import logging
import os

from app.log import get_logger
from app.settings import settings
from pydantic import SecretStr

logger = logging.getLogger(__name__)
other = get_logger()


def sign_in(token, client_secret, apiKey, user, headers, secret_key: str):
    logger.info("token %s", token)  # AUD313
    logger.debug(f"with {client_secret}")  # AUD313
    other.warning("key: {}".format(apiKey))  # AUD313
    logger.error("of " + user.password)  # AUD313
    logger.info("key", extra={"api_key": user.api_key})  # AUD313
    logger.info("value %s", os.environ["AWS_SECRET_ACCESS_KEY"])  # AUD313
    logger.info("value %s", os.getenv("API_TOKEN"))  # AUD313
    logger.info("value %s", headers["access_token"])  # AUD313
    logger.info("url %s", settings.DATABASE_URL)  # AUD313
    logger.info("key %r", secret_key)  # AUD313


def in_an_exception(token, password):
    if not token:
        raise ValueError(f"bad password {password}")  # AUD313
    raise RuntimeError("bad token %s" % token)  # AUD313


def in_a_header(api_key):
    import requests

    return requests.get("https://example.com", headers={"Authorization": f"Bearer {api_key}"})


def no_secrets(
    max_tokens, token_count, secret_name, token_type, token_url, password_label, hashed_password, prompt_tokens,
    tokenizer, total_tokens, secret_id, secret_arn, token_file, key_path, next_page_token, has_password, eos_token,
    passwordless, tokens, secretary, masked_token, encrypted_secret, password_reset_required,
):  # fmt: skip
    logger.info(
        "%s %s %s %s %s %s %s %s", max_tokens, token_count, secret_name, token_type, token_url, password_label,
        hashed_password, prompt_tokens,
    )  # fmt: skip
    logger.info("%s %s %s %s %s %s", tokenizer, total_tokens, secret_id, secret_arn, token_file, key_path)
    logger.info("%s %s %s %s %s", next_page_token, has_password, eos_token, passwordless, tokens)
    logger.info("%s %s %s %s", secretary, masked_token, encrypted_secret, password_reset_required)


def shown_in_part(token, password, mask, api_key: SecretStr):
    logger.info("token %s", token[-4:])
    logger.info("token %s", token[:4] + "...")
    logger.info("length %d", len(token))
    logger.info("given %s", bool(password))
    logger.info("given %s", "yes" if password else "no")
    logger.info("given %s", password is not None)
    logger.info("masked %s", mask(password))
    logger.info("hash %s", hash(token))
    logger.info("type %s", type(token))
    logger.info("key %s", api_key)


def lexer(text, tokenize):
    for token in tokenize(text):
        logger.debug("token %s", token)
    token = next(tokenize(text))
    raise SyntaxError(f"unexpected {token}")


def parser(token):
    if token.type == "NAME":
        raise SyntaxError(f"unexpected {token}")


def context(variable):
    token = variable.set(1)
    logger.debug("set: %s", token)


class Kind:
    PASSWORD = "password"


def kinds():
    logger.info("kind %s", Kind.PASSWORD)


def stored(secret, client):
    value = client.get_secret(secret)
    logger.info("secret %s", secret)
    return value


def by_a_variable(access_token):
    headers = {"Authorization": f"Bearer {access_token}"}
    logger.debug("headers %s", headers)  # AUD313
    text = f"bad token {access_token}"
    raise ValueError(text)  # AUD313


def as_a_value(access_token):
    raise PermissionError(access_token)


def positions(logger, stream, since_token, room_token, token):
    logger.info("from %s to %s of %s", since_token, room_token, token)
    raise LookupError(f"nothing at {token}")


def owned(organization, command):
    logger.info("new token %s", organization.token)  # AUD313
    logger.info("at %s", command.token)


def asks(authorize, token):
    authorize(authorization=token)
    logger.info("asked with %s", token)  # AUD313


def may(learner_can_edit_password):
    logger.info("may %s", learner_can_edit_password)


class TemplateParser:
    def of(self, token):
        raise ValueError(f"not understood: {token}")


class Missed(LookupError):
    pass


class AccessNotFound(LookupError):
    pass


def authenticate(known, access_token):
    if access_token not in known:
        raise AccessNotFound(f"no such token: {access_token}")
    raise Missed(f"no such token: {access_token}")  # AUD313


def login_path(token):
    if token.endswith(":*"):
        return "wildcard"
    raise ValueError(f"no path {token}")


def login(db_url, engine_of):
    if db_url == "sqlite:///":
        raise ValueError(f"no in-memory database with {db_url}")
    raise ValueError(f"no database at {db_url}")  # AUD313


def login_with(api_key):
    shown_api_key = f"{api_key[:4]}****" if len(api_key) > 8 else "*" * 8
    logger.error("no login with %s", shown_api_key)


def opens_the_file(settings):
    logger.info("key of %s", settings.file_encryption_key)
    with open(settings.file_encryption_key) as file:
        return file.read()


class SoundProcessor:
    def process(self, text):
        raise ValueError(f"too many {self.audio_token} in {text}")


def validate_passwords(configuration):
    from app.names import CONF_PASSWORD

    if CONF_PASSWORD not in configuration:
        raise ValueError(f"{CONF_PASSWORD} is missing")


def expands_the_path(settings):
    settings["ssh_private_key"] = os.path.expanduser(settings["ssh_private_key"])
    if not os.path.isfile(settings["ssh_private_key"]):
        raise ValueError(f"no key at {settings['ssh_private_key']}")


def shows_the_key(settings):
    raise ValueError(f"bad key {settings['signing_private_key']}")  # AUD313


def kind_of_key(private_key):
    if isinstance(private_key, RSAPrivateKey):
        return "RSA"
    raise ValueError(f"{private_key}: unknown kind of key")


def text_of_key(private_key):
    if isinstance(private_key, (str, bytes)):
        raise ValueError(f"{private_key} is no key")  # AUD313
    return private_key


def shows_on_demand(settings, password):
    if settings.log_credentials:
        logger.info("made a user with %s", password)
    if settings.log_level:
        logger.info("made a user with %s", password)  # AUD313


def finds_token(slots, access_token):
    if access_token not in slots:
        raise NoSuchToken(f"{access_token}: token not found")


MIRROR = "https://mirror.example.org"
PACKAGES_DB_URL = f"{MIRROR}/packages.db"
WORK_DB_URL = f"postgresql://user:{getpass.getpass()}@localhost/work"


def download(fetch):
    logger.info("fetching %s", PACKAGES_DB_URL)
    logger.info("connecting to %s", WORK_DB_URL)  # AUD313
    return fetch(PACKAGES_DB_URL)


def shows_the_beginning(access_token, user):
    logger.info("%s signs in with %.5s...", user, access_token)
    logger.info("%.5s signs in with %s", user, access_token)  # AUD313


def is_made_once(volumes, client_token):
    found = volumes.describe(filter=[{"name": "client-token", "value": [client_token]}])
    logger.info("asked before as %s: %s", client_token, found)
    return found


def signs(session, api_key, api_secret):
    logger.info("key %s", api_key)
    return session(api_key, api_secret)


def waits_for(connection):
    password = "assword:"
    if not connection.expect(password):
        raise ValueError(f"no {password} was asked")


def is_asked_again(known, client_request_token, access_token):
    if client_request_token in known:
        raise ValueError(f"{client_request_token} is used already")
    logger.info("sign-in with %s", access_token)  # AUD313


def begins(api_key):
    if not isinstance(api_key, str) or len(api_key) == 0:
        raise ValueError(f"api_key {api_key} must be a valid key")
    return api_key


def begins_with_what_is_valid(api_key):
    valid_api_key = isinstance(api_key, str) and api_key
    if not valid_api_key:
        raise ValueError(f"api_key {api_key} must be a valid key")
    return api_key


def begins_for(user, api_key):
    if not user or not api_key:
        raise ValueError(f"{user} and {api_key} must be given")  # AUD313
    return api_key


def names_once(tokens, seen):
    for token in tokens:
        secret_key = token.key_name or token.name
        if secret_key in seen:
            raise ValueError(f"The key name '{secret_key}' is there twice")


def reads_from_vault(read, vault_secret, version):
    logger.debug(f"access by {vault_secret} in version {version}")
    return read(vault_secret)


def reads_by_reader(find_admin, secret_reader, cluster):
    try:
        return find_admin(secret_reader, cluster.admin_token)
    except LookupError:
        logger.error(f"there is no {cluster.admin_token}")


def login_of(token, agents, authenticate):
    agent = authenticate(agents, token)
    if agent is None:
        raise ValueError(f"agent '{token}' has no provider")
    if agent.expired:
        raise ValueError(f"the token {token} has expired")  # AUD313
    return agent


def loads_secret(vault, app_secret):
    logger.debug(f"loads {app_secret}")
    return vault[app_secret["provider"]]


def begins_with_link(app, show_credentials):
    link = f"https://store.example/?key={app.api_key}"
    logger.warning("begun. " + (f"Log in by {link}" if show_credentials else "The link is hidden."))


class FirebaseStore:
    def connect(self):
        logger.info("connected to %s", self.database_url)


class Session:
    def begin(self, sign_in):
        if not self.access_token:
            self.access_token = sign_in()
            logger.debug(f"new token: {self.access_token}")  # AUD313
        return self.access_token


def checks(client_secret):
    logger.debug(f"begins with {client_secret[:2] if len(client_secret) > 1 else client_secret}")


def shares(app_secret, shares, user):
    if shares.filter(app_secret=app_secret, user=user).exists():
        raise ValueError(f"{app_secret} is shared already")


def stores_jobs(store, db_url="sqlite:///jobs.sqlite"):
    logger.info(f"jobs at {db_url}")
    return store(db_url)


def stores_in_memory(store, database_url):
    logger.info(f"an in-memory SQLite engine: {database_url}")
    return store(database_url)


def begins_by_variable(workspace_api_key):
    if workspace_api_key not in os.environ:
        raise RuntimeError(f"{workspace_api_key} is not set")


def asks_for_named(exists, api_key):
    if not exists(api_key):
        raise ValueError(f"There is no secret named: {api_key}")


def checks_scope(token, oauth):
    if oauth.grammar(token) is None:
        raise ValueError(f"A scope token has no spaces: {token!r}")


def begins_with_file(stream, conf):
    stream.set_private_key_file(conf.ssl_private_key)
    logger.debug("begun with %s", conf.ssl_private_key)


def keeps_in_file(settings):
    logger.info("durability=sqlite: kept in %s", settings.database_url)
    logger.info("kept in %s", settings.database_url)  # AUD313


def cancels(streams, sign, api_secret):
    payload = {"api_key": streams["first"]["api_key"], "signature": sign(api_secret)}
    logger.debug(f"payload: {payload}")


def listens(streams):
    payload = {"api_key": streams["first"]["api_key"]}
    logger.debug(f"payload: {payload}")  # AUD313


class Options:
    def check(self):
        if self.password is not None and not isinstance(self.password, str):
            raise ValueError("Password %s is not a string" % (self.password,))
        if self.private_key is not None and not (
            isinstance(self.private_key, str) or isinstance(self.private_key, bytes)
        ):
            raise ValueError("Private key %s is no text" % (self.private_key,))
        if self.user and not self.known(self.password):
            raise ValueError("Password %s is not known" % (self.password,))  # AUD313


def stores(artifact, secret_key, secret_value):
    artifact.secrets[secret_key] = secret_value
    logger.info("Stored the secret %s", secret_key)


def compares(access_token, expected):
    if access_token.strip() != expected:
        logger.info("Refused %s", access_token)  # AUD313


def is_revoked(access_token, revoked):
    logger.debug("Asked for %r", access_token)
    return access_token.id in revoked


def keeps_in_a_file(app, folder):
    app.config["DATABASE_URI"] = "sqlite:///" + folder
    logger.info(f"database in {app.config['DATABASE_URI']}")


def keeps_elsewhere(app, settings):
    app.config["DATABASE_URI"] = settings.address
    logger.info(f"database in {app.config['DATABASE_URI']}")  # AUD313


def shows_key_at_start(colored, api_key):
    logger.info(colored("API key: ", attrs=["bold"]) + f"{api_key}\n")


def shows_key(api_key):
    logger.info("API key: " + f"{api_key}\n")  # AUD313


def key_of(settings):
    key_secret = getattr(settings, "key_secret", "ENCRYPTION_KEY")
    found = os.environ.get(key_secret)
    if not found:
        logger.warning("%s is not set", key_secret)
    return found
