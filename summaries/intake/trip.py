"""One request on its way along the redirects: where it is, what it may still cost, what it carries."""

from collections.abc import Mapping

from yarl import URL

from summaries.intake.outcomes import Limits, Reason, Refusal


class Trip:
    """`left` is in seconds of asking, `most` in bytes. `secret` is the header with the source's credentials."""

    def __init__(
        self,
        url: URL,
        limits: Limits,
        headers: Mapping[str, str],
        *,
        page: bool = False,
        conditional: bool = False,
        secret: tuple[str, str] | None = None,
    ) -> None:
        self.url = url
        self.page = page
        self.conditional = conditional
        self.left = limits.timeout
        self.most = limits.max_bytes
        self._redirects = limits.redirects
        self._headers = dict(headers)
        self._secret = secret
        self._seen = {url}
        self._permanent = True

    @property
    def host(self) -> str:
        return self.url.raw_host or ""

    @property
    def moved(self) -> str:
        """Where the body has moved to for good: empty unless every redirect so far was permanent."""
        return str(self.url) if self._permanent and len(self._seen) > 1 else ""

    @property
    def headers(self) -> dict[str, str]:
        return self._headers | dict((self._secret,) if self._secret else ())

    def go(self, url: URL, *, permanent: bool) -> Refusal | None:
        """On to where a redirect leads; a `Refusal` where it leads in a circle or is one too many.

        Credentials stay behind for good once the site is left; http becoming https on the same host does not leave it.
        """
        if url in self._seen:
            return self.refusal("too_many_redirects", "the redirects lead in a circle")
        if len(self._seen) > self._redirects:
            return self.refusal("too_many_redirects", f"more than {self._redirects} redirects")
        if not _same_site(self.url, url):
            self._secret = None
        self._permanent = self._permanent and permanent
        self._seen.add(url)
        self.url = url
        return None

    def refusal(
        self, reason: Reason, detail: str, status: int | None = None, retry_after: float | None = None
    ) -> Refusal:
        return Refusal(reason, f"{self.host}: {detail}", status, retry_after, self.moved)


def _same_site(old: URL, new: URL) -> bool:
    secured = (old.scheme, old.port, new.scheme, new.port) == ("http", 80, "https", 443)
    return old.origin() == new.origin() or (secured and old.raw_host == new.raw_host)
