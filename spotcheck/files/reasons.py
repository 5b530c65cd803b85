"""Why a file is not taken: one sentence for each cause, and what would make it one that is."""

from typing import Final

from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

TAKEN: Final = Words(
    "可以上传 PDF、JPEG、PNG、WebP、HEIC、MP4 或者 xlsx 文件。", "PDF, JPEG, PNG, WebP, HEIC, MP4 and xlsx are taken."
)

REASONS: Final[dict[str, Words]] = {
    "empty": Words("文件是空的，请重新选择或者重新扫描。", "The file is empty: choose it or scan it again."),
    "too_large": Words(
        "文件超过 {what}，请压缩或者分成几份再传。", "The file is larger than {what}: compress it or send it in parts."
    ),
    "unknown": Words(
        "认不出这是什么文件。可以上传 PDF、JPEG、PNG、WebP、HEIC、MP4 或者 xlsx 文件。",
        "This is no kind of file that is known here. PDF, JPEG, PNG, WebP, HEIC, MP4 and xlsx are taken.",
    ),
    "not_this_kind": Words(
        "这一类材料不能是 {what} 文件，请换一种格式，或者另选材料种类。",
        "This kind of material cannot be a {what} file: take another format, or another kind.",
    ),
    "word": Words("不收 Word 文件，请另存为 PDF 再传。", "Word files are not taken: save it as PDF."),
    "office": Words(
        "不收旧版 Office 文件和加密的 Office 文件，请另存为 PDF 或者不加密的 xlsx。",
        "Old or encrypted Office files are not taken: save it as PDF or as an xlsx without a password.",
    ),
    "archive": Words(
        "不收压缩包，请把里面的文件逐个上传。", "Archives are not taken: send the files in it one by one."
    ),
    "ofd": Words("不收 OFD 文件，请打印或者另存为 PDF 再传。", "OFD is not taken: print or save it as PDF."),
    "other_picture": Words(
        "不收 {what} 图片，请另存为 JPEG 或者 PNG 再传。", "{what} pictures are not taken: save it as JPEG or PNG."
    ),
    "other_film": Words("不收 {what} 视频，请另存为 MP4 再传。", "{what} films are not taken: save it as MP4."),
    "markup": Words(
        "不收网页、SVG 和脚本，请截图或者打印为 PDF 再传。",
        "Web pages, SVG and scripts are not taken: send a picture of it, or print it as PDF.",
    ),
    "protected": Words(
        "打开这个文件需要密码，请去掉密码再传。", "The file asks for a password: remove it and send it again."
    ),
    "damaged": Words(
        "文件已经损坏，打不开，请重新导出或者重新扫描。",
        "The file is damaged and does not open: export or scan it again.",
    ),
    "cut": Words(
        "文件不完整，可能没有传完，请重新上传。", "The file is not complete: it may have been cut. Send it again."
    ),
    "appended": Words(
        "文件结尾之后还有别的内容，请重新导出再传。", "Something else follows the end of the file: export it again."
    ),
    "active": Words(
        "文件里有会自动执行的内容或者附件（{what}），请打印为 PDF 再传。",
        "There is something in the file that acts by itself, or another file ({what}): print it as PDF.",
    ),
    "no_page": Words("文件里没有一页内容。", "There is no page in the file."),
    "too_many": Words(
        "文件里的{what}太多，请分成几份再传。", "There are too many {what} in the file: send it in parts."
    ),
    "too_many_pixels": Words(
        "图片太大（{what} 像素），请缩小或者另存为 JPEG 再传。",
        "The picture is too large ({what} pixels): make it smaller, or save it as JPEG.",
    ),
    "too_costly": Words(
        "打开这个文件要用的内存或者时间超过限度，请重新导出或者扫描成 PDF 再传。",
        "To open this file takes more memory or time than there may be: export it again, or scan it.",
    ),
    "macros": Words(
        "表格里有宏或者控件，请另存为不含宏的 xlsx。", "The sheet has macros or controls: save it without."
    ),
    "external": Words(
        "表格里有指向外部的链接，请断开链接再传。", "The sheet has links to other files: break them and send it again."
    ),
    "infected": Words("病毒扫描认为文件不安全（{what}）。", "The virus scanner finds the file unsafe ({what})."),
    "destroyed": Words(
        "同一个文件保存期满后已经按规定销毁，不再收原件；确有需要的，重新扫描或者导出后再传。",
        "This very file was destroyed after its time of keeping and is not taken again: scan or export it anew.",
    ),
    "changed": Words(
        "收到的内容与声明的不一致，请重新上传。", "What arrived is not what was announced: send it again."
    ),
}


class FileRefused(Refused):
    """A file is not taken; ``code`` names the reason, ``what`` the thing in it that is meant."""

    status = 400
    kind = "file-refused"

    def __init__(self, code: str, what: str = "") -> None:
        self.code, self.what = code, what
        super().__init__(self.words.zh)

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return self.words.in_(language)

    @property
    def words(self) -> Words:
        """The sentence for whoever sent the file."""
        said = REASONS[self.code]
        return Words(said.zh.format(what=self.what), said.en.format(what=self.what))
