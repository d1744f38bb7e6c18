"""The day board of the front desk."""
