-- I16: what somebody may do comes from posts alone, and posts are in order: nobody is a superuser, staff, or has groups and
--      permissions of the framework; a post of the administration has its own entitlements and no other; whoever stands
--      in for somebody has a post of the same office and role on those days and is present; absences do not overlap.
WITH broken AS (
    SELECT 'person ' || username AS subject, 'is a superuser or staff' AS what
    FROM parties_user WHERE is_superuser OR is_staff
    UNION ALL
    SELECT 'person ' || u.username, 'has groups or permissions of the framework'
    FROM parties_user u
    WHERE EXISTS (SELECT FROM parties_user_groups g WHERE g.user_id = u.id)
       OR EXISTS (SELECT FROM parties_user_user_permissions p WHERE p.user_id = u.id)
    UNION ALL
    SELECT 'post ' || p.id, 'has the entitlement ' || name
    FROM parties_post p CROSS JOIN LATERAL jsonb_array_elements_text(p.entitlements) AS name
    LEFT JOIN duty ON duty.entitlement = name
    WHERE (p.role = 'administrator') <> (duty.duty IS NOT NULL)
    UNION ALL
    SELECT 'absence ' || a.id, 'overlaps another one of the post'
    FROM parties_absence a
    WHERE EXISTS (
        SELECT FROM parties_absence b
        WHERE b.post_id = a.post_id AND b.id <> a.id AND b.first_day <= a.last_day AND a.first_day <= b.last_day)
    UNION ALL
    SELECT 'absence ' || a.id, 'has a deputy of another office or role'
    FROM parties_absence a JOIN parties_post p ON p.id = a.post_id JOIN parties_post d ON d.id = a.deputy_id
    WHERE (d.office_id, d.role) IS DISTINCT FROM (p.office_id, p.role) OR d.user_id = p.user_id
    UNION ALL
    SELECT 'absence ' || a.id, 'has a deputy who is away or has no post on those days'
    FROM parties_absence a JOIN parties_post d ON d.id = a.deputy_id
    WHERE d.since > a.first_day OR d.until < a.last_day
       OR EXISTS (
           SELECT FROM parties_absence b
           WHERE b.post_id = a.deputy_id AND b.first_day <= a.last_day AND a.first_day <= b.last_day)
)
SELECT NULL AS dossier, subject, what FROM broken
