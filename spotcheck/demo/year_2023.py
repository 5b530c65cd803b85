"""The year 2023, under the rules of its time: suggestions, the plan, its two batches, what was handed over, the end."""

from datetime import date

from spotcheck.demo import batch, sideways
from spotcheck.demo.file import File, World
from spotcheck.demo.timeline import Story
from spotcheck.planning.operations import open_plan

LAST_DAY = date(2024, 12, 31)
"""By then the last of its stories has ended."""


def begin(world: World) -> None:
    """Let everything of the year begin."""
    for story in (plan(world), sideways.from_a_national_check(world), sideways.from_another_province(world)):
        world.timeline.add(story)


def plan(world: World) -> Story:
    """The annual plan from the first suggestion to its end (Articles 7, 8)."""
    yield date(2022, 12, 1)
    opened = open_plan(2023, on=world.today)
    file = File(world, opened.dossier)
    file.do("plan.open_suggestions")
    suggestions = (
        (date(2022, 12, 20), "371300", "建议对电线电缆、塑料购物袋增加抽查批次。"),
        (date(2023, 1, 10), "371302", "建议二季度集中抽查流通领域玩具、童装。"),
        (date(2023, 1, 30), "371323", "建议春耕前抽查化肥。"),
    )
    for day, office, words in suggestions:
        yield day
        file.do("plan.submit_suggestion", by=world.cast.of(office), suggestion=words)
    yield date(2023, 2, 10)
    file.do("plan.adopt")
    yield date(2023, 2, 20)
    file.do("plan.file_and_circulate")
    for task in batch.tasks(world, opened):
        world.timeline.add(task)
    yield date(2023, 7, 10)
    file.do("plan.adjust", reason="根据上半年抽查情况，增加第三批任务，列入农用薄膜。")
    for task in sideways.tasks(world, opened):
        world.timeline.add(task)
    yield date(2024, 1, 12)
    file.do("plan.close")
