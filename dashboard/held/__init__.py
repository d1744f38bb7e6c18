"""A joint session held although somebody did not come: the companion page and the other two ways."""
