"""A refusal leaves a line in the log: what was refused to which kind of actor, never to whom."""

from __future__ import annotations

import logging

from wijkveilig.scope.types import Actor, Refused

log = logging.getLogger("wijkveilig.refusal")


def note(refused: Refused, actor: Actor | None) -> None:
    """Write the line, after the transaction of the refused act is rolled back. `actor` is None before there is one."""
    log.info(
        "refused",
        extra={
            "facts": {
                "code": refused.code,
                "municipality": actor.municipality_id if actor else None,
                "actor": actor.kind.value if actor else None,
                "role": actor.role if actor else None,
            }
        },
    )
