"""Which check-ins are to be sent, and which no longer hold, as sets in SQL (row 2.12)."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

# Everybody's, or after a ring those of whom there is news.
_OF_WHOM = "(%(clients)s::bigint[] IS NULL OR p.client_id = ANY(%(clients)s::bigint[]))"

# Of the agreements few are in force: they are read whole, for today and the next two days. The day of an
# agreement is the day where the recipient is. Its number makes each day's check-in one message for ever.
_DUE = f"""
    SELECT p.public_id AS subject_id, p.client_id AS recipient_id, to_char(day.at, 'YYYYMMDD')::int AS version,
        'check_in' AS template_key,
        due.at AS due_at, due.at + least(terms.every_days, 2) * interval '1 day' AS expires_at
    FROM clients_checkinplan p
    JOIN clients_client c ON c.id = p.client_id AND c.died_on IS NULL AND c.left_on IS NULL
    JOIN clients_case k ON k.id = p.case_id AND k.closed_on IS NULL
    CROSS JOIN generate_series(%(today)s::timestamp - interval '2 days', %(today)s::timestamp + interval '2 days',
                               interval '1 day') day(at)
    CROSS JOIN LATERAL (SELECT day.at::date AS on_day) d
    LEFT JOIN LATERAL (
        SELECT s.from_on, s.every_days FROM clients_stressperiod s
        WHERE s.plan_id = p.id AND d.on_day BETWEEN s.from_on AND s.until_on ORDER BY s.id LIMIT 1
    ) stress ON true
    CROSS JOIN LATERAL (SELECT coalesce(stress.from_on, p.starts_on) AS from_on,
                               coalesce(stress.every_days, p.every_days) AS every_days) terms
    CROSS JOIN LATERAL (
        SELECT (day.at + p.at) AT TIME ZONE coalesce(nullif(c.timezone, ''), %(zone)s) AS at
    ) due
    WHERE p.ended_at IS NULL AND p.paused_at IS NULL AND p.way <> 'call' AND {_OF_WHOM}
      AND d.on_day >= p.starts_on AND (p.until_on IS NULL OR d.on_day <= p.until_on)
      AND (d.on_day - terms.from_on) %% terms.every_days = 0
      AND NOT (c.away_from IS NOT NULL AND d.on_day >= c.away_from
               AND (c.away_until IS NULL OR d.on_day < c.away_until))
      AND EXISTS (SELECT FROM clients_casemember m
                  WHERE m.case_id = p.case_id AND m.client_id = p.client_id AND m.left_on IS NULL)
      -- What was due before it was agreed on, or while it rested, is not made up for.
      AND due.at >= p.effective_at
"""

PLAN_CHECK_INS = f"""
    MERGE INTO reminders_message m
    USING (SELECT * FROM ({_DUE}) needed WHERE expires_at > %(now)s) n
    ON m.purpose = 'check_in' AND m.rule_id IS NULL AND m.subject_id = n.subject_id
       AND m.subject_version = n.version AND m.recipient_id = n.recipient_id
    WHEN MATCHED AND m.state = 'planned' AND m.tries = 0 AND m.due_at <> n.due_at THEN
        UPDATE SET due_at = n.due_at, not_before = n.due_at, expires_at = n.expires_at
    WHEN MATCHED AND m.state = 'cancelled' AND m.tries = 0 AND m.dismissed_at IS NULL THEN
        UPDATE SET state = 'planned', reason = '', settled_at = NULL, due_at = n.due_at,
            not_before = n.due_at, expires_at = n.expires_at
    WHEN NOT MATCHED THEN
        INSERT (purpose, subject_id, subject_version, recipient_id, template_key, words, state, priority,
                due_at, not_before, expires_at)
        VALUES ('check_in', n.subject_id, n.version, n.recipient_id, n.template_key, '', 'planned', 2,
                n.due_at, n.due_at, n.expires_at)
"""

# By the agreements, and from there to their own messages: where nobody has one it costs nothing.
CANCEL_CHECK_INS = f"""
    UPDATE reminders_message m SET state = 'cancelled', reason = 'check_in_over', settled_at = %(now)s
    FROM clients_checkinplan p
    WHERE {_OF_WHOM} AND m.recipient_id = p.client_id AND m.due_at > %(now)s::timestamptz - interval '4 days'
      AND m.purpose = 'check_in' AND m.subject_id = p.public_id AND m.state = 'planned'
      AND NOT EXISTS (
          SELECT FROM ({_DUE}) needed
          WHERE needed.subject_id = m.subject_id AND needed.version = m.subject_version)
"""
