-- I1: a period that runs out takes effect once: never twice, never too late, never not at all (Articles 35, 39, 44).
--     A duty that is overdue is told once to each bureau concerned (Articles 40, 43, 46, 50, 51).
-- What the system enters without a cause is the firing of a period; whatever follows has the firing as its cause.
WITH firing AS (
    SELECT e.id, e.dossier_id, e.sequence, e.chart, e.label, e.act,
           count(d.id) AS ended
    FROM docket_entry e
    LEFT JOIN docket_deadline d
        ON d.ended_by_id = e.id AND d.status = 'lapsed' AND (d.rule_set, d.rule) IN (SELECT rule_set, rule FROM period WHERE lapses)
    WHERE e.cause_id IS NULL AND e.chart <> '' AND e.actor ->> 'word' = 'system'
    GROUP BY e.id
),
waiting AS (
    SELECT d.*, p.lapses, coalesce(d.office_id, party.handler_id) AS told
    FROM docket_deadline d
    JOIN period p USING (rule_set, rule)
    LEFT JOIN docket_party party ON party.id = d.party_id
    WHERE d.status = 'running'
),
broken AS (
    SELECT dossier_id, act || ' ' || sequence AS subject,
           CASE ended WHEN 0 THEN 'took effect without a period: twice, or for none'
                ELSE 'one entry for several periods' END AS what
    FROM firing WHERE ended <> 1
    UNION ALL
    SELECT dossier_id, act || ' ' || sequence, 'nobody was told'
    FROM firing WHERE NOT EXISTS (SELECT FROM docket_message m WHERE m.entry_id = firing.id)
    UNION ALL
    SELECT dossier_id, rule || '.' || label, 'lapsed without an entry'
    FROM docket_deadline WHERE status = 'lapsed' AND ended_by_id IS NULL
    UNION ALL
    SELECT dossier_id, rule || '.' || label,
           CASE WHEN parked_at IS NULL THEN 'due and not done' ELSE 'parked after ' || tries || ' tries' END
    FROM waiting, moment
    WHERE wake_on::timestamp AT TIME ZONE 'Asia/Shanghai' + interval '60 seconds' < moment.now
    UNION ALL
    SELECT dossier_id, rule || '.' || label, 'will never be done'
    FROM waiting WHERE wake_on IS NULL AND lapses
    UNION ALL
    SELECT dossier_id, rule || '.' || label, 'overdue, and the bureau was not told'
    FROM waiting
    WHERE wake_on IS NULL AND NOT lapses AND told IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM docket_message m
          WHERE m.deadline_id = waiting.id AND m.office_id = told AND m.kind IN ('duty_overdue', 'period_over'))
      -- what was over when an old case came in is told once to the office, for all of them together
      AND NOT EXISTS (
          SELECT FROM docket_message m JOIN docket_entry e ON e.id = waiting.started_by_id
          WHERE e.act = 'docket.take_over' AND waiting.due_on < e.effective_on
            AND m.office_id = told AND m.kind = 'old_cases_overdue' AND m.created_at >= e.recorded_at)
    UNION ALL
    SELECT min(dossier_id), kind, 'told ' || count(*) || ' times'
    FROM docket_message WHERE entry_id IS NOT NULL OR deadline_id IS NOT NULL
    GROUP BY entry_id, deadline_id, kind, office_id, party_id, day HAVING count(*) > 1
)
SELECT d.number AS dossier, subject, what FROM broken LEFT JOIN docket_dossier d ON d.id = dossier_id
