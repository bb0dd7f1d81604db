"""In CI every example of a law is the same each time: what a law finds anew is found where somebody looks."""

import os

from hypothesis import settings

from summaries.memory import keep_small

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_configure() -> None:
    """Each test has a loop and threads of its own, whose memory glibc would keep for each of them."""
    keep_small()
