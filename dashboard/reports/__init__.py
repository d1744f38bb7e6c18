"""Numbers people can act on: each report is a sentence, tables with their definitions, and charts drawn from them."""
