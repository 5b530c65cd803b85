"""What is typed into pages of the administration. What is possible is said by the registers, not here."""

from typing import Any, Final

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.wording import headed
from spotcheck.look.forms import TOO_LONG
from spotcheck.parties.models import Office, Post, User
from spotcheck.registers.offices import BODIES
from spotcheck.registers.posts import Wanted
from spotcheck.rules.entitlements import ENTITLEMENTS

_NEEDED: Final = {"required": _("请填写。"), "invalid": _("请检查格式。")}
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
        """A username as Django knows them."""
        name = str(self.cleaned_data["username"])
        UnicodeUsernameValidator(message=_("只用字母、数字和 @ . + - _。"))(name)
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
        help_text=_("抽样人员有“抽样”权限、证件没有过期，才列入随机抽取的抽样人员名单。"),
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
        user = User.objects.filter(username__iexact=self.cleaned_data["username"]).first()
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
    q = _text(_("人员"), 150, needed=False)
    dossier = _text(_("案卷编号"), 40, needed=False)
    day = _day(_("日期"), needed=False)

    def __init__(self, data: Any = None, *, families: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["family"].choices = [("", _("全部")), *families]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("登录名")
