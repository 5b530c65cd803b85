-- I15: system, security and audit are three duties, never two with one person (GB/T 22239-2019, 8.1.4): not on any day,
--      over all posts that he has or is to have.
WITH held AS (
    SELECT p.user_id, duty.duty, p.since, coalesce(p.until, 'infinity') AS until
    FROM parties_post p
    CROSS JOIN LATERAL jsonb_array_elements_text(p.entitlements) AS name
    JOIN duty ON duty.entitlement = name
),
broken AS (
    SELECT one.user_id, one.duty || ' and ' || other.duty AS both_duties,
           greatest(one.since, other.since) AS day
    FROM held one JOIN held other USING (user_id)
    WHERE one.duty < other.duty AND one.since <= other.until AND other.since <= one.until
)
SELECT NULL AS dossier, 'person ' || u.username AS subject,
       'has the duties ' || both_duties || ' on ' || min(day) AS what
FROM broken JOIN parties_user u ON u.id = broken.user_id
GROUP BY u.username, both_duties
