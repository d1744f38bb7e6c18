"""Who waits for another time, and which freed time was offered to whom (row 3.6)."""
