"""The sixty articles, each with a title and a summary in our own words.

The words stand in ``articles.toml`` beside this module. They explain; the official text is the
source.
"""

import tomllib
from importlib import resources
from typing import Final

from spotcheck.rules.articles import Article
from spotcheck.rules.words import Words

CHAPTERS: Final[dict[int, Words]] = {
    1: Words("第一章 总则", "Chapter 1: General"),
    2: Words("第二章 监督抽查的组织", "Chapter 2: Organisation of the checks"),
    3: Words("第三章 抽样", "Chapter 3: Sampling"),
    4: Words("第四章 检验", "Chapter 4: Testing"),
    5: Words("第五章 异议处理", "Chapter 5: Objections"),
    6: Words("第六章 结果处理", "Chapter 6: Handling of results"),
    7: Words("第七章 附则", "Chapter 7: Final provisions"),
}


def _load() -> dict[int, Article]:
    text = (resources.files("spotcheck.rules.sd_2021_1") / "articles.toml").read_text(encoding="utf-8")
    return {
        record["number"]: Article(
            number=record["number"],
            chapter=record["chapter"],
            title=Words(record["title"]["zh"], record["title"]["en"]),
            summary=Words(record["zh"], record["en"]),
        )
        for record in tomllib.loads(text)["article"]
    }


ARTICLES: Final[dict[int, Article]] = _load()
