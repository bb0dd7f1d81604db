"""What can go wrong in the world, as exceptions that carry the mend in their text.

    BackchannelError            one line for a person: what, which thing, how to mend it
    ├── UsageError              the command was called wrongly (exit code 2)
    ├── ConfigError             a key of the configuration is unknown or its value is not allowed
    ├── InputError              a file, page or line that cannot become an article
    │   ├── WallError           a page that shows something else in its article's place
    │   ├── FetchError          a page that could not be had
    │   └── KilledError         reading it took too long, or ended the process that read it
    └── ArchiveError            the data directory
        ├── LockedError         another process writes to it
        ├── ForeignError        it is not ours, or was made by a newer version
        ├── DamagedError        a file of it cannot be read back
        └── DiskError           the disk refused a write (full, read-only, gone)

A bug is none of these: it is raised as what it is.
"""


class BackchannelError(Exception):
    """An error of the world. `str(error)` is one line that names the thing and the mend."""

    exit_code = 1


class UsageError(BackchannelError):
    exit_code = 2


class ConfigError(BackchannelError):
    exit_code = 2


class InputError(BackchannelError):
    pass


class WallError(InputError):
    """`code` is what stands there, one of `intake.walls.Wall`."""

    def __init__(self, text: str, code: str = "empty") -> None:
        super().__init__(text)
        self.code = code


class FetchError(InputError):
    """`code` is why, one of `intake.outcomes.Reason`."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


class KilledError(InputError):
    pass


class ArchiveError(BackchannelError):
    pass


class LockedError(ArchiveError):
    pass


class ForeignError(ArchiveError):
    pass


class DamagedError(ArchiveError):
    pass


class DiskError(ArchiveError):
    pass
