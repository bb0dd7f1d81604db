"""Fingerprints for tests, made by the number."""

import numpy as np

from summaries.threads.duplicates import Fingerprint


def made(seed: int, size: int = 300) -> Fingerprint:
    """A text of `size` shingles, none of which another seed has."""
    return Fingerprint(np.random.default_rng(seed).integers(0, 1 << 64, size=size, dtype=np.uint64))


def joined(*parts: Fingerprint) -> Fingerprint:
    return Fingerprint(np.concatenate([part.shingles for part in parts]))


def part(whole: Fingerprint, first: float, last: float) -> Fingerprint:
    """From one share of the text's length to another."""
    size = len(whole.shingles)
    return Fingerprint(whole.shingles[int(first * size) : int(last * size)])
