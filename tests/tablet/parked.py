"""A parked act of a log, as rows, for tests that are not about how it came there."""

from uuid import uuid4

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.files.models import StoredFile
from spotcheck.sampling.models import FieldAct, FieldBatch
from tests.desk.world import World


def parked_act(world: World, dossier: Dossier, picture: StoredFile) -> FieldAct:
    now, post = clock.now(), world.posts["sampler"]
    batch = FieldBatch.objects.create(
        id=uuid4(), visit=dossier.number, dossier=dossier, log="1" * 64, issued_at=now, device=str(uuid4()), post=post,
        posts=[post.pk], schema=1, sha256="2" * 64, first=1, last=1, device_now=now, offset=0, received_at=now, answer={},
    )  # fmt: skip
    hour = {"best": now.isoformat(), "wall": now.isoformat(), "by": "server+mono"}
    body = {
        "at": hour,
        "evidence": [{"sha256": picture.pk, "name": "照片.jpg", "slot": "place", "at": hour, "source": "camera"}],
        "facts": {},
        "on": clock.today().isoformat(),
    }
    reasons = [
        {"guard": "state", "articles": [], "says": {"zh": "状态不符", "en": "state"}, "cure": None, "who": "province"}
    ]
    return FieldAct.objects.create(
        id=uuid4(), batch=batch, visit=dossier.number, dossier=dossier, log="1" * 64, seq=1,
        act="sampling.present_notice", on=clock.today(), body=body, hash="3" * 64, outcome=FieldAct.Outcome.PARKED,
        reasons=reasons,
    )  # fmt: skip
