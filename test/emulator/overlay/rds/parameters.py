"""Parameters that groups have by themselves.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Parameter.html: every parameter of the family is
there, with its default, where it comes from (Source), whether it is applied at once or after a reboot
(ApplyType), and whether it can be changed. moto shows what was set only. These are some of PostgreSQL's:
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
"""

from __future__ import annotations

from typing import Any

_PARAMETERS: dict[str, tuple[str, str, str | None]] = {
    # Name: type of application, type of data, default.
    "autovacuum_max_workers": ("static", "integer", None),
    "autovacuum_naptime": ("dynamic", "integer", "5"),
    "idle_in_transaction_session_timeout": ("dynamic", "integer", "86400000"),
    "log_connections": ("dynamic", "boolean", None),
    "log_disconnections": ("dynamic", "boolean", None),
    "log_lock_waits": ("dynamic", "boolean", None),
    "log_min_duration_statement": ("dynamic", "integer", None),
    "log_statement": ("dynamic", "string", None),
    "max_connections": ("static", "integer", "LEAST({DBInstanceClassMemory/9531392},5000)"),
    "pgaudit.log": ("dynamic", "list", None),
    "pgaudit.role": ("dynamic", "string", None),
    "rds.force_ssl": ("dynamic", "boolean", "0"),
    "rds.logical_replication": ("static", "boolean", "0"),
    "shared_buffers": ("static", "integer", "SUM({DBInstanceClassMemory/12038},-50003)"),
    "shared_preload_libraries": ("static", "list", "pg_stat_statements"),
    "ssl_min_protocol_version": ("dynamic", "string", "TLSv1.2"),
    "statement_timeout": ("dynamic", "integer", None),
    "timezone": ("dynamic", "string", "UTC"),
    "work_mem": ("dynamic", "integer", None),
}
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
_FIXED = {"rds.extensions": "address_standardizer, amcheck, pgaudit, plpgsql"}


def is_static(name: str) -> bool:
    return name in _PARAMETERS and _PARAMETERS[name][0] == "static"


def exists(name: str) -> bool:
    return name in _PARAMETERS or name in _FIXED


def can_be_changed(name: str) -> bool:
    return name in _PARAMETERS


def shown(family: str, given: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """All parameters of a group; of another engine than PostgreSQL, what was set."""
    own = [] if "postgres" not in family else [*_PARAMETERS, *_FIXED]
    return [_shown(family, name, given.get(name)) for name in sorted({*own, *given})]


def _shown(family: str, name: str, given: dict[str, Any] | None) -> dict[str, Any]:
    apply_type, data_type, default = _PARAMETERS.get(name, ("static", "string", _FIXED.get(name)))
    if name == "rds.force_ssl" and _forces_ssl(family):
        default = "1"
    parameter = {
        "ParameterName": name,
        "ApplyType": apply_type,
        "DataType": data_type,
        "IsModifiable": name not in _FIXED,
    }
    # One that is set to its default is shown as one that nobody set:
    # https://github.com/hashicorp/terraform-provider-aws/issues/23335
    if given is not None and given["ParameterValue"] != default:
        return parameter | {
            "ParameterValue": given["ParameterValue"],
            "Source": "user",
            "ApplyMethod": given["ApplyMethod"],
        }
    value = {} if default is None else {"ParameterValue": default}
    source = "system" if default is not None else "engine-default"
    return parameter | value | {"Source": source, "ApplyMethod": "pending-reboot"}


def _forces_ssl(family: str) -> bool:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html and
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
    """
    if family.startswith("aurora-postgresql"):
        return int(family.removeprefix("aurora-postgresql")) >= 17
    return family.startswith("postgres") and int(family.removeprefix("postgres")) >= 15
