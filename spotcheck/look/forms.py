"""What Django's forms say in one way."""

from typing import Final

from django.utils.translation import gettext_lazy

TOO_LONG: Final = {"max_length": gettext_lazy("最多 %(limit_value)d 个字。")}
"""Of what is too long: nothing is cut off while it is typed."""
