"""The process: configuration, wiring, the way to Telegram, and the `backchannel` command."""

import os

# python-telegram-bot reads this at each `RetryAfter`, and warns of a deprecation wherever it is not set. Here it is set
# before anything of ours meets python-telegram-bot, in the process, its workers and the tests alike.
os.environ.setdefault("PTB_TIMEDELTA", "true")
