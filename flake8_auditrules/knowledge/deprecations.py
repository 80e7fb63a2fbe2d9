"""Deprecations: what the web frameworks' current versions warn about or no longer have."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Deprecation(NamedTuple):
    """One deprecated thing: the library, the version since which it is, what happens, and what to use."""

    library: str
    since: tuple[int, ...]
    fact: str
    cure: str


_PYDANTIC = "pydantic"
_TWO = (2,)
_OLD_STYLE = "is deprecated since pydantic 2"

# Calls, by qualified name. From the libraries' own deprecation messages and migration guides.
CALLS: dict[str, Deprecation] = {
    "fastapi.FastAPI.on_event": Deprecation("fastapi", (0, 93), "is deprecated", "use a `lifespan` function"),
    "fastapi.APIRouter.on_event": Deprecation("fastapi", (0, 93), "is deprecated", "use a `lifespan` function"),
    "starlette.applications.Starlette.on_event": Deprecation(
        "starlette", (1,), "is gone since Starlette 1.0: AttributeError", "use a `lifespan` function"
    ),
    "starlette.applications.Starlette.add_event_handler": Deprecation(
        "starlette", (1,), "is gone since Starlette 1.0: AttributeError", "use a `lifespan` function"
    ),
    "pydantic.validator": Deprecation(_PYDANTIC, _TWO, _OLD_STYLE, "use `field_validator`"),
    "pydantic.root_validator": Deprecation(_PYDANTIC, _TWO, _OLD_STYLE, "use `model_validator`"),
    "pydantic.parse_obj_as": Deprecation(_PYDANTIC, _TWO, _OLD_STYLE, "use `TypeAdapter`"),
}

# Methods of pydantic models.
MODEL_METHODS: dict[str, str] = {
    "dict": "use `model_dump`",
    "json": "use `model_dump_json`",
    "copy": "use `model_copy`",
    "parse_obj": "use `model_validate`",
    "parse_raw": "use `model_validate_json`",
    "from_orm": "use `model_validate` with `from_attributes`",
    "construct": "use `model_construct`",
    "update_forward_refs": "use `model_rebuild`",
    "schema": "use `model_json_schema`",
    "schema_json": "use `model_json_schema`",
}

# Arguments, by the call's qualified name.
ARGUMENTS: dict[str, tuple[str, Deprecation]] = {
    f"fastapi.{name}": ("regex", Deprecation("fastapi", (0, 100), "is deprecated", "use `pattern=`"))
    for name in ("Query", "Path", "Body", "Header", "Cookie", "Form")
}

# Names that only pydantic 2 has: a module that imports one runs under it.
# Methods of models, and names in `class Config`, that pydantic 1 does not have.
METHODS_OF_PYDANTIC_TWO = ("model_dump", "model_dump_json", "model_validate", "model_validate_json")
CONFIG_OF_PYDANTIC_TWO = frozenset(
    {"from_attributes", "json_schema_extra", "populate_by_name", "str_strip_whitespace", "validate_default"}
)

PYDANTIC_TWO = frozenset(
    {
        "pydantic.AliasChoices",
        "pydantic.BeforeValidator",
        "pydantic.AfterValidator",
        "pydantic.ConfigDict",
        "pydantic.RootModel",
        "pydantic.TypeAdapter",
        "pydantic.computed_field",
        "pydantic.field_serializer",
        "pydantic.field_validator",
        "pydantic.model_serializer",
        "pydantic.model_validator",
    }
)

# Where a project uses one of these it may run under both versions.
ASKING_FOR_VERSION = (
    "pydantic.VERSION",
    "pydantic.version",
    "pydantic.__version__",
    "pydantic.v1",
    "pydantic.compat",
)

# Libraries that need pydantic 2.
NEEDING_PYDANTIC_TWO = ("pydantic-settings", "pydantic_settings")

MODELS = frozenset({"pydantic.BaseModel", "pydantic_settings.BaseSettings", "sqlmodel.SQLModel"})

LAST_NAMES = frozenset(name.rpartition(".")[2] for name in (*CALLS, *ARGUMENTS))
