-- docs/outcomes.md §2. The cause for which a debt is set aside as a matter of timing; weekly/suppression.py says the same to the list.
-- Incidents are looked for unit by unit and over the landlord, so this reads the whole stock of the day.
WITH read AS (
    SELECT
        lease_id,
        management_unit,
        due_terms,
        tenancy_days,
        COALESCE(legal_terms >= 0.9, FALSE) AS is_flagged,
        COALESCE(overdue_terms < 0.9, FALSE) AS is_under_one_term,
        COALESCE(has_known_right, FALSE) AS has_right,
        COALESCE(benefit_late_months = 1, FALSE) AS is_late,
        COALESCE(has_known_right AND gross_term_cents > net_term_cents, FALSE) AS is_entitled,
        COALESCE(overdue_terms >= 0.9 AND overdue_terms < 1.9 AND oldest_unpaid_days < 30, FALSE) AS is_fresh,
        CASE WHEN COALESCE(benefit_late_months > 0, FALSE) THEN 0 ELSE benefit_gap_cents END AS aide_attendue,
        in_transit_cents AS paiement_en_chemin,
        CASE WHEN technical_shock_cents > 0 THEN technical_cents ELSE 0 END AS dette_technique,
        CASE WHEN plan_state = 'kept' THEN frozen_cents ELSE 0 END AS plan_tenu,
        CASE
            WHEN overindebtedness_step IN ('admissible', 'measures', 'recovery_order')
                AND COALESCE(plan_state NOT IN ('kept', 'missed'), TRUE) THEN frozen_cents ELSE 0
        END AS surendettement
    FROM stock
),
counted AS (
    SELECT
        *,
        GREATEST(aide_attendue, paiement_en_chemin, dette_technique, plan_tenu, surendettement) AS largest_cents,
        SUM(CASE WHEN is_fresh AND due_terms > 0 THEN 1 ELSE 0 END) OVER in_unit AS fresh_in_unit,
        SUM(CASE WHEN due_terms > 0 THEN 1 ELSE 0 END) OVER in_unit AS paying_in_unit,
        SUM(CASE WHEN is_late AND is_entitled THEN 1 ELSE 0 END) OVER in_unit AS late_in_unit,
        SUM(CASE WHEN is_entitled THEN 1 ELSE 0 END) OVER in_unit AS entitled_in_unit,
        SUM(CASE WHEN is_fresh AND due_terms > 0 THEN 1 ELSE 0 END) OVER () AS fresh,
        SUM(CASE WHEN due_terms > 0 THEN 1 ELSE 0 END) OVER () AS paying,
        SUM(CASE WHEN is_late AND is_entitled THEN 1 ELSE 0 END) OVER () AS late,
        SUM(CASE WHEN is_entitled THEN 1 ELSE 0 END) OVER () AS entitled
    FROM read
    WINDOW in_unit AS (PARTITION BY management_unit)
),
massive AS (
    SELECT
        *,
        is_under_one_term AND largest_cents > 0 AS is_explained,
        is_fresh AND (
            (management_unit IS NOT NULL AND paying_in_unit >= 20 AND fresh_in_unit > CAST(0.3 AS DOUBLE) * paying_in_unit)
            OR (paying >= 20 AND fresh > CAST(0.3 AS DOUBLE) * paying)
        ) OR is_late AND (
            (management_unit IS NOT NULL AND entitled_in_unit >= 20 AND late_in_unit > CAST(0.6 AS DOUBLE) * entitled_in_unit)
            OR (entitled >= 20 AND late > CAST(0.6 AS DOUBLE) * entitled)
        ) AS is_incident,
        due_terms < 3 AND NOT has_right
            AND DATE_TRUNC('month', :as_of - CAST(tenancy_days AS INTEGER)) + INTERVAL 3 MONTH > :as_of AS is_entrant
    FROM counted
)
SELECT
    lease_id,
    CASE
        WHEN NOT is_flagged THEN NULL
        WHEN is_incident THEN 'incident'
        WHEN NOT is_explained AND is_entrant THEN 'entrant'
        WHEN NOT is_explained THEN NULL
        WHEN aide_attendue = largest_cents THEN 'aide_attendue'
        WHEN paiement_en_chemin = largest_cents THEN 'paiement_en_chemin'
        WHEN dette_technique = largest_cents THEN 'dette_technique'
        WHEN plan_tenu = largest_cents THEN 'plan_tenu'
        ELSE 'surendettement'
    END AS cause
FROM massive
