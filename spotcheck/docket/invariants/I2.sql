-- I2: what was accepted is there, whole: with every entry the periods that its act opens and the papers that it
--     issues, each once, and the line of the register (Articles 33, 35, 38 to 41, 43 to 46, 50, 51). A case that moves
--     opens again exactly what the move has stopped (Article 42), an annulment only what follows a recheck.
WITH opened AS (
    SELECT e.dossier_id, e.act || ' ' || e.sequence AS subject, opens.rule,
           (SELECT count(*) FROM docket_deadline d
            WHERE d.started_by_id = e.id AND d.rule = opens.rule AND d.replaces_id IS NULL) AS times,
           CASE e.act
               WHEN 'rectification.take_over_running' THEN (
                   SELECT count(*) FROM docket_deadline d WHERE d.ended_by_id = e.cause_id AND d.rule = opens.rule)
               WHEN 'rectification.annul' THEN (e.to_state = 'applied')::int
               ELSE 1
           END AS wanted
    FROM docket_entry e JOIN opens USING (act)
),
broken AS (
    SELECT dossier_id, subject, rule || ' was opened ' || times || ' times' AS what
    FROM opened WHERE times <> wanted
    UNION ALL
    SELECT e.dossier_id, e.act || ' ' || e.sequence,
           'form ' || issues.form || ' was issued ' || count(p.id) || ' times'
    FROM docket_entry e
    JOIN issues USING (act)
    LEFT JOIN notices_paper p ON p.entry_id = e.id AND p.form = issues.form
    GROUP BY e.id, issues.form
    HAVING count(p.id) <> 1
    UNION ALL
    SELECT m.dossier_id, m.chart || '.' || m.label, 'is not in the register'
    FROM matter m
    WHERE NOT EXISTS (
        SELECT FROM docket_track t
        WHERE t.dossier_id = m.dossier_id AND t.chart = m.chart AND t.label = m.label AND t.matter_id = m.id)
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
