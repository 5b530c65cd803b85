-- I8: the numbers of one bureau, form (or letter) and year go from 1 to the last one given without a gap or a second
--     use, whatever was rolled back; a number that became no paper is voided visibly, or lies in a block that a
--     tablet still holds (forms 1 to 13; Articles 13 to 50).
WITH paper AS (
    SELECT p.dossier_id, number, issuer_id AS office_id,
           CASE WHEN counted.is_first THEN form ELSE 0 END AS form, -- numbering.series_of
           CASE WHEN counted.is_first THEN letter
                ELSE p.regulation || '/' || coalesce(nullif(letter, ''), form::text) END AS letter,
           coalesce(
               2000 + substring(number FROM '^SC([0-9]{2})[0-9]{6}')::int, -- a block may be used in the year after,
               substring(number FROM '〔([0-9]{4})〕')::int, -- and so may a paper that was prepared
               extract(year FROM issued_on)::int) AS year,
           coalesce(
               substring(number FROM '〕([0-9]+)号$'),
               substring(number FROM '^[A-Z]+-.+-[0-9]{4}-([0-9]{4,})$'),
               CASE WHEN number ~ '^SC[0-9]{8}' AND substr(number, 11, length(office.code)) = office.code
                    THEN substring(substr(number, 11 + length(office.code)) FROM '^([0-9]{4,}).$') END)::int AS serial
    FROM notices_paper p JOIN parties_office office ON office.id = issuer_id JOIN counted ON counted.text = p.regulation
),
given AS (
    SELECT s.id AS series_id, p.serial, p.dossier_id
    FROM paper p JOIN notices_series s USING (office_id, form, letter, year)
    UNION ALL
    SELECT v.series_id, v.serial, NULL FROM notices_voidednumber v
    WHERE NOT EXISTS (SELECT FROM paper p WHERE p.number = v.number)
),
known AS (
    SELECT series_id, serial, count(*) AS uses, min(dossier_id) AS dossier_id
    FROM given GROUP BY series_id, serial
    UNION ALL
    SELECT b.series_id, held, 1, NULL
    FROM notices_numberblock b, generate_series(b.first, b.last) AS held
    WHERE b.returned_at IS NULL
      AND NOT EXISTS (SELECT FROM given g WHERE g.series_id = b.series_id AND g.serial = held)
),
series AS (
    SELECT s.id, s.last, office.code || ' form ' || s.form || s.letter || ' of ' || s.year AS subject,
           count(k.serial) AS numbers, coalesce(min(k.serial), 1) AS low, coalesce(max(k.serial), 0) AS high,
           min(k.dossier_id) AS dossier_id
    FROM notices_series s
    JOIN parties_office office ON office.id = s.office_id
    LEFT JOIN known k ON k.series_id = s.id
    GROUP BY s.id, office.code
),
broken AS (
    SELECT dossier_id, subject,
           numbers || ' numbers from ' || low || ' to ' || high || ', the series stands at ' || last AS what
    FROM series WHERE (numbers, low, high) IS DISTINCT FROM (last::bigint, 1, last)
    UNION ALL
    SELECT k.dossier_id, series.subject || ' number ' || k.serial, 'was used ' || k.uses || ' times'
    FROM known k JOIN series ON series.id = k.series_id WHERE k.uses > 1
    UNION ALL
    SELECT dossier_id, number, 'belongs to no series'
    FROM paper p
    WHERE serial IS NULL
       OR NOT EXISTS (
           SELECT FROM notices_series s
           WHERE (s.office_id, s.form, s.letter, s.year) = (p.office_id, p.form, p.letter, p.year))
)
SELECT d.number AS dossier, subject, what FROM broken LEFT JOIN docket_dossier d ON d.id = dossier_id
