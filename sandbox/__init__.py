"""The pretend phone company: Twilio's API, SMTP and a page of phones, on loopback."""
