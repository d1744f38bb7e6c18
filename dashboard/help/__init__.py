"""What gets in the way, what is offered, and what is agreed on."""
