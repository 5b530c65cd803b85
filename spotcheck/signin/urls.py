"""The addresses of the entrance: of allauth's pages those named here, and no others."""

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path

from spotcheck.signin import by_mail, dialog, single, views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/demo/", views.demo_sign_in, name="demo_login"),
    path("login/again/", dialog.again, name="sign_in_again"),
    path("login/again/key/", dialog.options, name="sign_in_again_key"),
    path("login/key/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("login/factor/", factors.authenticate, name="mfa_authenticate"),
    path("login/single/prove/", single.prove, name="sso_prove"),
    path("login/single/<str:provider_id>/", single.begin, name="openid_connect_login"),
    path("login/single/<str:provider_id>/back/", single.back, name="openid_connect_callback"),
    path("logout/", views.sign_out, name="account_logout"),
    path("post/", views.choose_post, name="post"),
    path("account/", views.account, name="account"),
    path("account/rest/", dialog.rest, name="session_rest"),
    path("account/stay/", dialog.stay, name="session_stay"),
    path("account/link/<str:secret>/", views.link, name="account_link"),
    path("account/forgotten/", by_mail.forgotten, name="account_forgotten"),
    path("account/forgotten/<str:token>/", by_mail.new_password, name="account_forgotten_link"),
    path("account/unlock/<str:token>/", by_mail.unlock, name="account_unlock"),
    path("account/address/", by_mail.ask_to_confirm, name="account_confirm_address"),
    path("account/address/<str:token>/", by_mail.address, name="account_address"),
    path("account/password/", views.change_password, name="account_change_password"),
    path("account/again/", accounts.reauthenticate, name="account_reauthenticate"),
    path("account/again/factor/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/again/key/options/", views.key_options, name="key_options"),
    path("account/again/single/", single.again, name="sso_again"),
    path("account/factors/", factors.index, name="mfa_index"),
    path("account/factors/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factors/authenticator/end/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/factors/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/factors/keys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/factors/keys/<int:pk>/end/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/sessions/", views.devices, name="usersessions_list"),
]
