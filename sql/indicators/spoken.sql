-- docs/indicateurs.md. Every exchange by word of mouth about arrears or housing benefit; `is_met` when it was face to face.
SELECT lease_id, CAST(contacted_at AS DATE) AS day, channel IN ('visit', 'office') AS is_met
FROM contacts
WHERE channel IN ('phone', 'visit', 'office')
    AND outcome IN ('reached', 'appointment_kept')
    AND topic IN ('arrears', 'benefit')
    AND CAST(contacted_at AS DATE) <= :as_of
