-- I18: a post is what the book says was granted: the same person, office, role, first day, rights and certificate, by the
--      same people; what somebody has granted stands in the book, and what the book granted is there.
WITH line AS (
    SELECT (r.after ->> 'post')::bigint AS post_id, r.after, r.subject_id, r.kind, r.user_id, r.second_user_id
    FROM docket_record r
    WHERE r.kind IN ('people.grant', 'people.confirm') AND r.after ? 'post'
),
broken AS (
    SELECT line.post_id, 'is not what the book says was granted' AS what
    FROM line JOIN parties_post p ON p.id = line.post_id LEFT JOIN parties_office o ON o.id = p.office_id
    WHERE (p.user_id::text, o.code, p.role, p.since::text, p.certificate)
          IS DISTINCT FROM (line.subject_id, line.after ->> 'office', line.after ->> 'role', line.after ->> 'since',
                            line.after ->> 'certificate')
       OR p.entitlements <> line.after -> 'entitlements'
       OR (p.granted_by_id, p.confirmed_by_id) IS DISTINCT FROM (
              CASE line.kind WHEN 'people.grant' THEN line.user_id ELSE line.second_user_id END,
              CASE line.kind WHEN 'people.grant' THEN NULL ELSE line.user_id END)
    UNION ALL
    SELECT line.post_id, 'was granted and is not there'
    FROM line WHERE NOT EXISTS (SELECT FROM parties_post p WHERE p.id = line.post_id)
    UNION ALL
    SELECT p.id, 'was granted by somebody, and the book does not say so'
    FROM parties_post p
    WHERE (p.granted_by_id IS NOT NULL OR p.confirmed_by_id IS NOT NULL)
      AND NOT EXISTS (SELECT FROM line WHERE line.post_id = p.id)
)
SELECT NULL AS dossier, 'post ' || post_id AS subject, what FROM broken
