-- I13: nobody is held to what does not stand: when a conclusion has fallen no case, ban or notice rests on it any more
--      (Articles 33, 38, 41, 50, 51); nobody has two running cases at once (Articles 42, 43); a ban has an order of its
--      party behind it that was received and stands (Articles 48, 50, 51).
WITH own AS (
    SELECT r.dossier_id, r.party_id, r.label, r.state, c.state AS conclusion,
           r.state NOT IN ('passed', 'licence_revoked', 'withdrawn', 'transferred', 'closed_dissolved') AS runs,
           r.was_received OR r.order_received_on IS NOT NULL AS received
    FROM remediation_rectification r LEFT JOIN inspection_conclusion c ON c.dossier_id = r.dossier_id
),
broken AS (
    SELECT dossier_id, 'rectification.' || label AS subject,
           'is ' || state || ', but the conclusion is ' || conclusion AS what
    FROM own WHERE conclusion IN ('revoked', 'final_conforming') AND (runs OR state = 'passed')
    UNION ALL
    SELECT b.dossier_id, 'ban.' || b.label, 'is ' || b.state || ', but the conclusion is ' || c.state
    FROM remediation_ban b JOIN inspection_conclusion c USING (dossier_id)
    WHERE c.state IN ('revoked', 'final_conforming') AND b.state IN ('active', 'permanent')
    UNION ALL
    SELECT n.dossier_id, 'result_notice.' || n.label, 'is ' || n.state || ', but the conclusion is revoked'
    FROM inspection_resultnotice n JOIN inspection_conclusion c USING (dossier_id)
    WHERE c.state = 'revoked' AND n.state IN ('due', 'sent', 'served')
    UNION ALL
    SELECT own.dossier_id, 'party ' || p.label, 'has ' || count(*) || ' running cases'
    FROM own JOIN docket_party p ON p.id = own.party_id
    WHERE runs GROUP BY own.dossier_id, p.id HAVING count(*) > 1
    UNION ALL
    SELECT b.dossier_id, 'ban.' || b.label, 'is ' || b.state || ' without an order that was received and stands'
    FROM remediation_ban b JOIN docket_party p ON p.id = b.party_id
    WHERE b.state IN ('active', 'permanent')
      AND NOT EXISTS (
          SELECT FROM own
          WHERE own.party_id = b.party_id AND own.received
            AND CASE b.state
                    WHEN 'permanent' THEN own.state = 'licence_revoked'
                    ELSE own.runs OR own.state = 'passed' AND p.role = 'seller'
                END)
)
SELECT d.number AS dossier, subject, what FROM broken JOIN docket_dossier d ON d.id = dossier_id
