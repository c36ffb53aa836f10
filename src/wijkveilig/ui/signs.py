"""Signs of state: the shape first, then the word, colour third; the same everywhere."""

from __future__ import annotations

_DISC = '<circle cx="7" cy="7" r="5.5" fill="#0B5063" class="kf-river"/>'
_RING = '<circle cx="7" cy="7" r="5" fill="none" stroke="{tone}" stroke-width="1.8" class="{css}"{more}/>'
_DIAMOND = '<path d="M7 .6 13.4 7 7 13.4.6 7Z" fill="{tone}" class="{css}"/>'
_HOLLOW = '<path d="M7 1.6 12.4 7 7 12.4 1.6 7Z" fill="none" stroke="{tone}" stroke-width="1.8" class="{css}"/>'
_TRIANGLE = '<path d="M7 1.2 13.2 12.4H.8Z" {paint}/>'
_TICK = '<path d="M1.8 7.4 5.4 11 12.4 3.2" fill="none" stroke="#1D6A45" stroke-width="2.4" class="ks-good"/>'

SHAPES: dict[str, str] = {
    "running": _DISC,
    "investigated": _RING.format(tone="#0B5063", css="ks-river", more="")
    + '<path d="M7 2a5 5 0 0 1 0 10Z" fill="#0B5063" class="kf-river"/>',
    "known": _RING.format(tone="#4B5B66", css="ks-ink2", more=""),
    "late": _TRIANGLE.format(paint='fill="#A4123F" class="kf-late"'),
    "behind": _TRIANGLE.format(paint='fill="none" stroke="#14242E" stroke-width="1.5" class="ks-ink"'),
    "silent": _RING.format(tone="#4B5B66", css="ks-ink2", more=' stroke-dasharray="2.6 2"'),
    "unowned": _HOLLOW.format(tone="#E0641B", css="ks-mark"),
    "new": _DIAMOND.format(tone="#E0641B", css="kf-mark"),
    "higher": _DIAMOND.format(tone="#E0641B", css="kf-mark"),
    "lower": _DIAMOND.format(tone="#0B5063", css="kf-river"),
    "done": _TICK,
    "paused": '<path d="M4 2v10M10 2v10" fill="none" stroke="#4B5B66" stroke-width="2.4" class="ks-ink2"/>',
}
"""Name of the state -> the inside of a 14 × 14 drawing."""

TONES = {"late": "late", "new": "call", "unowned": "call", "higher": "call"}
"""States whose word takes a colour too."""


def sign(kind: str) -> str:
    """The drawing of a state; the word beside it carries the meaning. KeyError names the unknown state."""
    return (
        '<svg class="sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">'
        f"{SHAPES[kind]}</svg>"
    )
