### Persian: what the language is.
###
### Patterns are those of Unicode Technical Standard 35, part 4; digits and signs those of the Unicode CLDR.

language-name = فارسی
language-direction = rtl
language-calendar = persian
language-digits = ۰۱۲۳۴۵۶۷۸۹
language-thousands = ٬
language-point = ٫
language-percent = {"#"}٪
language-day = y/MM/dd
language-day-short = MM/dd
language-day-long = d MMMM y

## Months of the calendar of Iran

month-persian-1 = فروردین
month-persian-2 = اردیبهشت
month-persian-3 = خرداد
month-persian-4 = تیر
month-persian-5 = مرداد
month-persian-6 = شهریور
month-persian-7 = مهر
month-persian-8 = آبان
month-persian-9 = آذر
month-persian-10 = دی
month-persian-11 = بهمن
month-persian-12 = اسفند
