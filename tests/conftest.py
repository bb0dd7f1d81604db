"""In CI every example of a law is the same each time: what a law finds anew is found where somebody looks."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
