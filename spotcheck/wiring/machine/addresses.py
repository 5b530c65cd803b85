"""The address of a database: its name, its role, and the same address with another name."""

from urllib.parse import unquote, urlsplit, urlunsplit


def name_of(url: str) -> str:
    """Return the name of the database in a URL."""
    return unquote(urlsplit(url).path.lstrip("/"))


def role_of(url: str) -> str:
    """Return the role in a URL."""
    return unquote(urlsplit(url).username or "")


def with_name(url: str, name: str) -> str:
    """Return the URL of another database of the same server and role."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
