import socket
from ipaddress import ip_address, ip_network

import pytest

from summaries.intake.guard import Guard, PrivateAddressError

NOT_PUBLIC = {
    "unspecified": "0.0.0.0",
    "this-network": "0.1.2.3",
    "private-10": "10.255.255.255",
    "cgnat": "100.64.0.1",
    "cgnat-metadata": "100.100.100.200",
    "loopback": "127.0.0.1",
    "loopback-far": "127.255.255.254",
    "azure-host": "168.63.129.16",
    "metadata": "169.254.169.254",
    "private-172": "172.31.255.255",
    "protocol": "192.0.0.192",
    "documentation": "192.0.2.1",
    "6to4-relay": "192.88.99.1",
    "private-192": "192.168.1.1",
    "benchmark": "198.19.0.1",
    "documentation-2": "198.51.100.7",
    "documentation-3": "203.0.113.7",
    "multicast": "239.1.2.3",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "v6-unspecified": "::",
    "v6-loopback": "::1",
    "v6-compatible": "::127.0.0.1",
    "mapped-private": "::ffff:10.0.0.1",
    "mapped-public": "::ffff:8.8.8.8",
    "nat64-private": "64:ff9b::10.0.0.1",
    "nat64-public": "64:ff9b::8.8.8.8",
    "nat64-local": "64:ff9b:1::808:808",
    "discard": "100::1",
    "teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "v6-benchmark": "2001:2::1",
    "orchid": "2001:20::1",
    "v6-documentation": "2001:db8::1",
    "v6-documentation-2": "3fff::1",
    "6to4-private": "2002:a00:1::1",
    "6to4-public": "2002:808:808::1",
    "segment-routing": "5f00::1",
    "unique-local": "fd00:ec2::254",
    "link-local": "fe80::1",
    "site-local": "fec0::1",
    "v6-multicast": "ff02::1",
    "unassigned": "4000::1",
}


@pytest.mark.parametrize("address", [pytest.param(text, id=name) for name, text in NOT_PUBLIC.items()])
def test_what_is_not_public_is_refused_until_it_is_named(address: str) -> None:
    named = ip_address(address)
    assert not Guard().permits(named)
    assert not Guard((ip_network("192.0.2.128/25"), ip_network("2001:db8:ffff::/48"))).permits(named)
    everything = (ip_network("0.0.0.0/0"), ip_network("::/0"))
    assert Guard(everything).permits(named)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "192.169.0.1", "223.255.255.255", "2606:4700::1111", "2a00::1"],
)
def test_public_addresses_pass(address: str) -> None:
    assert Guard().permits(ip_address(address))


@pytest.mark.parametrize(
    ("allowed", "address", "passes"),
    [
        pytest.param("64:ff9b::/96", "64:ff9b::8.8.8.8", True, id="nat64-to-public"),
        pytest.param("64:ff9b::/96", "64:ff9b::127.0.0.1", False, id="nat64-to-loopback"),
        pytest.param("::ffff:0:0/96", "::ffff:10.0.0.1", False, id="mapped-private"),
        pytest.param("2002::/16", "2002:7f00:1::1", False, id="6to4-loopback"),
        pytest.param("2001::/32", "2001:0:1:1:0:0:80ff:fffe", False, id="teredo-loopback"),
        pytest.param("127.0.0.0/8", "::ffff:127.0.0.1", False, id="inner-named-only"),
        pytest.param("127.0.0.1/32", "127.0.0.2", False, id="neighbour"),
        pytest.param("127.0.0.1/32", "127.0.0.1", True, id="named"),
    ],
)
def test_what_an_address_carries_is_judged_too(allowed: str, address: str, passes: bool) -> None:
    assert Guard((ip_network(allowed),)).permits(ip_address(address)) is passes


def test_the_socket_is_not_even_made() -> None:
    info = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%1", 80, 0, 1))
    with pytest.raises(PrivateAddressError, match="allow_networks"):
        Guard().socket(info)


def test_a_permitted_address_gets_its_socket() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))
    with Guard().socket(info) as made:
        assert (made.family, made.type & socket.SOCK_STREAM) == (socket.AF_INET, socket.SOCK_STREAM)
