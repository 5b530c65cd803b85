"""The facts of the acts: what the acceptance text wants is there, with words for every value that may be given."""

from rest_framework import serializers

from spotcheck.docket import facts
from spotcheck.docket.facts import Claim, Results
from spotcheck.docket.flow import MATTERS, ActSpec, Facts
from spotcheck.rules.acts import FACTS, OF_EVERY_ACT, OWN_FACTS
from spotcheck.rules.sd_2021_1.acts.fact import ITEM_KINDS, ITEM_RESULTS
from tests.law.machines import rows

KINDS: dict[str, type[serializers.Field]] = {
    "yes": facts.Tick,
    "one": facts.Choice,
    "some": facts.Choices,
    "names": facts.Texts,
    "text": facts.Text,
    "claim": Claim,
    "day": facts.Day,
    "results": Results,
    "record": facts.Record,
}
SPECS: dict[str, ActSpec] = {spec.name: spec for model in MATTERS.values() for spec in model.specs()}
FIELDS = {
    (name, fact): field
    for name, spec in SPECS.items()
    for fact, field in spec.facts().get_fields().items()
    if fact not in OF_EVERY_ACT
}

RECORDED = {place for place, words in FACTS.items() if words.recorded}
EARLIER = {place: words.earlier for place, words in FACTS.items() if words.earlier or words.no_longer}


def test_every_act_has_the_facts_of_the_acceptance_text_in_their_form():
    wrong = [
        (row["act"], row["fact"])
        for row in rows("facts.csv")
        if row["kind"] != "recorded" and not isinstance(FIELDS.get((row["act"], row["fact"])), KINDS[row["kind"]])
    ]
    assert wrong == []


def test_what_is_only_put_on_record_is_asked_of_nobody():
    """Nobody states a seed (Article 12)."""
    assert {(row["act"], row["fact"]) for row in rows("facts.csv") if row["kind"] == "recorded"} <= RECORDED
    assert RECORDED & set(FIELDS) == set()


def test_the_values_of_a_fact_are_those_of_the_acceptance_text():
    wanted = {
        (row["act"], row["fact"]): row["values"].split() for row in rows("facts.csv") if row["kind"] in {"one", "some"}
    }
    found = {place: FIELDS[place].choices for place in wanted}
    assert {place: set(values) for place, values in found.items()} == {
        place: set(values) for place, values in wanted.items()
    }


def test_the_default_of_a_choice_is_one_of_its_values():
    wrong = [
        (row["act"], row["fact"])
        for row in rows("facts.csv")
        if row["kind"] in {"one", "some"}
        and row["default"] not in {"-", "6"}
        and not set(row["default"].split()) <= set(FIELDS[row["act"], row["fact"]].choices)
    ]
    assert wrong == []


def test_every_fact_has_words_and_no_words_are_left_over():
    assert set(FACTS) == set(FIELDS) | RECORDED | set(EARLIER)
    assert set(OF_EVERY_ACT) == set(Facts().get_fields())


def test_the_facts_of_our_own_acts_have_words_too():
    own = [spec for model in MATTERS.values() for spec in model.own_specs()]
    stated = {(spec.name, fact): field for spec in own for fact, field in spec.facts().get_fields().items()}
    asked = {place: field for place, field in stated.items() if place[1] not in OF_EVERY_ACT}
    worded = {place for place, words in OWN_FACTS.items() if not (place[0].startswith("docket.") or words.recorded)}
    assert worded == set(asked)
    choices = {place: set(field.choices) for place, field in asked.items() if hasattr(field, "choices")}
    assert {place: set(OWN_FACTS[place].choices) for place in choices} == choices


def test_every_value_that_may_be_chosen_has_words():
    choices = {
        place: sorted(field.choices) for place, field in FIELDS.items() if isinstance(field, serializers.ChoiceField)
    }
    offered = {place: set(FACTS[place].choices) - set(EARLIER.get(place, ())) for place in choices}
    assert {place: sorted(found) for place, found in offered.items()} == choices


def test_what_older_entries_hold_keeps_its_words_and_is_not_offered_any_more():
    for place, answers in EARLIER.items():
        assert set(answers) <= set(FACTS[place].choices)
        if place in FIELDS:
            assert answers
            assert set(answers) & set(FIELDS[place].choices) == set()


def test_a_claim_has_words_that_say_what_to_write():
    """What is held against somebody is written, never ticked (R52)."""
    silent = [
        place
        for place, field in FIELDS.items()
        if isinstance(field, Claim) and (not FACTS[place].help or FACTS[place].choices)
    ]
    assert silent == []


def test_only_choices_and_records_have_words_for_values():
    loose = {
        place
        for place, words in FACTS.items()
        if words.choices and not isinstance(FIELDS[place], serializers.ChoiceField | serializers.JSONField)
    }
    assert loose == set()


def test_items_of_a_report_have_words_for_kind_and_result():
    result = Results().child.get_fields()
    assert set(result["kind"].choices) == set(ITEM_KINDS)
    assert set(result["result"].choices) == set(ITEM_RESULTS)


def test_no_fact_is_required_by_its_form_because_a_refusal_says_what_is_missing():
    """By article and with what would make the act possible, whoever calls."""
    assert [place for place, field in FIELDS.items() if field.required] == []


def test_what_decides_either_way_or_has_no_guard_of_its_own_cannot_be_passed_over():
    """What was not found would fail an enterprise, end a case, or make a product that of its nominal producer."""
    cannot = {place for place, field in FIELDS.items() if field.asking.needed or field.asking.decisive}
    assert {
        ("objection.decide_anew", "decision"),
        ("objection.denial_findings", "produced"),
        ("recheck.test_done", "conclusion"),
        ("recheck.verify_on_site", "rectified"),
        ("rectification.annul", "what"),
        ("rectification.close_dissolved", "successor"),
        ("rectification.order_closure", "until"),
        ("conclusion.import_external", "items"),
        ("purchase.place_order", "samplers"),
        ("retest.report", "items"),
        ("sampling.claim_refusal", "proven"),
        ("task.cancel", "reason"),
    } <= cannot
    guarded = {
        (spec.name, fact)
        for spec in SPECS.values()
        for need in spec.needs
        for fact in need.asks
        if (spec.name, fact) in FIELDS
    }
    choices = {place for place, field in FIELDS.items() if type(field) is facts.Choice}
    assert choices <= cannot | guarded


def test_an_unknown_fact_is_an_error_and_not_lost_in_silence():
    form = SPECS["rectification.apply_recheck"].facts(data={"measures_done": True, "measure_done": True})
    assert not form.is_valid()
    assert set(form.errors) == {"measure_done"}


def test_a_guard_asks_only_for_facts_that_some_act_of_its_has():
    asked = {(need.name, fact) for spec in SPECS.values() for need in spec.needs for fact in need.asks}
    known = {(need.name, fact) for act, fact in FIELDS for need in SPECS[act].needs}
    assert asked - known == set()


def test_a_guard_is_shown_before_anything_is_filled_in_when_its_act_states_nothing_it_asks_for():
    spec = SPECS["objection.uphold_denial"]
    shown = [need.name for need in spec.needs if not spec.states_any(need.asks)]
    assert shown == ["both_city_findings"]
