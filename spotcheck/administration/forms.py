"""What is typed into pages of the administration. What is possible is said by the registers, not here."""

from typing import Any, Final

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from spotcheck.api.scopes import SCOPES
from spotcheck.docket.rule_sets import ADOPT, CONTINUE, LONGEST_NUMBER, Document
from spotcheck.docket.wording import headed
from spotcheck.look.forms import TOO_LONG
from spotcheck.parties.models import Office, Post, Region, User
from spotcheck.registers import naming
from spotcheck.registers.offices import BODIES
from spotcheck.registers.posts import Wanted
from spotcheck.rules import strict_json
from spotcheck.rules.entitlements import ENTITLEMENTS
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.rules.texts import Unreadable, decoded

_NEEDED: Final = {"required": _("请填写。"), "invalid": _("请检查格式。")}
LONGEST_NOTICE: Final = 64 * 1024
"""Bytes of a file that may be a notice; a year has some sixty lines."""
_LONGEST_KIND: Final = 60
_LONGEST_LINE: Final = 100
_ROLES: Final = [choice for choice in Post.Role.choices if choice[0] != Post.Role.ENTERPRISE]


def _text(label: Any, most: int, *, needed: bool = True, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=most, required=needed, widget=widget, error_messages=_NEEDED | TOO_LONG, **more
    )


def _day(label: Any, *, needed: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=needed, widget=widget, error_messages=_NEEDED, **more)


class _Form(forms.Form):
    """Inputs with plain identities, whose too long texts are said and not cut off."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class OfficeChoice(forms.ModelChoiceField):
    """An office by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class KeyField(forms.JSONField):
    """A key as JSON, read as what programs send is: what no reader can take apart is an invalid one."""

    def to_python(self, value: Any) -> Any:
        """Read it."""
        if value in self.empty_values:
            return None
        try:
            return strict_json.loads(str(value))
        except strict_json.IllFormed:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, as it was typed."""
        return InvalidJSONInput(data or "")


class PersonForm(_Form):
    """A person who is added to an office."""

    office = OfficeChoice(Office.objects.none(), label=_("机构"), empty_label=None, error_messages=_NEEDED)
    full_name = _text(_("姓名"), 60)
    username = _text(_("登录名"), 150, help_text=_("字母、数字和 @ . + - _，以后不再改、也不再给他人。"))
    number = _text(_("工号"), 30, help_text=_("在本机构内唯一。"))
    mobile = _text(_("手机"), 30, needed=False)
    email = forms.EmailField(label=_("邮箱"), required=False, error_messages={"invalid": _("请检查邮箱的格式。")})

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        """A username as it is kept."""
        name = naming.as_kept(str(self.cleaned_data["username"]))
        if not naming.is_username(name):
            raise forms.ValidationError(_("以字母或者数字开头，只用字母、数字和 @ . + - _。"))
        return name


class ParticularsForm(_Form):
    """What may be changed of a person."""

    full_name = _text(_("姓名"), 60)
    mobile = _text(_("手机"), 30, needed=False)
    email = forms.EmailField(label=_("邮箱"), required=False, error_messages={"invalid": _("请检查邮箱的格式。")})
    sso_only = forms.BooleanField(label=_("只用统一身份认证登录"), required=False)


class GrantForm(_Form):
    """A post for somebody."""

    username = _text(_("登录名"), 150)
    office = OfficeChoice(Office.objects.none(), label=_("机构"), empty_label=None, error_messages=_NEEDED)
    role = forms.ChoiceField(label=_("岗位"), choices=_ROLES, error_messages=_NEEDED)
    entitlements = forms.MultipleChoiceField(
        label=_("权限"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NEEDED,
        help_text=_(
            "管理人员、维护基础数据、审计、运行维护只授予管理员岗位，其余授予办案岗位。"
            "抽样人员有“抽样”权限、证件没有过期，才列入随机抽取的抽样人员名单。"
        ),
    )
    since = _day(_("开始日期"))
    until = _day(_("截止日期"), needed=False, help_text=_("含当日；没有截止日期的留空。"))
    certificate = _text(_("证件号"), 60, needed=False)
    certificate_until = _day(_("证件有效期至"), needed=False)
    reason = _text(_("理由"), 200)

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["entitlements"].choices = [  # type: ignore[attr-defined]
            (name, headed(words)) for name, words in ENTITLEMENTS.items()
        ]

    def clean_username(self) -> User:
        """The person, by a username that somebody has."""
        user = naming.person(str(self.cleaned_data["username"]))
        if user is None:
            raise forms.ValidationError(_("没有这个登录名，请先登记人员。"))
        return user

    def wanted(self) -> Wanted:
        """What the form asks for."""
        said = self.cleaned_data
        return Wanted(
            user=said["username"],
            office=said["office"],
            role=said["role"],
            since=said["since"],
            until=said["until"],
            entitlements=tuple(said["entitlements"]),
            certificate=said["certificate"],
            certificate_until=said["certificate_until"],
        )


class EndForm(_Form):
    """The end of a post."""

    last_day = _day(_("最后一日"), needed=False, help_text=_("留空则立即终止；也可以填今天或者以后的日期。"))
    reason = _text(_("理由"), 200)


class ReasonForm(_Form):
    """What is done for a reason that is written down."""

    reason = _text(_("理由"), 200)


class SubjectForm(_Form):
    """Who somebody is at the provider of the single sign-on."""

    subject = _text(_("统一身份认证标识"), 191)
    reason = _text(_("理由"), 200)


class LeaveForm(_Form):
    """Somebody leaves for good."""

    last_day = _day(_("最后一日"), help_text=_("全部岗位到这一天为止；账号随后锁定。"))
    reason = _text(_("理由"), 200)


class NumberForm(_Form):
    """A staff number in an office."""

    office = OfficeChoice(Office.objects.none(), label=_("机构"), empty_label=None, error_messages=_NEEDED)
    number = _text(_("工号"), 30, help_text=_("在本机构内唯一；登记后不再改，也不再给他人。"))

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class ShortNameForm(_Form):
    """What an office is called in short."""

    short_name = _text(_("简称"), 20, needed=False, help_text=_("机关代字，全系统唯一。"))


class BodyForm(_Form):
    """A body that can be commissioned."""

    kind = forms.ChoiceField(label=_("类别"), choices=[(kind.value, kind.label) for kind in BODIES])
    code = _text(_("代码"), 20)
    name = _text(_("名称"), 100)
    short_name = _text(_("简称"), 20, needed=False)
    separation_system_on = _day(_("抽检分离制度日期"), needed=False)


class CertificateForm(_Form):
    """A certificate of a body, with its scope."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=[*((name, name) for name in ("CMA", "CNAS", "CATL")), ("其他", _("其他"))]
    )
    number = _text(_("证书编号"), 60)
    valid_from = _day(_("有效期自"))
    valid_until = _day(_("有效期至"))
    source = _text(_("来源"), 100, needed=False, help_text=_("例如：资质认定证书附表。"))
    scope = forms.CharField(
        label=_("能力范围"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一项：产品种类，标准，项目；后两项可以不写。范围多的，用“导入”。"),
    )

    def clean_scope(self) -> list[tuple[str, str, str]]:
        """The lines of the scope, each of three texts."""
        lines = []
        for line in self.cleaned_data["scope"].splitlines():
            parts = [part.strip() for part in line.replace("，", ",").split(",")]
            if not any(parts):
                continue
            kind, standard, item, *more = [*parts, "", ""]
            if not kind or any(more) or len(kind) > _LONGEST_KIND or max(len(standard), len(item)) > _LONGEST_LINE:
                raise forms.ValidationError(_("这一行读不懂：%(line)s") % {"line": line[:40]})
            lines.append((kind, standard, item))
        return lines


class SuspensionForm(_Form):
    """A certificate does not hold for a time."""

    since = _day(_("暂停自"))
    until = _day(_("暂停至"), needed=False, help_text=_("还不知道的留空；恢复后填写最后一日。"))
    reason = _text(_("理由"), 200)


class ZoneForm(_Form):
    """A zone without a code."""

    office = OfficeChoice(Office.objects.none(), label=_("所在市"), empty_label=None, error_messages=_NEEDED)
    name = _text(_("功能区名称"), 60, help_text=_("系统自编代码；文书上只写名称。"))

    def __init__(self, data: Any = None, *, cities: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = cities  # type: ignore[attr-defined]


class DivisionForm(_Form):
    """Which bureau handles what of a region."""

    region = OfficeChoice(Region.objects.none(), label=_("地区"), empty_label=None, error_messages=_NEEDED)
    office = OfficeChoice(Office.objects.none(), label=_("办理机构"), empty_label=None, error_messages=_NEEDED)
    product_kind = _text(_("产品种类"), 60, needed=False, help_text=_("留空为全部产品。"))
    document = _text(_("文号"), 100, help_text=_("确定分工的文件。"))
    since = _day(_("开始日期"), help_text=_("今天或者以后；已经开始的案卷不变。"))

    def __init__(self, data: Any = None, *, regions: Any, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class CredentialForm(_Form):
    """A credential of a program of a laboratory."""

    office = OfficeChoice(Office.objects.none(), label=_("检验机构"), empty_label=None, error_messages=_NEEDED)
    label = _text(_("用途"), 60, help_text=_("例如：样品管理系统。"))
    scopes = forms.MultipleChoiceField(label=_("授权范围"), widget=forms.CheckboxSelectMultiple, error_messages=_NEEDED)
    expires_on = _day(_("有效期至"), help_text=_("最长四百天。"))
    networks = forms.CharField(
        label=_("允许的网络"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一个，例如 10.2.0.0/16；留空则不限。"),
    )
    public_jwk = KeyField(
        label=_("公钥"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("程序用自己的密钥签名的，粘贴 JWK 格式的公钥；留空则签发密钥。"),
        error_messages={"invalid": _("公钥须是 JWK 格式。")},
    )

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [(name, headed(words)) for name, words in SCOPES.items()]  # type: ignore[attr-defined]

    def clean_public_jwk(self) -> dict[str, Any] | None:
        """A key is an object; nothing is none."""
        stated = self.cleaned_data["public_jwk"]
        if stated is not None and not isinstance(stated, dict):
            raise forms.ValidationError(_("公钥须是 JWK 格式。"))
        return stated or None

    def wanted(self) -> dict[str, Any]:
        """What the form asks for."""
        said = self.cleaned_data
        return said | {"networks": said["networks"].split()}


class PostChoice(forms.ModelChoiceField):
    """A post by the name of its person."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class AbsenceForm(_Form):
    """Somebody is away, and a colleague stands in."""

    first_day = _day(_("第一日"))
    last_day = _day(_("最后一日"))
    deputy = PostChoice(
        Post.objects.none(), label=_("代理人"), error_messages=_NEEDED | {"invalid_choice": _("请选择。")}
    )
    reason = _text(_("事由"), 200)

    def __init__(self, data: Any = None, *, colleagues: list[Post], **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["deputy"]
        field.queryset = Post.objects.filter(pk__in=[post.pk for post in colleagues]).select_related("user")
        field.choices = [("", "—"), *((post.pk, str(post.user)) for post in colleagues)]


class DeputyForm(_Form):
    """Who stands in for somebody as a rule."""

    other = PostChoice(
        Post.objects.none(), label=_("互为代理的同事"), error_messages=_NEEDED | {"invalid_choice": _("请选择。")}
    )

    def __init__(self, data: Any = None, *, colleagues: list[Post], **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["other"]
        field.queryset = Post.objects.filter(pk__in=[post.pk for post in colleagues]).select_related("user")
        field.choices = [("", "—"), *((post.pk, str(post.user)) for post in colleagues)]


class PeopleFilter(_Form):
    """Which people are listed."""

    q = _text(_("查找"), 60, needed=False)
    office = OfficeChoice(Office.objects.none(), label=_("机构"), required=False, empty_label=_("全部"))

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("姓名、登录名、工号")


class RightsFilter(_Form):
    """On which day, in which office."""

    day = _day(_("日期"), needed=False)
    office = OfficeChoice(Office.objects.none(), label=_("机构"), required=False, empty_label=_("全部"))

    def __init__(self, data: Any = None, *, offices: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class BookFilter(_Form):
    """Which lines of the book."""

    family = forms.ChoiceField(label=_("类别"), required=False)
    q = _text(_("登录名"), 150, needed=False)
    dossier = _text(_("案卷编号"), 40, needed=False)
    day = _day(_("日期"), needed=False)

    def __init__(self, data: Any = None, *, families: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["family"].choices = [("", _("全部")), *families]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("登录名")


class NoticeForm(_Form):
    """A notice of the State Council, as a file."""

    file = forms.FileField(
        label=_("放假通知（CSV）"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages=_NEEDED | {"missing": _("请选择文件。"), "empty": _("文件是空的。")},
        help_text=_("首行写通知的网址，以后每行为日期、类别、是否法定、名称。"),
    )
    reason = _text(_("理由"), 200)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > LONGEST_NOTICE:
            raise forms.ValidationError(_("文件太长，不像是一份放假通知。"))
        try:
            return decoded(file.read())
        except Unreadable as error:
            raise forms.ValidationError(headed(error.words)) from error


class DocumentForm(_Form):
    """A document of the province on the rules."""

    how = forms.ChoiceField(
        label=_("操作"),
        choices=[(CONTINUE, _("继续适用")), (ADOPT, _("改用继任规则"))],
        error_messages=_NEEDED,
    )
    rule_set = forms.ChoiceField(
        label=_("规则集"), choices=[(name, name) for name in RULE_SETS], error_messages=_NEEDED
    )
    number = _text(_("文号"), LONGEST_NUMBER)
    issued_on = _day(_("印发日期"))
    valid_from = _day(_("开始日期"))
    valid_until = _day(_("截止日期"))
    demonstration = forms.BooleanField(label=_("示范"), required=False, help_text=_("不是正式文件，只供示范。"))
    reason = _text(_("理由"), 200)

    def document(self) -> Document:
        """What was typed."""
        said = self.cleaned_data
        return Document(
            number=said["number"],
            issued_on=said["issued_on"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            demonstration=said["demonstration"],
        )
