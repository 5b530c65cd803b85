-- I5: a completed retest is final (Article 41). Only proof that a lapse was wrong opens the conclusion again
--     (Articles 35, 39), and only an objection in time that was still open, or a court, revokes it (Article 38).
--     There is one reserve unit, so a sample is retested once, and each item of it; who has tampered with the sample
--     gets no retest (Articles 38, 39).
WITH step AS (
    SELECT e.dossier_id, e.sequence, e.act, cause.act AS because,
           lag(e.act) OVER (PARTITION BY e.dossier_id, e.label ORDER BY e.sequence) AS before
    FROM docket_entry e LEFT JOIN docket_entry cause ON cause.id = e.cause_id
    WHERE e.chart = 'conclusion' AND e.act NOT LIKE 'docket.%'
),
retested AS (
    SELECT r.dossier_id, r.label, item ->> 'name' AS name
    FROM objections_retest r, jsonb_array_elements(r.results) item
    WHERE r.completed
),
waived AS (
    SELECT dossier_id, label, act, sequence,
           lag(act) OVER steps AS before, lag(actor ->> 'word') OVER steps AS by_whom
    FROM docket_entry WHERE chart = 'retest' AND act NOT LIKE 'docket.%'
    WINDOW steps AS (PARTITION BY dossier_id, label ORDER BY sequence)
),
broken AS (
    SELECT dossier_id, act || ' ' || sequence AS subject,
           'changes what a completed retest has settled, because of ' || coalesce(because, 'nothing') AS what
    FROM step
    WHERE before IN ('conclusion.retest_conforming', 'conclusion.retest_nonconforming')
      AND (act, coalesce(because, '')) NOT IN (
          ('conclusion.reopen', 'result_notice.correct_lapse'),
          ('conclusion.reopen', 'retest.reinstate'),
          ('conclusion.revoke', 'objection.revoke'),
          ('conclusion.revoke', 'objection.decide_anew'),
          ('conclusion.annul', ''))
    UNION ALL
    SELECT dossier_id, 'item ' || name, 'was retested ' || count(*) || ' times'
    FROM retested GROUP BY dossier_id, name HAVING count(*) > 1
    UNION ALL
    SELECT dossier_id, 'reserve unit', 'was used by ' || count(*) || ' retests'
    FROM objections_retest WHERE completed GROUP BY dossier_id HAVING count(*) > 1
    UNION ALL
    SELECT dossier_id, 'item ' || i.name, 'was retested and is not settled'
    FROM inspection_item i JOIN retested USING (dossier_id, name) WHERE NOT i.settled
    UNION ALL
    SELECT dossier_id, act || ' ' || sequence, 'goes on after a waiver that was no lapse'
    FROM waived WHERE before = 'retest.waive' AND (act <> 'retest.reinstate' OR by_whom <> 'system')
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
