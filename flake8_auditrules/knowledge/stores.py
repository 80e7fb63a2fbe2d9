"""Names of data access: what reading calls, and what the objects they are made on, are called in general."""

from __future__ import annotations

import re

from flake8_auditrules.patterns import pattern

# Calls that read data from somewhere else, by their last segment.
READING: frozenset[str] = frozenset(
    {
        "all",
        "aggregate",
        "count",
        "count_documents",
        "execute",
        "exec",
        "fetch",
        "fetchall",
        "fetchone",
        "fetchrow",
        "fetchval",
        "filter",
        "filter_by",
        "find",
        "find_one",
        "first",
        "get",
        "get_item",
        "get_object",
        "hgetall",
        "json",
        "list_objects_v2",
        "lrange",
        "mget",
        "one",
        "one_or_none",
        "post",
        "query",
        "request",
        "run",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
        "scalars",
        "scan",
        "search",
        "select",
        "smembers",
        "urlopen",
        "zrange",
    }
)
# What a receiver is called through which data comes from a database, a store or the network.
STORES = pattern(
    r"(?:^|_|\.)(?:db|database|session|sess|con|conn|connection|cursor|cur|client|collection|coll|repo|repository|redis"
    r"|http|requests|httpx|table|bucket|s3|es|elasticsearch|mongo|pool|api|store|index|driver|neo4j|graph|supabase"
    r"|objects|records|dao)\d*$",
    re.IGNORECASE,
)
# Names of functions that change something: that they did not is more than an answer.
DEEDS = re.compile(
    r"_*(?:async_|a)?(?:add|append|apply|archive|assign|cancel|chmod|clear|commit|copy|create|delete|drop|enqueue"
    r"|execute|grant|import|increment|insert|install|invalidate|kill|link|load|login|logout|makedirs|mark|migrate"
    r"|mkdir|move|notify|patch|persist|post|publish|purge|push|put|refresh|register|remove|rename|reset|restore"
    r"|revoke|rollback|save|schedule|send|set|share|spawn|start|store|submit|sync|terminate|toggle|unlink|unshare"
    r"|update|upload|upsert|write)(?:_|$|[A-Z])"
)
# The part of them that says little of itself: `set` is an attribute's, `append` a list's, `write` a stream's.
SMALL_DEEDS = re.compile(r"_*(?:append|apply|clear|copy|import|link|mark|set|start|write)(?:_|$|[A-Z])")
# Names of functions that fetch something from a file, a database or another machine.
FETCHES = re.compile(r"_*(?:async_|a)?(?:call|download|fetch|load|query|request|retrieve|urlopen)(?:_|$|[A-Z])")
# What a receiver is called that is a database, or a way into one.
DATABASES = pattern(
    r"(?:^|_|\.)(?:db|database|session|sess|con|conn|connection|cursor|cur|collection|coll|repo|repository|redis|table"
    r"|mongo|store|objects|dao)\d*$",
    re.IGNORECASE,
)
# Names of calls that take something away, and those that tell somebody of something.
REMOVING = pattern(
    r"_*(?:async_|a)?(?:cancel|clear|delete|drop|invalidate|kill|purge|remove|reset|revoke|terminate|unlink)(?:_|$|[A-Z])"
)
TELLING = pattern(r"_*(?:async_|a)?(?:answer|edit|notify|post|publish|push|reply|respond|send)(?:_|$|[A-Z])")
# Statements that change rows or tables.
CHANGING = pattern(r"\b(?:alter|create|delete|drop|insert|replace|update|values)\b", re.IGNORECASE)
# Statements that ask for no data: what a table is like, or how it is read.
DESCRIBING = pattern(r"f?[\"']+\s*(?:describe|explain|pragma|set|show)\b", re.IGNORECASE)
# Names of methods that ask a client or a store for something, beside `READING`.
GETTING = pattern(r"_*a?(?:describe|find|get|list|read|show)(?:_|$|[A-Z])")
# Where the functions of a schema migration stand.
SCHEMA = "alembic.op."
# Names of coroutines that get something kept elsewhere.
ASKS = re.compile(r"_*(?:async_|a)?(?:find|list|get_(?:all|by|many|one))(?:_|$)")
# Names of calls that leave something behind which others rely on: in a store, a service or an account.
LASTING = re.compile(
    r"_*(?:async_|a(?!sync_))?(?:add|approve|archive|assign|charge|create(?!_(?:connection|future|subprocess|task))|enqueue|grant|increment|insert|mark|migrate|patch"
    r"|persist|provision|put|record|refund|register(?=$)|rename|renew|reschedule|restore|save|schedule|set|share|store|submit|sync"
    r"|update|upload|upsert)(?:_|[A-Z]|$)"
)
# Those of them that say it by themselves, where nobody waits for them and they are no store's.
KEEPING = re.compile(
    r"_*(?:approve|archive|charge|create(?!_(?:connection|future|subprocess|task))|enqueue|grant|insert|migrate|persist"
    r"|provision|refund|register(?=$)|restore|save|submit|upload|upsert)(?:_|[A-Z]|$)"
)
# Names of calls that write a value to where it is kept.
WRITING = frozenset({"dump", "safe_dump", "save", "write", "write_bytes", "write_text"})
# Parts of names of what is there for the eye, or may be missing: nobody relies on it.
SLIGHT = pattern(
    r"avatar|banner|cosmetic|(?:^|_)covers?(?:_|$)|debug|display|emoji|fonts?(?:[^a-z]|$)|hint|icon|indicator|nudge"
    r"|placeholder|preview|presence|reaction|receipt|similar|spinner|stat(?:s|istics?)(?:_|$)|suggest|thumbnail|toast"
    r"|tooltip|typing"
    r"|usage",
    re.IGNORECASE,
)
# Names of functions that tell what a thing is called or how large it may be: what is not told is not known.
FIGURES = pattern(
    r"(?:^|_)(?:alias(?:es)?|counts?|ctx|desc(?:ription)?|dim(?:ension)?s?|icon|info|labels?|len(?:gth)?|limits?|max|min"
    r"|(?:host|file|display|user)?names?|num|ports?|previews?|size|snippets?|title|topic|version|window)(?:_|$|[A-Z])",
)
