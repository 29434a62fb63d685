### Persian: the language of letters.

letter-language = زبان نامه
letter-in-en = انگلیسی
letter-in-tr = ترکی
letter-in-fa = فارسی
