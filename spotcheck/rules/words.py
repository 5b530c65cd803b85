"""Words: one term of the regulation in the two languages of the system."""

from typing import NamedTuple


class Words(NamedTuple):
    """A term or sentence in Chinese and in English.

    Chinese is the language of the text and therefore the plain form.
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def in_(self, language: str) -> str:
        """Return the words in this language: Chinese for ``zh`` tags, English for all others."""
        return self.zh if language.lower().startswith("zh") else self.en
