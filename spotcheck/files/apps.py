"""The application of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What was handed in, and what is on its way."""

    name = "spotcheck.files"
    label = "files"
    verbose_name = "文件"
