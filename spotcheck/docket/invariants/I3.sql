-- I3: only lawful steps (every article with an act). The entries of a matter, played again one after the other,
--     lead to the state that its row and the register have, and every step is one that its chart allows. A case that
--     moves goes on where it was (Article 42); a refusal that is rejected leads back to where it was claimed (19); a
--     counter-entry goes back along the step that it names (27, 54); a case of the old system comes in where its
--     papers prove that it stands (53), and ends there when that is undone.
WITH step AS (
    SELECT dossier_id, sequence, act, chart, label, from_state, to_state, facts,
           lag(to_state) OVER matter_so_far AS before,
           row_number() OVER (PARTITION BY dossier_id, chart, label ORDER BY sequence DESC) AS from_the_end
    FROM docket_entry
    WHERE chart <> '' AND (act NOT LIKE 'docket.%' OR act IN ('docket.counter_entry', 'docket.take_over', 'docket.take_back'))
    WINDOW matter_so_far AS (PARTITION BY dossier_id, chart, label ORDER BY sequence)
),
played AS (
    SELECT coalesce(m.dossier_id, s.dossier_id) AS dossier_id, coalesce(m.chart, s.chart) AS chart,
           coalesce(m.label, s.label) AS label, m.state, s.to_state, chart.initial, t.state AS registered
    FROM matter m
    FULL JOIN (SELECT * FROM step WHERE from_the_end = 1) s USING (dossier_id, chart, label)
    JOIN chart ON chart.name = coalesce(m.chart, s.chart)
    LEFT JOIN docket_track t
        ON t.dossier_id = coalesce(m.dossier_id, s.dossier_id)
        AND t.chart = coalesce(m.chart, s.chart) AND t.label = coalesce(m.label, s.label)
),
kept AS (
    SELECT e.dossier_id, e.act, e.sequence, e.to_state, moved.from_state AS was
    FROM docket_entry e JOIN docket_entry moved ON moved.id = e.cause_id
    WHERE e.act = 'rectification.take_over_running'
    UNION ALL
    SELECT e.dossier_id, e.act, e.sequence, e.to_state, (
        SELECT claim.from_state FROM docket_entry claim
        WHERE claim.dossier_id = e.dossier_id AND claim.act = 'sampling.claim_refusal' AND claim.sequence < e.sequence
        ORDER BY claim.sequence DESC LIMIT 1)
    FROM docket_entry e WHERE e.act = 'sampling.reject_refusal'
),
broken AS (
    SELECT dossier_id, act || ' ' || sequence AS subject,
           'starts from ' || from_state || ', but the state was ' || coalesce(before, chart.initial) AS what
    FROM step JOIN chart ON chart.name = step.chart
    WHERE CASE WHEN before IS NULL THEN from_state NOT IN ('', chart.initial) ELSE from_state <> before END
    UNION ALL
    SELECT dossier_id, act || ' ' || sequence, 'no chart allows ' || from_state || ' -> ' || to_state
    FROM step
    WHERE NOT EXISTS (
        SELECT FROM allowed_edge a
        WHERE a.chart = step.chart AND a.act = step.act
          AND a.from_state = step.from_state AND a.to_state = step.to_state)
    AND NOT EXISTS (
        SELECT FROM docket_entry e
        WHERE step.act = 'docket.counter_entry' AND e.dossier_id = step.dossier_id AND e.chart = step.chart
          AND e.label = step.label AND e.sequence = (step.facts ->> 'entry')::int
          AND e.from_state = step.to_state AND e.to_state = step.from_state)
    UNION ALL
    SELECT dossier_id, act || ' ' || sequence, 'goes on as ' || to_state || ', but was ' || was
    FROM kept WHERE to_state <> was
    UNION ALL
    SELECT dossier_id, chart || '.' || label, 'entries without a matter'
    FROM played WHERE state IS NULL
    UNION ALL
    SELECT dossier_id, chart || '.' || label,
           'is ' || state || ', but its entries lead to ' || coalesce(to_state, initial)
    FROM played WHERE state <> coalesce(to_state, initial)
    UNION ALL
    SELECT dossier_id, chart || '.' || label,
           'is registered as ' || registered || ', but its entries lead to ' || coalesce(to_state, initial)
    FROM played WHERE registered <> coalesce(to_state, initial)
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
