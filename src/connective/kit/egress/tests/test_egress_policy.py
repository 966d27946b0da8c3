"""What the outbound policy refuses, spelling by spelling."""

import pytest

from connective.kit.egress import AddressNotAllowed, BadHeader, BadUrl, EgressError, Policy
from connective.kit.egress.hosts import parse_url

FORBIDDEN = [
    # loopback and its spellings
    "https://127.0.0.1/",
    "https://127.0.0.1./",
    "https://127.255.255.254/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://2130706433./",
    "https://0x7f000001/",
    "https://0x7F.0.0.1/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.01/",
    "https://00127.0.0.1/",
    "https://127.0.0.1:8443/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://api.localhost/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "https://[2606:4700::5efe:127.0.0.1]/",
    # look-alike characters and percent signs
    "https://１２７.0.0.1/",
    "https://127。0。0。1/",
    "https://①②⑦.0.0.1/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "https://%31%32%37.0.0.1/",
    "https://127.0.0.1%2f.example.com/",
    "https://localhost%00.example.com/",
    # a user part that looks like the host
    "https://example.com@127.0.0.1/",
    "https://127.0.0.1@example.com/",
    "https://example.com:443@10.0.0.1/",
    "https://127.0.0.1\\@example.com/",
    "https://127.0.0.1:80:443/",
    # private and shared
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://[fc00::1]/",
    "https://[fd12:3456::1]/",
    "https://[fec0::1]/",
    # special ranges
    "https://0.0.0.0/",
    "https://0.1.2.3/",
    "https://0/",
    "https://[::]/",
    "https://192.0.0.1/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[ff02::1]/",
    "https://[100::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[2001:2::1]/",
    "https://[5f00::1]/",
    "https://[4000::1]/",
    # link-local, scoped, metadata
    "https://169.254.1.1/",
    "https://169.254.169.254/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[::1%lo]/",
    "https://[fd00:ec2::254]/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://metadata.google.internal/",
    "https://METADATA.google.internal./",
    "https://metadata/",
    "https://instance-data/",
]

NEVER = [
    "http://169.254.169.254/",
    "http://[::ffff:169.254.169.254]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://169.254.170.2/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://metadata.google.internal/",
    "http://169.254.7.7/",
    "http://[fe80::1]/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://224.0.0.251/",
    "http://[ff02::fb]/",
    "http://255.255.255.255/",
]

PUBLIC = [
    "https://example.com/",
    "https://example.com./a?b=c#d",
    "https://EXAMPLE.com:8443/",
    "https://93.184.215.14/",
    "https://172.32.0.1/",
    "https://100.128.0.1/",
    "https://[2606:4700::1111]/",
    "https://приклад.укр/шлях",
    "https://my_host.example.com/",
    "https://0x7f.example.com/",
    "https://127.0.0.1.example.com/",
]


def check(policy: Policy, url: str) -> None:
    policy.check_target(parse_url(url))


def test_the_table_of_forbidden_spellings_is_long_enough() -> None:
    assert len(set(FORBIDDEN)) >= 60


@pytest.mark.proves("INT-08", part="forbidden addresses")
@pytest.mark.parametrize("url", FORBIDDEN)
def test_a_production_policy_refuses_every_spelling_of_a_forbidden_address(url: str) -> None:
    with pytest.raises((AddressNotAllowed, BadUrl)):
        check(Policy(), url)


@pytest.mark.parametrize("url", NEVER)
def test_no_setting_lifts_metadata_link_local_unspecified_multicast_broadcast(url: str) -> None:
    host = parse_url(url).host
    entry = f"[{host}]" if ":" in host else host
    policy = Policy.build(
        allow_private=True, allowed_hosts=[entry, f"{entry}:80"], own_origins=[f"{entry}:80"]
    )
    with pytest.raises(AddressNotAllowed):
        check(policy, url)


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_pass(url: str) -> None:
    check(Policy(), url)


@pytest.mark.parametrize(
    "url",
    ["", "example.com", "//example.com/", "ftp://example.com/", "https://", "https:///x",
     "https://exa mple.com/", "https://example.com/\r\nX: y", "https://[::1/", "https://::1/",
     "https://example.com:0/", "https://example.com:65536/", "https://example.com:８０/",
     "https://example.com:+80/", "https://-a.example/", "https://a..b/", "https://a/../metrics",
     "https://a/%2e%2e/metrics", "https://" + "a" * 9000, "javascript:alert(1)",
     "https://[127.0.0.1]/", "https://a#@b/\\"],
)  # fmt: skip
def test_a_url_that_two_readers_may_read_differently_is_a_bad_url(url: str) -> None:
    with pytest.raises(BadUrl):
        parse_url(url)


@pytest.mark.proves("INT-14", part="plain http is refused in production")
def test_plain_http_needs_allow_private_or_an_allowed_host() -> None:
    with pytest.raises(AddressNotAllowed, match="https_required"):
        check(Policy(), "http://example.com/")
    check(Policy(allow_private=True), "http://example.com/")
    check(Policy.build(allowed_hosts=["example.com"]), "http://example.com:8080/")


def test_an_allowed_host_with_a_port_lifts_that_port_only() -> None:
    policy = Policy.build(allowed_hosts=["10.0.0.5:8080", "CRM.local.:443", "[::1]:9000"])
    check(policy, "http://10.0.0.5:8080/")
    check(policy, "https://crm.local/")
    check(policy, "http://[::1]:9000/")
    for url in ("http://10.0.0.5:8081/", "http://10.0.0.6:8080/", "http://[::1]:9001/"):
        with pytest.raises(AddressNotAllowed):
            check(policy, url)


def test_an_allowed_name_may_be_private_but_not_metadata() -> None:
    policy = Policy.build(allowed_hosts=["crm.local"])
    policy.check_addresses("crm.local", 80, ["10.1.2.3", "fd12::1"])
    with pytest.raises(AddressNotAllowed, match="metadata"):
        policy.check_addresses("crm.local", 80, ["169.254.169.254"])
    with pytest.raises(AddressNotAllowed, match="private"):
        policy.check_addresses("other.local", 80, ["10.1.2.3"])


def test_one_forbidden_address_of_an_answer_refuses_the_host() -> None:
    with pytest.raises(AddressNotAllowed, match="loopback"):
        Policy().check_addresses("shop.example", 443, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(AddressNotAllowed, match="link_local"):
        Policy().check_addresses("shop.example", 443, ["fe80::1%eth0"])


def test_the_own_origin_is_open_for_its_catcher_and_entry_points_only() -> None:
    policy = Policy.build(own_origins=["127.0.0.1:8080"])
    check(policy, "http://127.0.0.1:8080/catcher/abc")
    check(policy, "http://127.0.0.1:8080/kw/api/call_node/1/2")
    for path in ("/metrics", "/api/v1/users", "//catcher/", "/catcher/..%2fmetrics", "/catcherx"):
        with pytest.raises(EgressError):
            check(policy, f"http://127.0.0.1:8080{path}")
    with pytest.raises(AddressNotAllowed):
        check(policy, "http://127.0.0.1:8081/catcher/abc")


@pytest.mark.parametrize(
    "entry", ["https://x", "*.example.com", "a/b", "a:b", "", "a@b", "0x7f.1", "fe80::1%eth0"]
)
def test_a_bad_entry_of_the_allow_list_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="host or host:port"):
        Policy.build(allowed_hosts=[entry])


@pytest.mark.parametrize("name", ["Metadata-Flavor", "metadata", "X-aws-ec2-metadata-token"])
def test_headers_of_metadata_services_are_refused_even_with_allow_private(name: str) -> None:
    with pytest.raises(AddressNotAllowed, match="metadata_header"):
        Policy(allow_private=True).check_headers([name])


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "Proxy-Auth"])
def test_headers_that_frame_the_request_are_refused(name: str) -> None:
    with pytest.raises(BadHeader):
        Policy(allow_private=True).check_headers([name])
