"""Counters and the cache: plain or behind Sentinels, away or silent, and whose address counts."""

import secrets
import socket
import time
from collections.abc import Iterator

import pytest
import redis
from django.core.cache import cache
from django.test import RequestFactory

from spotcheck.network import counting
from spotcheck.network.counting import address_of, is_beyond
from tests.pace import stretched


@pytest.fixture
def silent(settings) -> Iterator[None]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield


def test_so_many_are_counted_within_the_time_and_one_more_is_beyond():
    key = f"test:{secrets.token_hex(8)}"
    assert [is_beyond(key, allowed=2, seconds=60) for _ in range(4)] == [False, False, True, True]
    assert not is_beyond(f"{key}:other", allowed=2, seconds=60)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "sentinel://:x@127.0.0.1:1/0;sentinel://127.0.0.1:2"])
def test_a_server_that_is_away_counts_nothing_and_stops_nobody(settings, url):
    settings.CELERY_BROKER_URL = url
    assert not is_beyond("test:away", allowed=0, seconds=60)


def test_a_silent_server_is_waited_for_a_second_and_no_longer(silent):
    began = time.monotonic()
    assert not is_beyond("test:silent", allowed=0, seconds=60)
    assert time.monotonic() - began < stretched(4)


def test_all_sentinels_are_asked_with_their_own_password(settings):
    settings.CELERY_BROKER_URL = "sentinel://:data@10.0.0.1:26379/3;sentinel://:data@10.0.0.2;sentinel://10.0.0.3:26380"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"master_name": "spotcheck", "sentinel_kwargs": {"password": "watch"}}
    asked = counting._sentinels(settings.CELERY_BROKER_URL, "watch")
    found = [one.connection_pool.connection_kwargs for one in asked.sentinels]
    assert [(one["host"], one["port"], one["password"]) for one in found] == [
        ("10.0.0.1", 26379, "watch"),
        ("10.0.0.2", 26379, "watch"),
        ("10.0.0.3", 26380, "watch"),
    ]
    master = counting.client().connection_pool
    assert (master.service_name, master.connection_kwargs["password"], master.connection_kwargs["db"]) == (
        "spotcheck",
        "data",
        3,
    )


def test_the_cache_is_shared_and_remembers_alone_when_nobody_answers(settings):
    key = secrets.token_hex(8)
    cache.set(key, [1.5, 2], 60)
    assert cache.get(key) == [1.5, 2]
    assert not cache.add(key, "another", 60)
    assert cache.touch(key, 60)
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert cache.get(key, "nothing") == "nothing"
    assert cache.add(key, "alone", 60)
    assert cache.get(key) == "alone"
    assert cache.delete(key)


def test_what_is_kept_in_the_cache_lies_under_a_name_of_its_own():
    cache.clear()  # it forgets that nobody answered the test before
    key = secrets.token_hex(8)
    cache.set(key, 1, 60)
    with counting.client() as server:
        assert list(server.scan_iter(match=f"*{key}")) == [f"cache:1:{key}".encode()]
    assert isinstance(server, redis.Redis)


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "198.51.100.7", "127.0.0.1"),  # nobody of ours has written it
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),  # the rest the client may have written
        (2, "10.9.9.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, " , ", "127.0.0.1"),
    ],
)
def test_whose_address_counts(settings, proxies, header, address):
    settings.PROXIES = proxies
    assert address_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header)) == address
