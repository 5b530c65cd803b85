-- I7: what the docket says stays said (Articles 16, 53). The entries of a dossier are an unbroken chain up to its
--     head, every one says who and when, no day's root is missing between others, each root follows the one before
--     and seals the book of its day, and the database itself refuses to change or delete entries, the files that came
--     with them, the book and the roots. (What each entry and each line of the book says is checked against its hash
--     by spotcheck verify-audit.)
WITH link AS (
    SELECT dossier_id, sequence, hash, previous_hash, actor, recorded_at,
           lag(sequence) OVER chain AS sequence_before, lag(hash) OVER chain AS hash_before,
           lead(sequence) OVER chain IS NULL AS is_last
    FROM docket_entry
    WINDOW chain AS (PARTITION BY dossier_id ORDER BY sequence)
),
head AS (
    SELECT d.id AS dossier_id, d.entry_count, d.head_hash, link.sequence, link.hash
    FROM docket_dossier d LEFT JOIN link ON link.dossier_id = d.id AND link.is_last
),
busy_day AS (
    SELECT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day, dossier_id, max(sequence) AS sequence
    FROM docket_entry GROUP BY 1, 2
),
root AS (
    SELECT busy_day.day, count(*) AS dossiers,
           encode(sha256(convert_to(string_agg(
               format(E'%s:%s:%s\n', e.dossier_id, e.sequence, e.hash), '' ORDER BY e.dossier_id), 'UTF8')), 'hex'
           ) AS root
    FROM busy_day JOIN docket_entry e ON (e.dossier_id, e.sequence) = (busy_day.dossier_id, busy_day.sequence)
    GROUP BY busy_day.day
),
book AS (
    SELECT (at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS records,
           encode(sha256(convert_to(string_agg(format(E'%s:%s\n', id, hash), '' ORDER BY id), 'UTF8')), 'hex') AS book
    FROM docket_record GROUP BY 1
),
nothing AS (SELECT encode(sha256(''), 'hex') AS root),
chained AS (
    SELECT kept.*, coalesce(lag(coalesce(nullif(seal, ''), kept.root)) OVER (ORDER BY id), '') AS mark_before,
           encode(sha256(convert_to(concat_ws(':', previous, to_char(day, 'YYYY-MM-DD'), dossiers, kept.root, records,
                                              kept.book, nullif(kept.kept, '')), 'UTF8')), 'hex') AS seal_again
    FROM docket_auditroot kept
),
for_good(name) AS (
    VALUES ('docket_evidence'), ('files_storedfile'), ('docket_record'), ('docket_auditroot')
),
busy AS (SELECT day FROM root UNION SELECT day FROM book),
broken AS (
    SELECT dossier_id, 'entry ' || sequence AS subject, 'does not follow the entry before' AS what
    FROM link
    WHERE sequence <> coalesce(sequence_before, 0) + 1 OR previous_hash <> coalesce(hash_before, '')
    UNION ALL
    SELECT dossier_id, 'entry ' || coalesce(sequence, 0), 'is not the head that the dossier has'
    FROM head
    WHERE (entry_count, head_hash) IS DISTINCT FROM (coalesce(sequence, 0), coalesce(hash, ''))
    UNION ALL
    SELECT dossier_id, 'entry ' || sequence, 'does not say who'
    FROM link
    WHERE coalesce(actor ->> 'word', actor ->> 'office', actor ->> 'enterprise', actor ->> 'person') IS NULL
    UNION ALL
    SELECT dossier_id, 'entry ' || sequence, 'was recorded in the future'
    FROM link, moment WHERE recorded_at > moment.now + interval '1 minute'
    UNION ALL
    SELECT NULL, kept.day::text, 'the root of the day differs'
    FROM docket_auditroot kept CROSS JOIN nothing LEFT JOIN root USING (day)
    WHERE (kept.root, kept.dossiers) IS DISTINCT FROM (coalesce(root.root, nothing.root), coalesce(root.dossiers, 0))
    UNION ALL
    SELECT NULL, kept.day::text, 'the book of the day differs'
    FROM docket_auditroot kept CROSS JOIN nothing LEFT JOIN book USING (day)
    WHERE kept.seal <> ''
      AND (kept.book, kept.records) IS DISTINCT FROM (coalesce(book.book, nothing.root), coalesce(book.records, 0))
    UNION ALL
    SELECT NULL, day::text, 'does not follow the root before' FROM chained WHERE seal <> '' AND previous <> mark_before
    UNION ALL
    SELECT NULL, day::text, 'the root was changed' FROM chained WHERE seal <> '' AND seal <> seal_again
    UNION ALL
    SELECT NULL, busy.day::text, 'the day has no root, a later one has'
    FROM busy
    WHERE NOT EXISTS (SELECT FROM docket_auditroot kept WHERE kept.day = busy.day)
      AND EXISTS (SELECT FROM docket_auditroot kept WHERE kept.day > busy.day)
    UNION ALL
    SELECT NULL, 'the table of entries', 'the trigger ' || name || ' is missing or switched off'
    FROM unnest(ARRAY['docket_entry_for_good', 'docket_entry_not_emptied']) AS name
    WHERE NOT EXISTS (
        SELECT FROM pg_trigger
        WHERE tgrelid = 'docket_entry'::regclass AND tgname = name AND tgenabled IN ('O', 'A'))
    UNION ALL
    SELECT NULL, 'the table of entries', 'the role of the application may ' || lower(deed)
    FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS deed, application
    WHERE NOT application.is_owner AND has_table_privilege(application.role, 'docket_entry', deed)
    UNION ALL
    SELECT NULL, 'the table ' || name, 'the trigger ' || name || ending || ' is missing or switched off'
    FROM for_good, unnest(ARRAY['_for_good', '_not_emptied']) AS ending
    WHERE NOT EXISTS (
        SELECT FROM pg_trigger
        WHERE tgrelid = name::regclass AND tgname = name || ending AND tgenabled IN ('O', 'A'))
    UNION ALL
    SELECT NULL, 'the table ' || name, 'the role of the application may ' || lower(deed)
    FROM for_good, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS deed, application
    WHERE NOT application.is_owner AND has_table_privilege(application.role, name, deed)
    UNION ALL
    SELECT e.dossier_id, 'entry ' || e.sequence, 'its files are not those that its hash covers'
    FROM docket_entry e LEFT JOIN (
        SELECT entry_id, array_agg(stored_id::text ORDER BY id) AS files FROM docket_evidence GROUP BY entry_id
    ) AS come ON come.entry_id = e.id
    WHERE coalesce(come.files, '{}') <> e.evidence::text[]
)
SELECT d.number AS dossier, subject, what FROM broken LEFT JOIN docket_dossier d ON d.id = dossier_id
