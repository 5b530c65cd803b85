-- I14: those who came to a target are those who were drawn for it, or came in as the next of the drawn order (Articles
--      12, 13, 19), and none of them has tested the sample (Article 10). Targets drawn before samplers were have none.
WITH sampler AS (
    SELECT t.dossier_id, s.*
    FROM planning_targetsampler s JOIN planning_target t ON t.id = s.target_id
),
visit AS (
    SELECT e.dossier_id, e.sequence, array(
               SELECT jsonb_array_elements_text(e.facts -> 'samplers') AS name ORDER BY name) AS came
    FROM docket_entry e
    WHERE e.act = 'sampling.present_notice'
      AND EXISTS (SELECT FROM sampler WHERE sampler.dossier_id = e.dossier_id)
),
broken AS (
    SELECT dossier_id, 'target' AS subject, 'has ' || count(*) FILTER (WHERE state = 'coming') || ' samplers' AS what
    FROM sampler GROUP BY dossier_id HAVING count(*) FILTER (WHERE state = 'coming') < 2
    UNION ALL
    SELECT dossier_id, 'sampler ' || name, 'was passed over'
    FROM sampler
    WHERE state = 'drawn'
      AND EXISTS (
          SELECT FROM sampler other
          WHERE other.target_id = sampler.target_id AND other.state <> 'drawn' AND other."order" > sampler."order")
    UNION ALL
    SELECT dossier_id, 'sampling.present_notice ' || sequence, 'others came than were drawn'
    FROM visit
    WHERE came <> array(
        SELECT name::text FROM sampler
        WHERE sampler.dossier_id = visit.dossier_id AND sampler.state = 'coming' ORDER BY name::text)
    UNION ALL
    SELECT i.dossier_id, 'inspector ' || i.inspector, 'has sampled, too'
    FROM inspection_inspection i JOIN sampler USING (dossier_id)
    WHERE sampler.name = i.inspector AND sampler.state IN ('coming', 'added')
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
