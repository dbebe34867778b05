"""Repositories.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html: a key must be there and enabled,
and is shown as its ARN; names have 2 to 256 characters; a 51st tag is TooManyTagsException. moto takes anything.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html: pages, or at most 100 names;
moto has neither limit.
"""

from __future__ import annotations

from typing import Any

from moto.ecr.responses import ECRResponse
from moto.kms.models import kms_backends

from .. import staleness
from ..operations import AwsError, Call, operation


def invalid(parameter: str, reason: str) -> AwsError:
    message = f"Invalid parameter at '{parameter}' failed to satisfy constraint: '{reason}'"
    return AwsError("InvalidParameterException", message)


@operation(ECRResponse, "CreateRepository")
def create(call: Call) -> Any:
    name, backend = call.params["repositoryName"], call.response.ecr_backend
    if not 2 <= len(name) <= 256:
        raise invalid("repositoryName", "must have length between 2 and 256")
    if len(call.params.get("tags", [])) > 50:
        raise AwsError("TooManyTagsException", "A repository can have no more than 50 tags.")
    key = None
    if name not in backend.repositories:
        key = _key_arn(call, call.params.get("encryptionConfiguration", {}))
    answer = call.original()
    repository = backend.repositories[name]
    if key is not None:
        repository.encryption_configuration = {**repository.encryption_configuration, "kmsKey": key}
    staleness.written(repository.arn)
    return answer


def _key_arn(call: Call, encryption: dict[str, str]) -> str | None:
    wanted = encryption.get("kmsKey")
    if wanted is None:
        return None
    if encryption["encryptionType"] == "AES256":
        raise invalid("kmsKey", "must not be given with the encryption type AES256")
    backend = kms_backends[call.account][call.region]
    key = backend.keys.get(backend.any_id_to_key_id(wanted))
    if key is None or key.key_state != "Enabled":
        raise AwsError("KmsException", f"Key '{wanted}' does not exist or is not enabled")
    return key.arn


@operation(ECRResponse, "DescribeRepositories")
def describe(call: Call) -> Any:
    params, backend = call.params, call.response.ecr_backend
    names = params.get("repositoryNames")
    if names is not None:
        if not 1 <= len(names) <= 100:
            raise invalid("repositoryNames", "must have length between 1 and 100")
        if "nextToken" in params or "maxResults" in params:
            raise invalid("repositoryNames", "cannot be used with nextToken or maxResults")
        return call.original()
    size = params.get("maxResults", 100)
    if not 1 <= size <= 1000:
        raise invalid("maxResults", "must be between 1 and 1000")
    after = params.get("nextToken", "")
    rest = [item for name, item in sorted(backend.repositories.items()) if name > after]
    answer: dict[str, Any] = {"repositories": rest[:size]}
    if len(rest) > size:
        answer["nextToken"] = rest[size - 1].name
    return answer
