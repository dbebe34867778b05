"""Whose an access key is.

moto asks an account's IAM in every partition, China's and the secret ones too, and asking makes one with its
1,500 policies. An IAM that nobody has used has no access keys.
"""

from __future__ import annotations

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam import models


def _account_of(access_key: str) -> str:
    for account_id, account in list(models.iam_backends.items()):
        if any(access_key in backend.access_keys for backend in list(account.values())):
            return account_id
    return DEFAULT_ACCOUNT_ID


models.get_account_id_from = _account_of
