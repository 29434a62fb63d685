### Turkish: what the language is.
###
### Patterns are those of Unicode Technical Standard 35, part 4; digits and signs those of the Unicode CLDR.

language-name = Türkçe
language-direction = ltr
language-calendar = gregory
language-digits = 0123456789
language-thousands = {"."}
language-point = ,
language-percent = %#
language-day = dd.MM.y
language-day-short = dd.MM
language-day-long = d MMMM y

## Months of the calendar of Iran

month-persian-1 = Ferverdin
month-persian-2 = Ordibeheşt
month-persian-3 = Hordad
month-persian-4 = Tir
month-persian-5 = Mordad
month-persian-6 = Şehriver
month-persian-7 = Mehr
month-persian-8 = Aban
month-persian-9 = Azer
month-persian-10 = Dey
month-persian-11 = Behmen
month-persian-12 = Esfend
