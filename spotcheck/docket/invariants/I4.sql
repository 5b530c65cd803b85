-- I4: every date can be counted again, here from nothing but the day it starts, the rule and the calendar edition
--     (Article 59); a corrected date leaves both versions; nothing happens to an enterprise before the later date.
WITH RECURSIVE pair AS (
    SELECT rule_set, rule, calendar, started_on, due_on, latest, min(id) AS id, min(dossier_id) AS dossier_id
    FROM docket_deadline
    GROUP BY rule_set, rule, calendar, started_on, due_on, latest
),
raw AS (
    SELECT pair.*, p.rolls,
           CASE p.unit
               WHEN 'calendar days' THEN started_on + p.length
               WHEN 'months' THEN (started_on + make_interval(months => p.length))::date
               WHEN 'working days' THEN (
                   SELECT w.day FROM day w
                   WHERE w.edition = pair.calendar AND w.day > started_on AND NOT w.rest
                   ORDER BY w.day OFFSET p.length - 1 LIMIT 1)
           END AS last_day
    FROM pair JOIN period p USING (rule_set, rule)
    WHERE p.length IS NOT NULL AND EXISTS (SELECT FROM day WHERE edition = pair.calendar)
),
counted AS (
    SELECT raw.*,
           CASE WHEN rolls THEN (
               SELECT min(o.day) FROM day o WHERE o.edition = calendar AND o.day >= last_day AND NOT o.off_day)
           ELSE last_day END AS by_block,
           CASE WHEN rolls THEN (
               SELECT min(o.day) FROM day o WHERE o.edition = calendar AND o.day >= last_day AND NOT o.rest)
           ELSE last_day END AS by_rest
    FROM raw
),
-- an entry and what it followed from on the same day: a corrected receipt moves what it had opened
origin AS (
    SELECT d.id AS deadline, e.id AS entry, e.cause_id, e.dossier_id, e.sequence, e.effective_on
    FROM docket_deadline d JOIN docket_entry e ON e.id = d.started_by_id
    WHERE d.started_on <> e.effective_on
    UNION ALL
    SELECT o.deadline, e.id, e.cause_id, e.dossier_id, e.sequence, e.effective_on
    FROM origin o JOIN docket_entry e ON e.id = o.cause_id AND e.effective_on = o.effective_on
),
corrected AS (
    SELECT o.deadline, (c.facts ->> 'date_after')::date AS day
    FROM origin o
    JOIN docket_entry c
        ON c.dossier_id = o.dossier_id AND c.act = 'docket.correct_date' AND (c.facts ->> 'entry')::int = o.sequence
),
broken AS (
    SELECT dossier_id, rule || ' from ' || started_on AS subject,
           'ends ' || due_on || '/' || latest || ', counted again ' || by_block || '/' || by_rest AS what
    FROM counted WHERE (due_on, latest) IS DISTINCT FROM (by_block, by_rest)
    UNION ALL
    -- the two long periods run from their own days when they are revived or taken over (Articles 42, 44)
    SELECT d.dossier_id, d.rule || '.' || d.label, 'starts on ' || d.started_on || ', which no entry says'
    FROM docket_deadline d JOIN docket_entry e ON e.id = d.started_by_id
    WHERE d.started_on <> e.effective_on AND d.status <> 'corrected'
      AND NOT EXISTS (SELECT FROM corrected c WHERE c.deadline = d.id AND c.day = d.started_on)
      -- a case of the old system brings the proved days from which its periods run (Article 53)
      AND NOT (e.act = 'docket.take_over' AND (e.facts -> 'periods' ->> d.rule)::date = d.started_on)
      AND NOT EXISTS (
          SELECT FROM docket_deadline other
          WHERE other.dossier_id = d.dossier_id AND other.rule = d.rule AND other.id < d.id
            AND other.party_id = d.party_id AND other.started_on = d.started_on)
    UNION ALL
    SELECT d.dossier_id, d.rule || '.' || d.label, 'was corrected, and a version is missing'
    FROM docket_deadline d
    WHERE (d.status = 'corrected') <> EXISTS (SELECT FROM docket_deadline n WHERE n.replaces_id = d.id)
       OR d.status = 'corrected' AND d.ended_by_id IS NULL
    UNION ALL
    SELECT d.dossier_id, d.rule || '.' || d.label, 'took effect on ' || e.effective_on || ', before ' || d.latest
           || ' was over'
    FROM docket_deadline d
    JOIN period p USING (rule_set, rule)
    JOIN docket_entry e ON e.id = d.ended_by_id
    WHERE d.status = 'lapsed' AND p.lapses
      AND (e.effective_on <= d.latest
           OR (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date <= d.latest)
    UNION ALL
    SELECT d.dossier_id, d.rule || '.' || d.label, 'would be looked at on ' || d.wake_on || ', before its end'
    FROM docket_deadline d JOIN period p USING (rule_set, rule)
    WHERE d.status = 'running' AND d.wake_on <= CASE WHEN p.lapses THEN d.latest ELSE d.due_on END
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
