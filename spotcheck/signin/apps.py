"""The application as Django knows it."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Signing in."""

    name = "spotcheck.signin"
    label = "signin"
    verbose_name = "登录"

    def ready(self) -> None:
        """Listen to what allauth tells, and let it write nothing that we write ourselves."""
        from spotcheck.signin import noting  # noqa: PLC0415 -- models are there only now

        noting.listen()
