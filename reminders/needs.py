"""What messages the sessions should have, and what no longer holds, as sets in SQL."""

# ruff: noqa: S608 - put together from this module's own constants; values go in as parameters

# Whom a participant's messages go to: themselves, or who may receive for a minor. A minor for whom
# nobody may receive keeps the row, so that staff see it; the dispatcher refuses to send it.
_RECIPIENTS = """
    JOIN sessions_app_participant p ON p.session_id = s.id
    JOIN clients_client c ON c.id = p.client_id
    LEFT JOIN LATERAL (
        SELECT g.guardian_id
        FROM clients_guardianship g JOIN clients_client adult ON adult.id = g.guardian_id
        WHERE g.minor_id = c.id AND g.may_receive AND (g.until IS NULL OR g.until > %(today)s)
          AND adult.died_on IS NULL AND adult.left_on IS NULL
          AND CASE WHEN c.born_on IS NOT NULL THEN c.born_on > %(today)s::date - interval '18 years'
                   ELSE c.birth_year >= extract(year FROM %(today)s::date) - 18 END
    ) guardian ON true
    CROSS JOIN LATERAL (SELECT coalesce(guardian.guardian_id, c.id) AS id) recipient
"""

# No session is longer: what goes on by now began within these.
LONGEST_HOURS = 12

_SILENT = "(c.died_on IS NOT NULL OR c.left_on IS NOT NULL)"

# Whom a rule is for (models.Audience); of `r`, the session `s` and its client `c`. A CASE asks only
# what its rule is about, so a rule for everybody costs nothing.
FOR_WHOM = """
    CASE r.audience
        WHEN 'all' THEN true
        WHEN 'telehealth' THEN s.modality <> 'in_person'
        WHEN 'first_session' THEN NOT EXISTS (
            SELECT FROM sessions_app_participant earlier
            WHERE earlier.client_id = c.id AND earlier.starts_at < s.starts_at
              AND earlier.cancelled_at IS NULL)
        WHEN 'after_miss' THEN coalesce((
            SELECT last.outcome IN ('no_show', 'not_brought') FROM attendance_attendancerecord last
            WHERE last.client_id = c.id AND last.starts_at < s.starts_at
            ORDER BY last.starts_at DESC LIMIT 1), false)
        WHEN 'high_need' THEN c.needs_more_reminders OR (
            SELECT count(*) >= 2 FROM attendance_attendancerecord missed
            WHERE missed.client_id = c.id AND missed.outcome IN ('no_show', 'not_brought')
              AND missed.starts_at > %(now)s::timestamptz - interval '90 days')
        ELSE false END
"""

# All of them in a sweep, and the few of whom there is news after a ring; settled before planning.
_OF_THESE = "(%(sessions)s::bigint[] IS NULL OR s.id = ANY(%(sessions)s::bigint[]))"

# "One day before" 15:00 is 15:00 the day before, whatever the clocks do in between. PostgreSQL moves
# a wall time that does not exist forward; of one that happens twice it takes the second, we the first.
_DUE = """
    CROSS JOIN LATERAL (SELECT (s."on" - r.lead_days) + s.at AS at) wall
    CROSS JOIN LATERAL (SELECT wall.at AT TIME ZONE s.timezone AS at) late
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.lead_days = 0 THEN s.starts_at
                    WHEN (late.at - interval '1 hour') AT TIME ZONE s.timezone = wall.at
                    THEN late.at - interval '1 hour' ELSE late.at END
               - make_interval(hours => r.lead_hours) AS at
    ) due
"""
_REMINDED = f"""
    {_OF_THESE} AND s.starts_at >= %(begins)s AND s.starts_at < %(ends)s AND s.starts_at > %(now)s
    AND s.cancelled_at IS NULL AND NOT s.is_history AND p.cancelled_at IS NULL AND NOT {_SILENT}
"""

REMINDERS_NEEDED = f"""
    WITH timed AS (
        SELECT DISTINCT ON (s.id, r.id, recipient.id)
               s.id AS session_id, p.id AS participant_id, p.public_id AS subject_id, s.version,
               recipient.id AS recipient_id, r.id AS rule_id, r.template_key,
               r.audience <> 'all' AS is_narrow, r.effective_at, due.at AS due_at,
               s.starts_at, s.booked_at, s.changed_at,
               s.tell_clients AND p.untold_version IS DISTINCT FROM s.version AS tell_clients
        FROM sessions_app_therapysession s
        {_RECIPIENTS}
        CROSS JOIN reminders_reminderrule r
        {_DUE}
        WHERE {_REMINDED} AND r.is_active AND {FOR_WHOM}
        ORDER BY s.id, r.id, recipient.id, (p.client_id = recipient.id) DESC, p.id
    ), bounded AS (
        -- The next reminder's hour ends this one's use, so several missed ones are one; of two at the
        -- same hour the narrower rule's is the one.
        SELECT *, lead(due_at) OVER (
            PARTITION BY session_id, recipient_id ORDER BY due_at, is_narrow, rule_id) AS next_due_at
        FROM timed t
        -- A rule written or changed today does not make up for yesterday; what it had planned follows it.
        WHERE t.effective_at IS NULL OR t.due_at >= t.effective_at OR EXISTS (
            SELECT FROM reminders_message planned
            WHERE planned.purpose = 'reminder' AND planned.rule_id = t.rule_id
              AND planned.subject_id = t.subject_id AND planned.subject_version = t.version
              AND planned.recipient_id = t.recipient_id AND planned.state IN ('planned', 'claimed'))
    )
    SELECT t.session_id, t.participant_id, t.subject_id, t.version, t.recipient_id, t.rule_id,
           t.template_key, t.due_at, useful.until AS expires_at
    FROM bounded t
    CROSS JOIN LATERAL (
        SELECT least(t.next_due_at, t.starts_at - %(least_lead)s) AS until
    ) useful
    WHERE useful.until > %(now)s
      -- Whoever books or moves after the hour of a reminder has just heard the time.
      AND (t.due_at >= coalesce(t.changed_at, t.booked_at)
           OR t.changed_at IS NOT NULL AND NOT t.tell_clients AND t.due_at >= t.booked_at AND NOT EXISTS (
               SELECT FROM reminders_message told
               WHERE told.session_id = t.session_id AND told.rule_id = t.rule_id
                 AND told.recipient_id = t.recipient_id AND told.tries > 0))
"""

# How far one rule would reach, as somebody is writing it.
COUNT_CONCERNED = f"""
    SELECT count(DISTINCT s.id), count(DISTINCT s.id) FILTER (WHERE whom.it_is_for),
           count(DISTINCT s.id) FILTER (WHERE whom.it_is_for AND due.at > %(now)s)
    FROM sessions_app_therapysession s
    {_RECIPIENTS}
    CROSS JOIN (SELECT %(audience)s::text AS audience, %(lead_days)s::int AS lead_days,
                       %(lead_hours)s::int AS lead_hours) r
    {_DUE}
    CROSS JOIN LATERAL (SELECT {FOR_WHOM} AS it_is_for) whom
    WHERE {_REMINDED}
"""

_NOTICES_NEEDED = f"""
    SELECT DISTINCT ON (s.id, change.purpose, recipient.id)
           s.id AS session_id, p.id AS participant_id, p.public_id AS subject_id, s.version,
           recipient.id AS recipient_id, change.purpose, change.template_key, told.late_truth AS is_correction,
           change.at + CASE WHEN told.late_truth OR now_otherwise.it_is THEN interval '0' ELSE %(undo)s END AS due_at,
           CASE WHEN now_otherwise.it_is THEN s.ends_at ELSE s.starts_at END AS expires_at
    FROM sessions_app_therapysession s
    {_RECIPIENTS}
    CROSS JOIN LATERAL (
        -- It goes on, and whoever is not there is met by video or telephone: of use at once, until its end.
        SELECT s.starts_at <= %(now)s AND s.changed_at >= s.starts_at AND s.modality <> 'in_person'
            AND s.cancelled_at IS NULL AND p.cancelled_at IS NULL
            AND p.arrived_at IS NULL AND p.recorded_at IS NULL AS it_is
    ) now_otherwise
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.cancelled_at IS NULL AND s.cancelled_at IS NULL
                    THEN 'moved' ELSE 'cancelled' END AS purpose,
               -- Who called it off themselves is thanked, not told that we are sorry.
               CASE WHEN now_otherwise.it_is THEN CASE s.modality WHEN 'video' THEN 'now_video' ELSE 'now_phone' END
                    WHEN p.cancelled_at IS NULL AND s.cancelled_at IS NULL AND s.version = 1 THEN 'agreed_time'
                    WHEN p.cancelled_at IS NULL AND s.cancelled_at IS NULL THEN 'moved'
                    WHEN p.cancelled_by = 'client' THEN 'late_cancelled'
                    ELSE 'cancelled' END AS template_key,
               coalesce(p.cancelled_at, s.changed_at, s.cancelled_at, s.booked_at) AS at,
               CASE WHEN p.cancelled_at IS NULL AND s.cancelled_at IS NULL
                    THEN s.tell_clients AND (s.version > 1 OR s.makes_up_for_id IS NOT NULL) AND NOT p.is_walk_in
                         AND p.untold_version IS DISTINCT FROM s.version
                    ELSE p.cancelled_by = 'practice'
                         AND (s.tell_clients OR p.cancelled_at IS DISTINCT FROM s.cancelled_at) END AS tell
    ) change
    CROSS JOIN LATERAL (
        -- An attempt committed before the change, and known as sent only after it, told an old truth.
        SELECT EXISTS (
            SELECT FROM reminders_message m JOIN reminders_attempt a
              ON a.message_id = coalesce(m.carried_by_id, m.id)
            WHERE m.session_id = s.id AND m.recipient_id = recipient.id AND m.participant_id = p.id
              AND m.purpose IN ('reminder', 'moved') AND a.state = 'accepted'
              AND a.resolved_at >= change.at
              AND (change.purpose = 'cancelled' OR m.subject_version < s.version)
        ) AS late_truth
    ) told
    WHERE {_OF_THESE} AND s.starts_at > %(now)s - interval '{LONGEST_HOURS} hours' AND NOT s.is_history
      AND NOT {_SILENT}
      AND (s.starts_at > %(now)s OR now_otherwise.it_is AND s.ends_at > %(now)s)
      AND (s.changed_at > %(since)s OR p.cancelled_at > %(since)s
           OR s.makes_up_for_id IS NOT NULL AND s.booked_at > %(since)s)
      AND (change.tell OR told.late_truth)
    ORDER BY s.id, change.purpose, recipient.id, (p.client_id = recipient.id) DESC, p.id
"""

# A row without an attempt may return; one with an attempt never does, nor one that staff dismissed.
_UNTRIED = "m.tries = 0 AND m.dismissed_at IS NULL AND m.call_done_at IS NULL"

PLAN_REMINDERS = f"""
    MERGE INTO reminders_message m USING ({REMINDERS_NEEDED}) n
    ON m.session_id = n.session_id AND m.purpose = 'reminder' AND m.rule_id = n.rule_id
       AND m.subject_id = n.subject_id AND m.subject_version = n.version
       AND m.recipient_id = n.recipient_id
    WHEN MATCHED AND m.state = 'planned' AND m.tries = 0
         AND (m.due_at, m.expires_at, m.template_key) <> (n.due_at, n.expires_at, n.template_key) THEN
        UPDATE SET due_at = n.due_at, expires_at = n.expires_at, template_key = n.template_key,
            not_before = CASE WHEN m.due_at = n.due_at THEN m.not_before ELSE n.due_at END
    WHEN MATCHED AND m.state = 'cancelled' AND {_UNTRIED} AND n.due_at < n.expires_at THEN
        UPDATE SET state = 'planned', reason = '', settled_at = NULL, needs_call = false,
            template_key = n.template_key, due_at = n.due_at, not_before = n.due_at, expires_at = n.expires_at
    WHEN NOT MATCHED AND n.due_at < n.expires_at THEN
        INSERT (purpose, rule_id, subject_id, subject_version, recipient_id, session_id, participant_id,
                template_key, words, state, priority, due_at, not_before, expires_at)
        VALUES ('reminder', n.rule_id, n.subject_id, n.version, n.recipient_id, n.session_id,
                n.participant_id, n.template_key, '', 'planned', 1, n.due_at, n.due_at, n.expires_at)
"""

PLAN_NOTICES = f"""
    MERGE INTO reminders_message m USING ({_NOTICES_NEEDED}) n
    ON m.session_id = n.session_id AND m.purpose = n.purpose
       AND m.subject_id = n.subject_id AND m.subject_version = n.version
       AND m.recipient_id = n.recipient_id
    WHEN MATCHED AND m.state = 'planned' AND m.tries = 0 AND m.due_at <> n.due_at THEN
        UPDATE SET due_at = n.due_at, not_before = n.due_at, is_correction = n.is_correction
    WHEN MATCHED AND m.state = 'cancelled' AND {_UNTRIED} THEN
        UPDATE SET state = 'planned', reason = '', settled_at = NULL, needs_call = false,
            due_at = n.due_at, not_before = n.due_at, is_correction = n.is_correction
    WHEN NOT MATCHED THEN
        INSERT (purpose, subject_id, subject_version, recipient_id, session_id, participant_id,
                template_key, words, state, priority, due_at, not_before, expires_at, is_correction)
        VALUES (n.purpose, n.subject_id, n.version, n.recipient_id, n.session_id, n.participant_id,
                n.template_key, '', 'planned', 0, n.due_at, n.due_at, n.expires_at, n.is_correction)
"""

# Why a row about a session no longer holds; empty while it does.
_VOID = f"""
    CASE WHEN {_SILENT} THEN 'silent'
        WHEN m.purpose = 'cancelled' AND s.cancelled_at IS NULL AND p.cancelled_at IS NULL THEN 'taken_back'
        WHEN m.purpose <> 'cancelled' AND (s.cancelled_at IS NOT NULL OR p.cancelled_at IS NOT NULL)
            THEN 'session_cancelled'
        WHEN m.purpose <> 'cancelled' AND s.version <> m.subject_version THEN 'session_changed'
        WHEN m.purpose = 'reminder' AND NOT r.is_active THEN 'rule_off'
        WHEN m.purpose = 'reminder' AND r.audience <> 'all' AND m.tries = 0 AND NOT ({FOR_WHOM})
            THEN 'rule_changed' ELSE '' END
"""
_ITS_FACTS = f"""
    FROM reminders_message m
    JOIN sessions_app_therapysession s ON s.id = m.session_id
    JOIN sessions_app_participant p ON p.id = m.participant_id
    JOIN clients_client c ON c.id = p.client_id
    LEFT JOIN reminders_reminderrule r ON r.id = m.rule_id
    WHERE m.purpose IN ('reminder', 'moved', 'cancelled') AND {_OF_THESE}
"""

CANCEL_VOID = f"""
    UPDATE reminders_message written
    SET state = 'cancelled', reason = void.reason, settled_at = %(now)s, needs_call = false
    FROM (
        SELECT m.id, {_VOID} AS reason {_ITS_FACTS}
          AND (m.state = 'planned' OR m.needs_call AND m.call_done_at IS NULL AND m.state = 'suppressed')
    ) void
    WHERE written.id = void.id AND void.reason <> '' AND written.state IN ('planned', 'suppressed')
"""

# Whether the dispatcher would find an address; only then does a suppressed row come back.
_REACHABLE = """
    EXISTS (
        SELECT FROM clients_contactpoint cp
        JOIN clients_consent ok ON ok.contact_point_id = cp.id
         AND ok.purpose = 'appointments' AND ok.withdrawn_at IS NULL
        WHERE cp.client_id = m.recipient_id AND cp.ended_at IS NULL AND cp.unfit_at IS NULL
          AND (cp.kind = 'email' OR cp.may_text
               OR cp.call_position IS NOT NULL AND cp.may_call AND NOT cp.is_discreet AND s.modality <> 'video')
          AND NOT EXISTS (
              SELECT FROM clients_suppression stop
              WHERE stop.address = cp.address AND stop.lifted_at IS NULL)
    ) AND NOT EXISTS (
        SELECT FROM clients_contactpoint cp
        JOIN clients_suppression stop ON stop.address = cp.address AND stop.lifted_at IS NULL
         AND stop.reason = 'opted_out'
        WHERE cp.client_id = m.recipient_id AND cp.ended_at IS NULL
    ) AND NOT EXISTS (
        SELECT FROM clients_safecontact safe
        WHERE safe.client_id IN (m.recipient_id, c.id) AND safe.ended_at IS NULL
    ) AND NOT EXISTS (
        SELECT FROM clients_client rests
        WHERE rests.id IN (m.recipient_id, c.id) AND rests.away_from <= %(today)s
          AND (rests.away_until IS NULL OR rests.away_until > %(today)s)
    ) AND (s.modality <> 'video' OR s.video_link <> '')
      AND (m.recipient_id <> c.id
           OR CASE WHEN c.born_on IS NOT NULL THEN c.born_on <= %(today)s::date - interval '18 years'
                   ELSE coalesce(c.birth_year < extract(year FROM %(today)s::date) - 18, true) END)
"""

RETURN_SUPPRESSED = f"""
    UPDATE reminders_message written
    SET state = 'planned', reason = '', settled_at = NULL, needs_call = false
    FROM (
        SELECT m.id {_ITS_FACTS} AND m.state = 'suppressed' AND {_UNTRIED}
          AND m.due_at > %(since)s AND m.expires_at > %(now)s AND {_VOID} = '' AND {_REACHABLE}
    ) found
    WHERE written.id = found.id AND written.state = 'suppressed'
"""

# What a text was to name as well, when that text came to nothing.
RETURN_CARRIED = """
    UPDATE reminders_message m
    SET state = 'planned', reason = '', settled_at = NULL, carried_by_id = NULL, tries = 0
    FROM reminders_message lead
    WHERE m.state = 'cancelled' AND m.reason = 'combined' AND m.expires_at > %(now)s
      AND lead.id = m.carried_by_id AND lead.state IN ('failed', 'expired', 'suppressed', 'cancelled')
"""

# Dispatchers end these as well, as a claim passes them by: none waits for another.
EXPIRE = """
    UPDATE reminders_message SET state = 'expired', settled_at = %(now)s,
        reason = CASE WHEN reason = '' THEN 'overtaken' ELSE reason END
    WHERE id = ANY(ARRAY(
        SELECT id FROM reminders_message WHERE state = 'planned' AND expires_at <= %(now)s
        FOR UPDATE SKIP LOCKED))
"""
