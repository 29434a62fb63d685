### English: the language of letters.

letter-language = Language of the letter
letter-in-en = English
letter-in-tr = Turkish
letter-in-fa = Persian
