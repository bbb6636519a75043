"""A coarse guard against floods: so many requests from one address in a minute, in one process.

Attempts to log in are counted apart, in the database.
"""

from __future__ import annotations

import ipaddress
import math
import time

from flask import request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from tabulator.errors import TooMany

READS, WRITES = 6_000, 3_000
"""In a minute: a whole night from behind one address stays below."""

WINDOW = RateLimitItemPerMinute


class Flood:
    """Counts in whole minutes; what was counted is forgotten with its minute."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def refuse(self) -> None:
        """TooMany when the address of this request has sent too much."""
        sender = _sender(request.remote_addr or "")
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        limit, of = WINDOW(READS if reads else WRITES), ("read" if reads else "write", sender)
        if sender and not self._limiter.hit(limit, *of):
            ends, _ = self._limiter.get_window_stats(limit, *of)
            raise TooMany(max(1, math.ceil(ends - time.time())))


def _sender(address: str) -> str:
    """Who is counted together; "" for this machine: behind a proxy here all callers look alike.

    One line gets a whole /64 of IPv6 addresses.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.is_loopback:
        return ""
    return address if known.version == 4 else f"{int(known) >> 64:x}"
