### Turkish: the language of letters.

letter-language = Mektubun dili
letter-in-en = İngilizce
letter-in-tr = Türkçe
letter-in-fa = Farsça
