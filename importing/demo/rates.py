"""How therapy sessions really go, for outcomes drawn at random.

Source: NHS England, NHS Talking Therapies monthly activity, April 2025 to March 2026
(8,591,668 appointments), Open Government Licence v3.0, by way of bennettoxford/nhstt.
"""

ATTENDED = 74.0
ATTENDED_LATE = 0.9
TOO_LATE = 0.23
NO_SHOW = 8.5
CANCELLED_BY_CLIENT = 10.8
CANCELLED_BY_PRACTICE = 5.3

EVENTS = ("attended", "attended_late", "too_late", "no_show", "client_cancels", "practice_cancels")
WEIGHTS = (ATTENDED, ATTENDED_LATE, TOO_LATE, NO_SHOW, CANCELLED_BY_CLIENT, CANCELLED_BY_PRACTICE)
