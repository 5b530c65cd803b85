"""The base of addresses at which acts are done; what each of them is stands in ``custody``, ``testing``, ``report``."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from rest_framework.serializers import Serializer

from spotcheck.api.doors import Call, Door
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import ByWhom, Text
from spotcheck.files.models import Upload
from spotcheck.laboratories import answers, doing
from spotcheck.laboratories.cases import READ, sample_of
from spotcheck.laboratories.doing import Step
from spotcheck.laboratories.projection import Sample
from spotcheck.parties.models import Post

CUSTODY: Final = "custody:write"
RESULTS: Final = "results:write"
REPORTS: Final = "reports:write"


def upload_id(**more: Any) -> Text:
    """The id of a file that waits."""
    return Text(min_length=36, max_length=36, **more)


class _Acting(Door):
    """Of every address at which acts are done; ``act`` is the one for which its person has to be entitled."""

    shape: ClassVar[type[ByWhom]] = ByWhom
    scope: ClassVar[str] = CUSTODY

    def sample(self, call: Call) -> Sample:
        """The sample that the address names, with what the caller may know of it."""
        return sample_of(call)

    @abstractmethod
    def steps(self, call: Call, sample: Any, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """The acts, in their order, and the uploads that they take up."""

    def done(self, call: Call, *, created: int) -> Answer:
        """Do the acts."""
        sample = self.sample(call)
        post = call.doer(self.act)
        steps, takes = self.steps(call, sample, post)
        return doing.carry_out(call, sample, steps, post, takes=takes, created=created)


class ActDoor(_Acting):
    """An address at which acts are done."""

    answers: ClassVar[Mapping[str, Mapping[int, type[Serializer[Any]]]]] = {
        "POST": {201: answers.Receipt, 200: answers.Receipt}
    }

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.takes = {"POST": cls.shape}
        cls.scopes = {"POST": cls.scope}

    def post(self, call: Call) -> Answer:
        return self.done(call, created=201)


class PutDoor(_Acting):
    """An address at which an act replaces what is read there; nobody replaces what he has not read (428)."""

    matched: ClassVar[tuple[str, ...]] = ("PUT",)
    read: ClassVar[type[Serializer[Any]]]

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.takes = {"PUT": cls.shape}
        cls.scopes = {"GET": READ, "PUT": cls.scope}
        cls.answers = {"GET": {200: cls.read}, "PUT": {200: answers.Receipt}}

    def put(self, call: Call) -> Answer:
        return self.done(call, created=200)
