"""Which addresses the program may visit: the public internet, and what the configuration allows beside it.

Only the check belongs here. That the checked address is the one connected to is the matter of `sources.bytes.visiting`.
"""

import ipaddress
import socket

import httpx

from sources.errors import SourceError
from warehouse.schema.vocabulary import Term

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 addresses that a translator turns into the IPv4 address they end with.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The only IPv6 addresses that the internet routes (RFC 4291, IANA): what is outside, such as the site-local fec0::/10, is of
# some network of its own, whatever a library calls it.
_ROUTED = ipaddress.ip_network("2000::/3")


CHECK_ADDRESS = Term(
    "Check the address, and the connection of this machine.", "Revise la dirección, y la conexión de esta máquina."
)


def checked_url(address: str) -> httpx.URL:
    """The address, if it is http or https and carries no password. Raises SourceError."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SourceError(
            "unreachable", address, Term("an address such as https://…", "una dirección como https://…"), str(error),
            Term("Check the address.", "Revise la dirección."),
        ) from error  # fmt: skip
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceError(
            "forbidden_address", address, Term("an http or https address", "una dirección http o https"), f'"{url.scheme}:"',
            Term("Download it another way and add the file.", "Descárguelo de otro modo y agregue el archivo."),
        )  # fmt: skip
    if url.userinfo:
        # The address itself is not repeated: the message would print the password.
        raise SourceError(
            "forbidden_address", url.host,
            Term("an address without a user or password", "una dirección sin usuario ni contraseña"), Term("one in it", "una dentro"),
            Term("Remove what stands before the @.", "Quite lo que está antes de la @."),
        )  # fmt: skip
    return url


def checked_addresses(url: httpx.URL, allowed: tuple[str, ...], document: str) -> list[str]:
    """The addresses the host stands for, all of them fit to be visited. Raises SourceError."""
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        answers = socket.getaddrinfo(url.raw_host.decode(), port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise SourceError(
            "unreachable", document, Term(f"a machine called {url.host}", f"una máquina llamada {url.host}"),
            Term("none of that name", "ninguna con ese nombre"),
            CHECK_ADDRESS,
        ) from error  # fmt: skip
    # IPv4 first: every portal has it, and many machines have no way out by IPv6.
    addresses = sorted(
        dict.fromkeys(str(info[4][0]).split("%")[0] for info in answers), key=lambda address: ":" in address
    )
    networks = [ipaddress.ip_network(network) for network in allowed]
    for address in addresses:
        if not may_visit(ipaddress.ip_address(address), networks):
            raise SourceError(
                "forbidden_address", document, Term("an address of the public internet", "una dirección de la internet pública"),
                f"{url.host} = {address}",
                Term("If it is yours, allow its network in the configuration.", "Si es suya, permita su red en la configuración."),
            )  # fmt: skip
    return addresses


def may_visit(address: Address, allowed: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Whether the address is of the public internet, or of a network that the configuration allows."""
    if any(address in network for network in allowed):
        return True
    inner = _carried(address)
    if inner:
        return may_visit(inner, allowed)
    routed = address.version == 4 or address in _ROUTED
    return routed and address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> Address | None:
    """The IPv4 address inside an IPv6 one that stands for it."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
