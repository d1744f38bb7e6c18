"""Rules, templates, the outbox, transports, webhooks and inbound replies."""
