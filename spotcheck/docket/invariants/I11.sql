-- I11: whatever is sent, clicked or delivered twice has the effect of once: a matter begins once, a consequence
--      follows once from its cause, an entry issues a form or letter once, a period runs once for its matter.
WITH broken AS (
    SELECT dossier_id, chart || '.' || label AS subject, 'began ' || count(*) || ' times' AS what
    FROM docket_entry WHERE chart <> '' AND from_state = '' AND to_state <> ''
    GROUP BY dossier_id, chart, label HAVING count(*) > 1
    UNION ALL
    SELECT dossier_id, act || ' ' || label, 'followed ' || count(*) || ' times from the same entry'
    FROM docket_entry WHERE cause_id IS NOT NULL
    GROUP BY dossier_id, cause_id, act, label HAVING count(*) > 1
    UNION ALL
    SELECT min(dossier_id), coalesce(nullif(letter, ''), 'form ' || form),
           'was issued ' || count(*) || ' times by the same entry'
    FROM notices_paper GROUP BY entry_id, form, letter HAVING count(*) > 1
    UNION ALL
    SELECT dossier_id, rule || '.' || label, 'runs ' || count(*) || ' times'
    FROM docket_deadline WHERE status = 'running'
    GROUP BY dossier_id, rule, chart, label HAVING count(*) > 1
    UNION ALL
    SELECT dossier_id, chart || '.' || label, 'exists ' || count(*) || ' times'
    FROM matter GROUP BY dossier_id, chart, label HAVING count(*) > 1
)
SELECT d.number AS dossier, subject, what FROM broken LEFT JOIN docket_dossier d ON d.id = dossier_id
