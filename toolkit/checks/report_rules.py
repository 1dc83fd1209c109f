"""Every rule that has nothing to say without a report, in the order of its code; to load them takes long, for they know much language."""

from __future__ import annotations

from toolkit.checks.rule import Rule
from toolkit.checks.rules import (
    p01_personal_data,
    r01_report_differs_from_form,
    r02_text_does_not_recompute,
    r03_report_contradicts_itself,
    r04_other_unit_or_project,
    r05_year_differs,
    r06_document_with_two_numbers,
    r09_text_slips,
    r10_deduction_not_mentioned,
    r11_rate_without_ground,
    r12_adjective_against_score,
    r13_name_slightly_differs,
    r14_number_against_title,
    r15_list_differs_from_count,
    r16_problems_and_measures,
    r17_date_out_of_year,
    r18_sentences_left_out,
    r19_new_text_suggested,
)

REPORT_RULES: tuple[Rule, ...] = (
    r01_report_differs_from_form.report_differs_from_form,
    r02_text_does_not_recompute.text_does_not_recompute,
    r03_report_contradicts_itself.report_contradicts_itself,
    r04_other_unit_or_project.other_unit_or_project,
    r05_year_differs.year_differs,
    r06_document_with_two_numbers.document_with_two_numbers,
    r09_text_slips.text_slips,
    r10_deduction_not_mentioned.deduction_not_mentioned,
    r11_rate_without_ground.rate_without_ground,
    r12_adjective_against_score.adjective_against_score,
    r13_name_slightly_differs.name_slightly_differs,
    r14_number_against_title.number_against_title,
    r15_list_differs_from_count.list_differs_from_count,
    r16_problems_and_measures.problems_and_measures,
    r17_date_out_of_year.date_out_of_year,
    p01_personal_data.personal_data,
    r18_sentences_left_out.sentences_left_out,
    r19_new_text_suggested.new_text_suggested,
)
"""Rules that look at a report, alone or beside its form; without a report they have nothing to say."""
