"""What is known of Celery: its settings under their new and old names, and what sends and names tasks."""

from __future__ import annotations

from flake8_auditrules.knowledge import clients, database, web

# The settings of Celery, by the first part of their names ("" for those that have one part or none in common),
# as `celery.app.defaults` lists them.
_SETTINGS: dict[str, str] = {
    "": "accept_content enable_utc imports include result_accept_content timezone",
    "arangodb": "backend_settings",
    "azureblockblob": (
        "base_path connection_timeout container_name read_timeout retry_increment_base "
        "retry_initial_backoff_sec retry_max_attempts"
    ),
    "beat": (
        "cron_starting_deadline enable_remote_control max_loop_interval remote_control_max_tick_age "
        "schedule schedule_filename scheduler sync_every"
    ),
    "broker": (
        "channel_error_retry connection_max_retries connection_retry connection_retry_on_startup "
        "connection_timeout failover_strategy heartbeat heartbeat_checkrate host login_method "
        "native_delayed_delivery_queue_type password pool_acquire_timeout pool_limit port read_url "
        "transport transport_options url use_ssl user vhost write_url"
    ),
    "cache": "backend backend_options",
    "cassandra": (
        "auth_kwargs auth_provider bundle_path entry_ttl keyspace options port read_consistency servers "
        "table write_consistency"
    ),
    "control": "exchange queue_durable queue_exclusive queue_expires queue_ttl",
    "cosmosdbsql": "collection_name consistency_level database_name max_retry_attempts max_retry_wait_time",
    "couchbase": "backend_settings",
    "database": (
        "create_tables_at_setup engine_callback engine_options short_lived_sessions table_names table_schemas url"
    ),
    "elasticsearch": "max_retries retry_on_timeout save_meta_as_text timeout",
    "event": "exchange queue_durable queue_exclusive queue_expires queue_prefix queue_ttl serializer",
    "gcs": "base_path bucket project ttl",
    "mongodb": "backend_settings",
    "redis": (
        "backend_use_ssl db host max_connections password port retry_on_timeout socket_connect_timeout "
        "socket_keepalive socket_timeout username"
    ),
    "result": (
        "backend backend_always_retry backend_base_sleep_between_retries_ms backend_max_retries "
        "backend_max_sleep_between_retries_ms backend_transport_options cache_max chord_expires "
        "chord_join_timeout chord_retry_interval compression exchange exchange_type expires extended "
        "failure_expires persistent serializer"
    ),
    "s3": "access_key_id base_path bucket endpoint_url region secret_access_key",
    "security": "cert_store certificate digest key key_password",
    "task": (
        "acks_late acks_on_failure acks_on_failure_or_timeout acks_on_timeout "
        "allow_error_cb_on_chord_header always_eager annotations compression "
        "create_missing_queue_exchange_type create_missing_queue_type create_missing_queues "
        "default_delivery_mode default_exchange default_exchange_type default_priority default_queue "
        "default_queue_type default_rate_limit default_routing_key eager_propagates ignore_result "
        "inherit_parent_priority protocol publish_retry publish_retry_policy queue_max_priority queues "
        "reject_on_worker_lost remote_tracebacks repr_maxlevels retry_on_worker_lost routes send_sent_event "
        "serializer soft_time_limit store_eager_result store_errors_even_if_ignored time_limit "
        "track_started"
    ),
    "worker": (
        "agent autoscaler cancel_long_running_tasks_on_connection_loss concurrency consumer "
        "deduplicate_successful_tasks detect_quorum_queues direct disable_prefetch disable_rate_limits "
        "enable_prefetch_count_reduction enable_remote_control enable_soft_shutdown_on_idle eta_task_limit "
        "hijack_root_logger log_color log_datefmt log_format lost_wait max_memory_per_child "
        "max_tasks_per_child pool pool_putlocks pool_restarts pool_start_method prefetch_multiplier "
        "proc_alive_timeout redirect_stdouts redirect_stdouts_level send_task_events soft_shutdown_timeout "
        "state_db task_log_datefmt task_log_format timer timer_precision"
    ),
}

# What old names put before the last part of the new name in capital letters, where it is not the first part.
_OLD_PREFIXES: dict[str, str] = {
    "": "CELERY_",
    "arangodb": "CELERY_ARANGODB_",
    "beat": "CELERYBEAT_",
    "cache": "CELERY_CACHE_",
    "couchbase": "CELERY_COUCHBASE_",
    "elasticsearch": "CELERY_ELASTICSEARCH_",
    "event": "CELERY_EVENT_",
    "mongodb": "CELERY_MONGODB_",
    "redis": "CELERY_REDIS_",
    "result": "CELERY_RESULT_",
    "security": "CELERY_SECURITY_",
    "task": "CELERY_",
    "worker": "CELERYD_",
}

# The other old names, by new name.
_OTHER_OLD_NAMES: dict[str, str] = {
    "database_engine_options": "CELERY_RESULT_ENGINE_OPTIONS",
    "database_short_lived_sessions": "CELERY_RESULT_DB_SHORT_LIVED_SESSIONS",
    "database_table_names": "CELERY_RESULT_DB_TABLENAMES",
    "database_url": "CELERY_RESULT_DBURI",
    "enable_utc": "ENABLE_UTC",
    "result_accept_content": "RESULT_ACCEPT_CONTENT",
    "result_cache_max": "CELERY_MAX_CACHED_RESULTS",
    "result_expires": "CELERY_TASK_RESULT_EXPIRES",
    "task_compression": "CELERY_MESSAGE_COMPRESSION",
    "task_eager_propagates": "CELERY_EAGER_PROPAGATES_EXCEPTIONS",
    "task_protocol": "CELERY_TASK_PROTOCOL",
    "task_publish_retry": "CELERY_TASK_PUBLISH_RETRY",
    "task_publish_retry_policy": "CELERY_TASK_PUBLISH_RETRY_POLICY",
    "task_send_sent_event": "CELERY_SEND_TASK_SENT_EVENT",
    "task_serializer": "CELERY_TASK_SERIALIZER",
    "task_soft_time_limit": "CELERYD_TASK_SOFT_TIME_LIMIT",
    "task_time_limit": "CELERYD_TASK_TIME_LIMIT",
    "worker_direct": "CELERY_WORKER_DIRECT",
    "worker_disable_rate_limits": "CELERY_DISABLE_RATE_LIMITS",
    "worker_enable_remote_control": "CELERY_ENABLE_REMOTE_CONTROL",
    "worker_lost_wait": "CELERYD_WORKER_LOST_WAIT",
    "worker_redirect_stdouts": "CELERY_REDIRECT_STDOUTS",
    "worker_redirect_stdouts_level": "CELERY_REDIRECT_STDOUTS_LEVEL",
    "worker_send_task_events": "CELERY_SEND_EVENTS",
}

# Settings that Celery's parts read without listing them, and those of schedulers that many install beside it.
_UNLISTED = frozenset(
    {
        "deprecated_settings",
        "dynamodb_endpoint_url",
        "gcs_threadpool_maxsize",
        "redis_backend_credential_provider",
        "redis_backend_health_check_interval",
        "redis_client_name",
        "result_backend_thread_safe",
    }
)


def _old_name(first: str, last: str) -> str:
    """The old name of a setting by the two parts of its new one."""
    new = f"{first}_{last}" if first else last
    prefix = _OLD_PREFIXES.get(first, f"{first}_".upper() if first else "")
    return _OTHER_OLD_NAMES.get(new, f"{prefix}{last.upper()}")


OLD_SETTINGS: dict[str, str] = {
    f"{first}_{last}" if first else last: _old_name(first, last)
    for first, names in _SETTINGS.items()
    for last in names.split()
}
"""The old name, in capital letters, of each setting by its new one."""

NEW_SETTINGS: dict[str, str] = {old: new for new, old in OLD_SETTINGS.items()}
"""The new name of each setting by its old one."""

SETTINGS: frozenset[str] = frozenset({*OLD_SETTINGS, *_UNLISTED})
"""The new names of all settings."""

APPLICATIONS = frozenset({"celery.Celery", "celery.app.Celery", "celery.app.base.Celery"})

SENDING = frozenset({"delay", "apply_async", "send_task"})
"""The methods that send a task to the broker."""

SIGNATURES = frozenset(
    {
        "celery.signature",
        "celery.Signature",
        "celery.canvas.signature",
        "celery.canvas.Signature",
        "celery.subtask",
    }
)
"""What makes a signature of a task by its name."""

TASK_SENDERS = frozenset(
    {"celery.current_app.send_task", "celery.execute.send_task", "celery.app.current_app.send_task"}
)
"""Functions beside an application's own that send a task by its name."""

QUEUES = frozenset({"kombu.Queue", "kombu.entity.Queue"})

BINDING_ARGUMENTS = frozenset({"exchange", "routing_key", "bindings", "binding_arguments", "channel"})
"""The arguments of a queue that say which messages it gets."""

UNSENDABLE: tuple[tuple[frozenset[str], str, str], ...] = (
    (web.REQUEST_CLASSES | {"fastapi.Request", "flask.Request"}, "a request", "what the task needs of it"),
    (database.SESSIONS, "a database session", "keys, and open a session in the task"),
    (
        frozenset(
            {"io.IOBase", "io.TextIOWrapper", "io.BufferedReader", "io.BufferedWriter", "io.FileIO", "io.BytesIO"}
        ),
        "an open file",
        "its path",
    ),
    (frozenset(clients.CLIENTS), "a client", "what it asks for, and make it in the task"),
)
"""Classes, beside rows, whose objects no serializer for text can write: what they are, what to send instead."""
