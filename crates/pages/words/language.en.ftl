### English: what the language is.
###
### Patterns are those of Unicode Technical Standard 35, part 4; digits and signs those of the Unicode CLDR.

language-name = English
language-direction = ltr
language-calendar = gregory
language-digits = 0123456789
language-thousands = ,
language-point = {"."}
language-percent = {"#"}%
language-day = y-MM-dd
language-day-short = MM-dd
language-day-long = d MMMM y

## Months of the calendar of Iran

month-persian-1 = Farvardin
month-persian-2 = Ordibehesht
month-persian-3 = Khordad
month-persian-4 = Tir
month-persian-5 = Mordad
month-persian-6 = Shahrivar
month-persian-7 = Mehr
month-persian-8 = Aban
month-persian-9 = Azar
month-persian-10 = Dey
month-persian-11 = Bahman
month-persian-12 = Esfand
