-- I17: what is written once is closed (Articles 16, 53): every table is listed with what the program may do with its rows,
--      the role of the application has no right beyond that, and the triggers that hold rows and columns as they were
--      written are there, switched on, for the columns that are listed, and refuse.
WITH deed(letter, name) AS (VALUES ('I', 'INSERT'), ('U', 'UPDATE'), ('D', 'DELETE'), ('-', 'TRUNCATE'), ('-', 'TRIGGER')),
present AS (
    SELECT c.oid, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
),
wanted AS (
    SELECT name, name || '_written_once' AS trigger_name, promises AS says, 'kept_written_once' AS calls
    FROM kept WHERE promises <> ''
    UNION ALL
    SELECT name, name || '_for_good', '', NULL FROM kept WHERE for_good
    UNION ALL
    SELECT name, name || '_stays', '', 'kept_for_good'
    FROM kept WHERE promises <> '' AND NOT for_good AND may NOT LIKE '%D%'
    UNION ALL
    SELECT name, name || '_not_emptied', '', NULL
    FROM kept WHERE for_good OR (promises <> '' AND may NOT LIKE '%D%')
),
found AS (
    SELECT present.name, t.tgname::text AS trigger_name, p.proname::text AS calls,
           replace(encode(t.tgargs, 'escape'), '\000', '') AS says
    FROM pg_trigger t JOIN present ON present.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
),
broken AS (
    SELECT present.name AS subject, 'is in no list of what may be done with it' AS what
    FROM present WHERE NOT EXISTS (SELECT FROM kept WHERE kept.name = present.name)
    UNION ALL
    SELECT kept.name, 'the role of the application may ' || lower(deed.name)
    FROM kept JOIN present USING (name) CROSS JOIN deed CROSS JOIN application
    WHERE NOT application.is_owner AND kept.may NOT LIKE '%' || deed.letter || '%'
      AND CASE WHEN deed.name IN ('INSERT', 'UPDATE')
               THEN has_any_column_privilege(application.role, present.oid, deed.name)
               ELSE has_table_privilege(application.role, present.oid, deed.name) END
    UNION ALL
    SELECT wanted.name, 'the trigger ' || trigger_name || ' is missing, switched off or another one'
    FROM wanted JOIN present USING (name)
    WHERE NOT EXISTS (
        SELECT FROM found
        WHERE found.name = wanted.name AND found.trigger_name = wanted.trigger_name AND found.says = wanted.says
          AND (wanted.calls IS NULL OR found.calls = wanted.calls))
    UNION ALL
    SELECT refusing.name, 'the function is missing or another one'
    FROM refusing WHERE NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = refusing.name AND p.prosrc = refusing.body)
)
SELECT NULL AS dossier, 'the table ' || subject AS subject, what FROM broken
