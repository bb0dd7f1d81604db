"""Which addresses may be connected to: public ones, and those that the admin named.

A stranger's feed may link or redirect to the router, the database, the cloud's metadata service. The check is made
where the socket is made, on the address that is really connected to: names that resolve differently the second time,
redirects and literals all pass through it.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this host
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "168.63.129.16/32",  # looks public, but is Azure's own host from inside Azure
            "169.254.0.0/16",  # link-local, with the metadata services of the clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
"""IANA IPv4 Special-Purpose Address Registry (RFC 6890), without what it calls globally reachable."""

_GLOBAL_6 = IPv6Network("2000::/3")
_TEREDO = IPv6Network("2001::/32")
_6TO4 = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")
_MAPPED = IPv6Network("::ffff:0:0/96")
_SPECIAL_6 = (
    IPv6Network("2001::/23"),  # protocols: Teredo, benchmarks, ORCHID
    IPv6Network("2001:db8::/32"),
    _6TO4,
    IPv6Network("3fff::/20"),
)
"""IANA IPv6 Special-Purpose Address Registry, as far as it lies in 2000::/3; nothing outside of that is public."""


class PrivateAddressError(OSError):
    """The address is not for strangers' links. The text is the same for every address, so that a host with several
    such addresses raises this and not a mixture."""

    def __init__(self) -> None:
        super().__init__("the address is not public, and allow_networks does not name it")


class Guard:
    """Says which addresses may be asked, and makes the sockets to them."""

    def __init__(self, allow: Sequence[Network] = ()) -> None:
        self._allow = tuple(allow)

    def permits(self, address: Address) -> bool:
        """An address that carries an IPv4 address (mapped, NAT64, 6to4, Teredo) must be named itself, and what it
        carries must be public or named as well."""
        inner = carried(address)
        return self._passes(address) and (inner is None or self._passes(inner))

    def _passes(self, address: Address) -> bool:
        return is_public(address) or any(address in network for network in self._allow)

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """The `socket_factory` of an aiohttp connector. Raises `PrivateAddressError`."""
        family, kind, protocol, _, place = info
        if not self.permits(ip_address(str(place[0]).partition("%")[0])):
            raise PrivateAddressError
        return socket.socket(family=family, type=kind, proto=protocol)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet can reach it. Not `is_global`, which changes between Python's patch releases and
    is true of multicast."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)


def carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that traffic to an IPv6 address ends at (RFC 4291, 6052, 3056, 4380)."""
    if isinstance(address, IPv4Address):
        return None
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _6TO4:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address(~int(address) & 0xFFFFFFFF)
    return None
