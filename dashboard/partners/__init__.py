"""A partner who does not come yet, and sessions together: what the case's own clinicians see and decide."""
