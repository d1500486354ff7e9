-- An invented landlord, drawn by hash: the same seed gives the same rows. Variables: homes (count), seed, first_month (DATE).
-- Every row of every table is a pure function of (home, month, draw), so that a day's delivery is the rows that became known that day.
-- Synthetic data: nothing here describes a person.

CREATE MACRO draw(d, salt) AS CAST(hash(d, salt, getvariable('seed')) % 1000 AS INTEGER);
CREATE MACRO draw_m(d, m, salt) AS CAST(hash(d, m, salt, getvariable('seed')) % 1000 AS INTEGER);
CREATE MACRO month_start(m) AS CAST(getvariable('first_month') + to_months(CAST(m AS INTEGER)) AS DATE);
CREATE MACRO lease_of(d, m, switch_month) AS 'B' || d || CASE WHEN m < switch_month THEN 'A' ELSE 'Z' END;
-- Kind of payer: 0 regular, 1 often late, 2 irregular, 3 stops paying, 4 loses housing benefit.
CREATE MACRO payer(x) AS CASE WHEN x < 700 THEN 0 WHEN x < 850 THEN 1 WHEN x < 940 THEN 2 WHEN x < 970 THEN 3 ELSE 4 END;
CREATE MACRO missed(d, m, payer) AS draw_m(d, m, 21) < CASE payer WHEN 1 THEN 60 WHEN 2 THEN 300 ELSE 6 END;

-- One row a home: what its tenant owes and how they pay. A fifth of the homes changed tenant during the 36 months.
CREATE TABLE homes AS
SELECT d,
       CASE WHEN draw(d, 1) < 200 THEN 1 + draw(d, 2) % 35 ELSE 0 END AS switch_month,
       28000 + draw(d, 3) * 35 AS rent,
       9000 + draw(d, 4) * 10 AS charges,
       CASE WHEN draw(d, 5) < 350 THEN 4500 + draw(d, 6) % 200 ELSE 0 END AS reduction,
       CASE WHEN draw(d, 7) < 500 THEN 12000 + draw(d, 8) * 12 ELSE 0 END AS benefit,
       CASE WHEN draw(d, 9) < 30 THEN 5000 + draw(d, 10) * 10 ELSE 0 END AS supplement,
       payer(draw(d, 11)) AS payer,
       CASE WHEN draw(d, 12) < 460 THEN 'direct_debit' WHEN draw(d, 12) < 760 THEN 'transfer' WHEN draw(d, 12) < 860 THEN 'card'
            WHEN draw(d, 12) < 960 THEN 'cheque' ELSE 'cash' END AS method,
       [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 11, 15, 20][1 + draw(d, 13) % 25] AS due_day,
       draw(d, 14) < 900 AS in_arrears,
       24 + draw(d, 15) % 12 AS stop_month,
       (draw(d, 16) < 250 AND payer(draw(d, 11)) > 0) OR draw(d, 16) < 20 AS has_plan
FROM (SELECT range AS d FROM range(getvariable('homes')));

CREATE TABLE months AS
SELECT range AS m, month_start(range) AS month, strftime(month_start(range), '%Y-%m') AS period, month(month_start(range)) AS calendar_month
FROM range(36);

-- Net share of a home, then what is paid for month m: nothing when missed, twice when the month before was missed and is made up.
CREATE MACRO benefit_in(m, benefit, payer, stop_month) AS CASE WHEN payer = 4 AND m >= stop_month THEN 0 ELSE benefit END;
CREATE MACRO paid_in(d, m, net, payer, stop_month) AS
    CASE WHEN (payer = 3 AND m >= stop_month) OR missed(d, m, payer) THEN 0
         WHEN missed(d, m - 1, payer) AND draw_m(d, m, 22) < CASE payer WHEN 2 THEN 500 ELSE 900 END THEN 2 * net
         ELSE net END;
CREATE MACRO delay_of(d, m, payer, method) AS
    CASE WHEN payer = 0 AND method = 'direct_debit' THEN draw_m(d, m, 23) % 2 WHEN payer = 0 THEN draw_m(d, m, 23) % 7 - 3
         ELSE draw_m(d, m, 23) % 24 END;
CREATE MACRO due_in(month, in_arrears, due_day) AS
    CAST(month + to_months(CASE WHEN in_arrears THEN 1 ELSE 0 END) + to_days(CAST(due_day - 1 AS INTEGER)) AS DATE);
CREATE MACRO entry_id(d, m, slot) AS 'E' || (((d * 36 + m) * 16) + slot);

-- One row a home and month, with the figures that several entries share.
CREATE VIEW accounts AS
SELECT h.*, m.*, lease_of(h.d, m.m, h.switch_month) AS lease_id,
       benefit_in(m.m, h.benefit, h.payer, h.stop_month) AS benefit_now,
       greatest(h.rent + h.charges + h.supplement - h.reduction - h.benefit, 3000) AS share,
       due_in(m.month, h.in_arrears, h.due_day) AS due_on
FROM homes h CROSS JOIN months m;

CREATE VIEW all_entries AS
WITH slots AS (SELECT * FROM accounts CROSS JOIN (SELECT range AS slot FROM range(12))),
drawn AS (
    SELECT *,
           CASE slot
               WHEN 0 THEN rent
               WHEN 1 THEN charges
               WHEN 2 THEN -reduction
               WHEN 3 THEN CASE WHEN draw_m(d, m, 24) < 8 THEN 0 ELSE -benefit_now END
               WHEN 4 THEN -paid_in(d, m, share, payer, stop_month)
               WHEN 5 THEN CASE WHEN method = 'direct_debit' AND draw_m(d, m, 25) < 15 THEN paid_in(d, m, share, payer, stop_month) ELSE 0 END
               WHEN 6 THEN CASE WHEN method = 'direct_debit' AND draw_m(d, m, 25) < 10 THEN -paid_in(d, m, share, payer, stop_month) ELSE 0 END
               WHEN 7 THEN supplement
               WHEN 8 THEN CASE WHEN calendar_month = 6 THEN draw_m(d, m, 26) * 40 - 12000 ELSE 0 END
               WHEN 9 THEN CASE WHEN m = 0 AND payer > 0 AND draw(d, 17) < 500 THEN share * (1 + draw(d, 18) % 3) ELSE 0 END
               WHEN 10 THEN CASE WHEN m = switch_month AND m > 0 THEN rent ELSE 0 END
               ELSE CASE WHEN draw_m(d, m, 27) < 3 AND payer > 0 THEN 12000 WHEN draw_m(d, m, 27) < 5 THEN 762
                         WHEN draw_m(d, m, 27) < 6 AND payer > 1 THEN -2 * share WHEN draw_m(d, m, 27) < 8 THEN -benefit_now ELSE 0 END
           END AS cents,
           [0, 0, 0, 24, 0, 7, 15, 0, 25, 0, 0, 14][slot + 1] AS shift,
           CAST(due_on + to_days(delay_of(d, m, payer, method)) AS DATE) AS paid_on
    FROM slots
)
SELECT entry_id(d, m, slot) AS entry_id, lease_id,
       CAST(CASE WHEN slot IN (0, 1, 2, 7) THEN due_on - 10
                 WHEN slot = 3 THEN month + 25
                 WHEN slot IN (4, 5, 6) THEN paid_on + shift + draw_m(d, m, 28) % 3
                 ELSE month + shift END AS DATE) AS booked_on,
       CAST(CASE WHEN slot IN (0, 1, 2, 7) THEN due_on WHEN slot IN (4, 5, 6) THEN paid_on + shift ELSE month + shift END AS DATE) AS value_on,
       CASE WHEN slot IN (0, 1, 2, 3, 7) THEN period END AS period,
       CASE slot WHEN 0 THEN 'rent' WHEN 1 THEN 'charges' WHEN 2 THEN 'rent_reduction' WHEN 3 THEN 'housing_benefit' WHEN 4 THEN 'payment'
                 WHEN 5 THEN 'payment_rejected' WHEN 6 THEN 'payment' WHEN 7 THEN 'supplementary_rent' WHEN 8 THEN 'charge_adjustment'
                 WHEN 9 THEN 'transfer' WHEN 10 THEN 'deposit'
                 ELSE CASE WHEN cents = 12000 THEN 'fee' WHEN cents = 762 THEN 'penalty' WHEN draw_m(d, m, 27) < 6 THEN 'third_party_payment'
                           ELSE 'benefit_adjustment' END END AS kind,
       cents,
       CASE slot WHEN 4 THEN method WHEN 5 THEN method WHEN 6 THEN 'card' END AS method,
       CASE slot WHEN 5 THEN entry_id(d, m, 4) END AS reverses
FROM drawn WHERE cents <> 0;

CREATE VIEW dwellings AS
SELECT 'L' || d AS dwelling_id, 'UG' || lpad(CAST(d // 5000 AS VARCHAR), 3, '0') AS management_unit, '76' || (100 + draw(d, 31) % 700) AS commune_code,
       'T' || (1 + draw(d, 32) % 5) AS typology, CAST(30 + draw(d, 32) % 5 * 14 + draw(d, 33) % 9 AS DECIMAL(6, 1)) AS floor_area_m2,
       draw(d, 34) < 300 AS priority_area
FROM homes;

CREATE VIEW leases AS
WITH both_leases AS (
    SELECT *, true AS is_current FROM homes UNION ALL SELECT *, false FROM homes WHERE switch_month > 0
),
dated AS (
    SELECT *, CASE WHEN is_current AND switch_month > 0 THEN month_start(switch_month)
                   ELSE CAST(DATE '2023-09-01' - draw(d, 35) * 9 AS DATE) END AS start_date
    FROM both_leases
)
SELECT lease_of(d, CASE WHEN is_current THEN 36 ELSE -1 END, switch_month) AS lease_id, 'L' || d AS dwelling_id,
       'M' || d || CASE WHEN is_current THEN 'Z' ELSE 'A' END AS household_id, CAST(start_date - 7 AS DATE) AS signed_on, start_date,
       CASE WHEN NOT is_current THEN month_start(switch_month) END AS end_date, CAST(NULL AS DATE) AS terminated_on, 'tenant' AS occupancy,
       CASE WHEN in_arrears THEN 'in_arrears' ELSE 'in_advance' END AS rent_term, CAST(due_day AS INTEGER) AS due_day, method AS payment_method,
       ['single', 'couple', 'single_parent', 'couple_children', 'other'][1 + draw(d, 36) % 5] AS household_type,
       CAST(1940 + draw(d, 37) % 65 AS INTEGER) AS holder_birth_year
FROM dated;

CREATE VIEW all_benefits AS
SELECT lease_id, period AS month, CASE WHEN draw(d, 38) < 700 THEN 'apl' WHEN draw(d, 38) < 850 THEN 'alf' ELSE 'als' END AS kind,
       CAST(benefit / 100 AS DECIMAL(12, 2)) AS amount, 'landlord' AS paid_to, CASE WHEN benefit_now = 0 THEN 'suspended' ELSE 'open' END AS state,
       CAST(month + 12 AS DATE) AS known_on
FROM accounts WHERE benefit > 0;

CREATE VIEW all_contacts AS
WITH tried AS (
    SELECT h.*, j, draw_m(d, j, 41) AS dice, CAST(DATE '2023-11-01' + CAST(hash(d, j, 42, getvariable('seed')) % 1096 AS INTEGER) AS DATE) AS day
    FROM homes h CROSS JOIN (SELECT range AS j FROM range(8))
)
SELECT 'C' || (d * 8 + j) AS contact_id, lease_of(d, 36, switch_month) AS lease_id, CAST(day AS TIMESTAMP) + to_minutes(480 + dice % 600) AS at,
       CASE WHEN dice < 400 THEN ['phone', 'email', 'office', 'portal'][1 + dice % 4]
            ELSE ['phone', 'sms', 'email', 'letter', 'registered_letter', 'visit'][1 + dice % 6] END AS channel,
       CASE WHEN dice < 400 THEN 'inbound' ELSE 'outbound' END AS direction,
       CASE WHEN dice < 400 THEN 'reached' WHEN dice % 6 IN (3, 4) AND dice < 440 THEN 'undeliverable' WHEN dice % 6 IN (1, 2, 3, 4) THEN 'delivered'
            WHEN dice < 600 THEN 'no_answer' WHEN dice < 700 THEN 'message_left' ELSE 'reached' END AS outcome,
       ['arrears', 'survey', 'insurance', 'technical_access', 'benefit', 'other'][1 + draw_m(d, j, 43) % 6] AS topic,
       CAST(day + dice % 3 AS DATE) AS recorded_on
FROM tried WHERE day >= month_start(switch_month);

-- Six requests a home; four in five are answered, one in six of those after the reminder.
CREATE VIEW all_obligations AS
WITH asked AS (
    SELECT h.*, j, draw_m(d, j, 51) AS dice, CAST(month_start(j * 6) + draw_m(d, j, 52) % 150 AS DATE) AS requested_on
    FROM homes h CROSS JOIN (SELECT range AS j FROM range(6))
)
SELECT 'O' || (d * 6 + j) AS obligation_id, lease_of(d, 36, switch_month) AS lease_id,
       ['insurance_certificate', 'ops_survey', 'boiler_service', 'sls_survey', 'insurance_certificate', 'technical_access'][j + 1] AS kind, requested_on,
       CAST(requested_on + 30 AS DATE) AS due_on, CASE WHEN dice >= 650 THEN CAST(requested_on + 40 AS DATE) END AS reminded_on,
       CASE WHEN dice < 650 THEN CAST(requested_on + 3 + dice % 25 AS DATE) WHEN dice < 780 THEN CAST(requested_on + 45 + dice % 20 AS DATE) END AS fulfilled_on
FROM asked WHERE requested_on >= month_start(switch_month);

CREATE VIEW all_plans AS
WITH signed AS (
    SELECT *, CAST(DATE '2024-06-03' + draw(d, 61) * 900 // 1000 AS DATE) AS signed_on, greatest(3000, share // 4) AS instalment
    FROM accounts WHERE m = 0 AND has_plan
)
SELECT 'P' || d AS plan_id, lease_of(d, 36, switch_month) AS lease_id, ['amicable', 'amicable', 'amicable', 'caf', 'judge', 'pcs'][1 + draw(d, 62) % 6] AS framework,
       signed_on, CAST(date_trunc('month', signed_on) + to_months(1) + to_days(9) AS DATE) AS first_due_on, CAST(instalment / 100 AS DECIMAL(12, 2)) AS instalment,
       CAST(12 AS INTEGER) AS instalments, CAST(12 * instalment / 100 AS DECIMAL(12, 2)) AS debt_included,
       CASE WHEN draw(d, 63) < 500 THEN CAST(signed_on + 100 + draw(d, 64) % 260 AS DATE) END AS ended_on,
       CASE WHEN draw(d, 63) < 500 THEN CASE WHEN draw(d, 63) < 300 THEN 'broken' ELSE 'completed' END END AS end_reason
FROM signed WHERE signed_on >= month_start(switch_month);

CREATE VIEW all_procedures AS
WITH acted AS (
    SELECT h.*, step, rank, CAST(DATE '2023-12-01' + draw(d, 71) + rank * 30 AS DATE) AS dated
    FROM homes h CROSS JOIN (VALUES ('reminder', 0), ('formal_notice', 1), ('caf_report', 2), ('ccapex_referral', 3), ('payment_order', 4)) s(step, rank)
    WHERE h.payer > 0 AND draw(d, 72) // 200 >= rank
)
SELECT 'S' || (d * 5 + rank) AS step_id, lease_of(d, 36, switch_month) AS lease_id, step, dated,
       CAST(800 + draw(d, 73) AS DECIMAL(12, 2)) AS amount, CAST(NULL AS DATE) AS hearing_on, dated AS recorded_on
FROM acted WHERE dated >= month_start(switch_month);

CREATE VIEW all_overindebtedness AS
SELECT lease_of(d, 36, switch_month) AS lease_id, step, CAST(DATE '2024-12-02' + draw(d, 81) * 600 // 1000 + rank * 45 AS DATE) AS dated,
       CASE WHEN rank > 0 THEN CAST(1200 + draw(d, 82) AS DECIMAL(12, 2)) END AS debt_included
FROM homes CROSS JOIN (VALUES ('filed', 0), ('admissible', 1), ('measures', 2)) s(step, rank)
WHERE payer > 0 AND draw(d, 83) < 40 AND draw(d, 84) // 300 >= rank;

CREATE VIEW tenants AS
SELECT 'T' || substr(lease_id, 2) AS tenant_id, lease_id, 'holder' AS role, 'SYNTHETIQUE ' || household_id AS last_name, 'Fictif' AS first_names,
       CAST(make_date(holder_birth_year, 1 + due_day % 12, due_day) AS DATE) AS birth_date, CAST(NULL AS VARCHAR) AS phone, CAST(NULL AS VARCHAR) AS email,
       '1 rue Inventée' AS address_line, '76000' AS postcode, 'Ville-Fictive' AS city, false AS representative, CAST(NULL AS DATE) AS deceased_on,
       CAST(NULL AS DATE) AS objected_on, end_date AS left_on
FROM leases;
