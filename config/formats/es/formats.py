"""Days as Spanish says them, with "de"; numbers as in the United States and Mexico; the clock of 24 hours."""

# Pages name a day by its English pattern, as they name a sentence by its English words: both are looked up.
globals().update(
    {
        "l": "l",
        "D": "D",
        "j M": r"j \d\e b",
        "j M Y": r"j \d\e b \d\e Y",
        "j F": r"j \d\e F",
        "j F Y": r"j \d\e F \d\e Y",
        "D j M": r"D j \d\e b",
        "D j M Y": r"D j \d\e b \d\e Y",
        "D j F": r"D j \d\e F",
        "l j F": r"l j \d\e F",
        "l j F Y": r"l j \d\e F \d\e Y",
        "j M, G:i": r"j \d\e b, G:i",
        "j M Y, G:i": r"j \d\e b \d\e Y, G:i",
        "j F, G:i": r"j \d\e F, G:i",
        "j F Y, G:i": r"j \d\e F \d\e Y, G:i",
        "j F Y, H:i": r"j \d\e F \d\e Y, G:i",
        "D j M, G:i": r"D j \d\e b, G:i",
        "D j M, G:i:s": r"D j \d\e b, G:i:s",
        "l j F, G:i": r"l j \d\e F, G:i",
        "F Y": r"F \d\e Y",
        "M Y": r"b \d\e Y",
        "M": "b",
    }
)

# The fields of a browser send and take days in this order, whatever they show.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
FIRST_DAY_OF_WEEK = 1
