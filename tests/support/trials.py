"""How much the tests try: a sample in every run, all of it with `python3 dev.py trials`."""

from __future__ import annotations

import os

ALL = os.environ.get("TONGBAO_TRIALS") == "1"


def tried(everything: int, sample: int) -> int:
    """How many cases to try: the sample, or everything where that is asked for."""
    return everything if ALL else sample
