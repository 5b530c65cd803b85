"""Which scopes a token may have: those of its credential, all of them where none is named."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from spotcheck.api.scopes import SCOPES


class OfTheCredential(BaseScopes):
    """The scopes of a credential."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope, with what it is for."""
        return {name: words.en for name, words in SCOPES.items()}

    def get_available_scopes(self, application: Any = None, request: Any = None, *_: Any, **__: Any) -> list[str]:
        """What a program may ask for."""
        return list(application.scopes) if application is not None else []

    def get_default_scopes(self, application: Any = None, request: Any = None, *_: Any, **__: Any) -> list[str]:
        """What it gets where it asks for none."""
        return self.get_available_scopes(application, request)
