"""Processes: what those who start one put into its environment."""

from __future__ import annotations

from flake8_auditrules.patterns import pattern

SETTINGS_CLASSES = frozenset(
    {"pydantic.BaseSettings", "pydantic.v1.BaseSettings", "pydantic_settings.BaseSettings"}
)
"""Classes whose fields are read from the environment."""

SET_BY_LAUNCHERS = pattern(
    r"(?:LOCAL_|GLOBAL_|NODE_|GROUP_|ROLE_|DP_|TP_|PP_)?(?:RANK|WORLD_SIZE)|MASTER_PORT|NODE_RANK|NPROC_PER_NODE"
    r"|(?:SLURM|OMPI|PMI|PMIX|MV2|PBS|LSB|SGE|TORCHELASTIC|HOROVOD|DMLC|AWS_LAMBDA|AWS_BATCH|LISTEN|PYTEST_XDIST)_\w+"
    r"|JOB_COMPLETION_INDEX|CLOUD_RUN_TASK_\w+|SUDO_[UG]ID|[UG]ID|E?UID|PPID|SHLVL|COLUMNS|LINES|COMP_CWORD"
)
"""
Names of variables that launchers of processes and platforms set, always to numbers: torchrun (documentation of
`torch.distributed.run`), MPI and batch systems, systemd (`LISTEN_FDS`), Kubernetes, Cloud Run, AWS Lambda, sudo
and shells.
"""
