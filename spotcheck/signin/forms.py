"""What is asked at the entrance: a username, or a staff number with the short name of its office, and a password."""

from typing import Any
from unicodedata import normalize

from allauth.account import forms as allauth_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from spotcheck.parties.models import StaffNumber, User
from spotcheck.registers import naming
from spotcheck.rules.characters import tidied


class SignInForm(allauth_forms.LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("账号")), ("password", _("密码"))):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def clean_login(self) -> str:
        """The username behind what was typed: the name itself, or the staff number at an office."""
        return username_of(self.cleaned_data["login"])


class AgainForm(allauth_forms.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("密码")


class ChangeForm(allauth_forms.ChangePasswordForm):
    """The present password and the new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call_passwords(
            self, {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("再次输入新密码")}
        )


class CodeForm(factor_forms.AuthenticateForm):
    """A code of the authenticator, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call_code(self)

    def clean_code(self) -> str:
        """A right code, unless wrong ones have locked the account meanwhile: then it is answered as a wrong one."""
        self.cleaned_data["code"] = _as_meant(self.cleaned_data["code"])
        return _of_open_account(self.user, super().clean_code())


class CodeAgainForm(factor_forms.ReauthenticateForm):
    """The same once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call_code(self)

    def clean_code(self) -> str:
        """As at the entrance."""
        self.cleaned_data["code"] = _as_meant(self.cleaned_data["code"])
        return _of_open_account(self.user, super().clean_code())


class AuthenticatorForm(totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call_code(self)

    def clean_code(self) -> str:
        """The code, whatever keyboard wrote it."""
        self.cleaned_data["code"] = _as_meant(self.cleaned_data["code"])
        return str(super().clean_code())


class KeyForm(key_forms.AddWebAuthnForm):
    """A new security key or passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("名称")


class FirstPasswordForm(forms.Form):
    """A password, twice, by a one-time link."""

    password1 = forms.CharField(label=_("新密码"), strip=False, widget=forms.PasswordInput)
    password2 = forms.CharField(label=_("再次输入新密码"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        _call_passwords(self, {})

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ, and what the rules refuse."""
        said = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("两次输入的密码不一样。"))
        elif first:
            try:
                password_validation.validate_password(first, self.user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return said


class ForgottenForm(forms.Form):
    """Whose password was forgotten."""

    login = forms.CharField(label=_("账号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))


class ProofForm(forms.Form):
    """The password, once, before an account is linked."""

    WRONG = _("密码不对，请再试一次。")

    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def username_of(typed: str) -> str:
    """The username behind a name or a number at an office (``012@历下``), whatever its case, width and blanks.

    What is neither stays as it is.
    """
    typed = "".join(tidied(normalize("NFKC", typed)).split())
    number, found, office = typed.rpartition("@")
    if found:
        rows = naming.alike(StaffNumber.objects.filter(office__short_name__iexact=office), "number", number)
        if username := rows.values_list("user__username", flat=True).first():
            return username
    named = naming.person(typed)
    return named.username if named is not None else typed


def _call_passwords(form: forms.Form, labels: dict[str, Any]) -> None:
    for name, made in form.fields.items():
        made.label = labels.get(name, made.label)
        made.widget.attrs.pop("placeholder", None)
        made.help_text = ""
        made.widget.attrs["autocomplete"] = "current-password" if name == "oldpassword" else "new-password"


def _call_code(form: forms.Form) -> None:
    form.fields["code"].label = _("验证码")
    form.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}
    form.fields["code"].widget.attrs.pop("placeholder", None)


def _as_meant(code: str) -> str:
    """A code as it is shown: digits and letters in half width, without blanks and what nobody sees."""
    return "".join(tidied(normalize("NFKC", code)).split())


def _of_open_account(user: User, code: str) -> str:
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise get_adapter().validation_error("incorrect_code")
    return code
