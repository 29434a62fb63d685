### فارسی.


## A finding in a report

finding = { $found }. درست آن: { $right }.
finding-demanded = تنها این مراجع آن را می‌خواهند: { $by }.
finding-not-verified = این قاعده در طرح‌وارهٔ این نسخه خوانده نشده است.
finding-or = { " یا " }
finding-and = { " و " }

## What is found in a report, by its name

goaml-nothing = چیزی نیست
goaml-empty-element = عنصری خالی
goaml-empty-list = فهرستی خالی
goaml-text = «{ $text }»
goaml-text-beside = متنی کنار عنصرهای آن: «{ $text }»
goaml-text-of-length = { $characters } نویسه: «{ $text }»
goaml-character = نویسهٔ U+{ $code }
goaml-character-in = { $character } در «{ $text }»
goaml-without-time = «{ $text }» بی ساعت است و ۰۰:۰۰:۰۰ خوانده می‌شود
goaml-behind-seconds = «{ $text }» پس از ثانیه «{ $rest }» دارد که کنار گذاشته می‌شود
goaml-element = عنصر { $element }
goaml-element-with = عنصر { $element } با «{ $text }»
goaml-behind = { $element } پس از { $other } آمده است
goaml-once-more = { $element } یک بار دیگر آمده است
goaml-so-manieth = { $element } برای بار { $count } آمده است
goaml-several = { $all_of }
goaml-attribute = ویژگی { $attribute } با «{ $text }»

## What would be right in a report, by its name

goaml-only-elements-of = تنها عنصرهای { $parent }
goaml-only-elements = تنها عنصرهای { $element }
goaml-order-of-schema = ترتیب طرح‌واره، که در آن { $element } پیش‌تر می‌آید
goaml-once = یک بار
goaml-at-most = حداکثر { $count }
goaml-at-least-one = دست‌کم یک { $element }
goaml-element-that-is-there = عنصری که goAML نسخهٔ { $version } در { $parent } دارد
goaml-no-such-element = نبودن این عنصر
goaml-any-of = { $any_of }
goaml-one-of = یکی از این‌ها: { $any_of }
goaml-with = { $other } همراه با { $element }
goaml-without-attribute = عنصر بدون آن
goaml-elements-of-type = { $schema_type }
goaml-allowed-text = متنی که XML 1.0 روا می‌دارد
goaml-latin-text = حروف لاتین، رقم، فاصله و { " . ' - " }
goaml-text-of = متنی با { $most } نویسه
goaml-text-between = متنی با { $least } تا { $most } نویسه
goaml-text-up-to = متنی با حداکثر { $most } نویسه
goaml-whole-number = عددی صحیح
goaml-whole-number-between = عددی صحیح از { $low } تا { $high }
goaml-whole-number-from = عددی صحیح، دست‌کم { $low }
goaml-whole-number-up-to = عددی صحیح، حداکثر { $high }
goaml-number = عدد
goaml-number-between = عددی از { $low } تا { $high }
goaml-number-from = عددی دست‌کم { $low }
goaml-number-up-to = عددی حداکثر { $high }
goaml-decimal = عددی با حداکثر { $decimals } رقم اعشار
goaml-decimal-between = عددی از { $low } تا { $high } با حداکثر { $decimals } رقم اعشار
goaml-decimal-from = عددی دست‌کم { $low } با حداکثر { $decimals } رقم اعشار
goaml-decimal-up-to = عددی حداکثر { $high } با حداکثر { $decimals } رقم اعشار
goaml-date-and-time = تاریخ و ساعت، نه پیش از ۱۷۵۳ میلادی، مانند { "2026-11-26T09:30:00" }
goaml-truth = { "true" } یا { "false" }
goaml-truth-or-nothing = { "true" } یا نبودن عنصر
goaml-country = کد دوحرفی کشور، مانند TR
goaml-currency = کد سه‌حرفی واحد پول، مانند EUR
goaml-code-of = کدی از فهرست { $list }
goaml-one-of-codes = یکی از این‌ها: { $known }
goaml-code-of-authority = کدی از فهرست خود مرجع، { $list } (فهرست‌هایی که خوانده شده این‌ها را دارند: { $known })

## What screening finds otherwise than before, by its name

unlike-customer-gained = تازه نزد مشتری – { $property }: { $value }
unlike-customer-lost = دیگر نزد مشتری نیست – { $property }: { $value }
unlike-listing-gained = تازه در فهرست – { $property }: { $value }
unlike-listing-lost = دیگر در فهرست نیست – { $property }: { $value }
unlike-kind-changed = نوع اکنون { $alert_kind } است و پیش‌تر { $alert_kind_before } بود
unlike-evidence-changed = شواهد اکنون { $bits } بیت است و پیش‌تر { $bits_before } بود
unlike-name-changed = نام در فهرست اکنون { $text } است و پیش‌تر { $text_before } بود
unlike-now-under = اکنون در این فهرست نیز هست: { $listing }
unlike-no-longer-under = دیگر در این فهرست نیست: { $listing }
unlike-now-under-topic = موضوع تازهٔ فهرست‌شدن: { $topic }
unlike-no-longer-under-topic = موضوعی که دیگر نیست: { $topic }
unlike-exposure-changed = مبلغ در خطر اکنون { $now } است و پیش‌تر { $before } بود
unlike-other-evidence = سطرهای شواهد دیگر است
unlike-found-again = دوباره یافت شد
unlike-before-erased = آنچه پیش‌تر یافت شده بود پاک شده است
unlike-rule-basis-erased = آنچه قاعده بر آن استوار بود پاک شده است
unlike-not-found-now = دیگر یافت نمی‌شود
unlike-bits-then = صدم‌های بیت: آن زمان { $before }، اکنون { $now }
unlike-score-then = ده‌هزارم‌های امتیاز: آن زمان { $before }، اکنون { $now }
unlike-probability-then = میلیونیم‌های احتمال: آن زمان { $before }، اکنون { $now }
unlike-evidence-differs = سطرهای شواهد دیگر است
unlike-shown-otherwise = آنچه از فهرست نشان داده می‌شود دیگر است

## Why somebody is blocked or is not, by its name

owned-somebody = کسی ناشناس
owned-on-lists = در این فهرست آمده است: { $lists }.
owned-nothing-recorded = چیزی دربارهٔ دارندگان آن ثبت نشده است.
owned-no-holder-of = دارندهٔ { $share } آن ثبت نشده است.
owned-shares-enough = مسدودان { $share } سهام آن را دارند؛ بسنده است: { $threshold }.
owned-shares-at-least = مسدودان دست‌کم { $share } سهام آن را دارند؛ بسنده است: { $threshold }.
owned-shares-of-enough = { $person } دارای { $share } سهام آن است؛ بسنده است: { $threshold }.
owned-shares-of-at-least = { $person } دارای دست‌کم { $share } سهام آن است؛ بسنده است: { $threshold }.
owned-board = { $holder } می‌تواند بیشتر اعضای هیئت‌مدیرهٔ آن را برگزیند یا برکنار کند.
owned-votes-alone = { $holder } به‌تنهایی اکثریت آرای آن را دارد: { $share }.
owned-votes = مسدودان اکثریت آرای آن را دارند: { $share }.
owned-votes-of = { $person } اکثریت آرای آن را دارد: { $share }.
owned-dates-open = از تاریخ‌ها روشن نیست که در آن روز در فهرست بوده است یا نه: { $lists }.
owned-control = بنا بر آنچه ثبت شده { $holder } از راه‌های دیگر آن را کنترل می‌کند؛ اینکه آیا از نظر حقوقی کنترل است، داوری آن با انسان است.
owned-perhaps-shares-of = { $person } دارای { $share } سهام آن است یا شاید باشد؛ بسنده خواهد بود: { $threshold }.
owned-perhaps-shares = آنان که مسدودند یا شاید باشند { $share } سهام آن را دارند؛ بسنده خواهد بود: { $threshold }.
owned-anybody-shares = کسی که شاید هر کسی باشد { $share } سهام آن را دارد؛ بسنده خواهد بود: { $threshold }.
owned-perhaps-votes-of = { $person } دارای { $share } آرای آن است یا شاید باشد؛ روشن نیست که کسی اکثریت دارد یا نه.
owned-perhaps-votes = آنان که مسدودند یا شاید باشند { $share } آرای آن را دارند؛ روشن نیست که کسی اکثریت دارد یا نه.
owned-anybody-votes = کسی که شاید هر کسی باشد { $share } آرای آن را دارد؛ روشن نیست که کسی اکثریت دارد یا نه.
owned-left-open = از آنچه ثبت شده روشن نیست.
owned-no-holder = دارنده‌ای ثبت نشده است.
owned-nobody-blocked = بنا بر آنچه ثبت شده هیچ مسدودی در آن سهمی ندارد.
owned-persons-apart = از { $count } شخص فهرست‌شده که سهمی دارند هیچ‌یک به این اندازه ندارد: { $threshold }. بیشترین سهم از آنِ { $person } است: { $share }. سهم اشخاص گوناگون با هم جمع نمی‌شود.
owned-shares-not = مسدودان { $share } سهام آن را دارند و به این اندازه نمی‌رسند: { $threshold }.
owned-shares-of-not = { $person } دارای { $share } سهام آن است و به این اندازه نمی‌رسد: { $threshold }.
threshold-half = ۵۰٪ یا بیشتر
threshold-more-than-half = بیش از ۵۰٪

## Why a quiet pair is quiet no more

ended-sent-back-by-a-second-person = نفر دوم آن را بازگرداند
ended-escalated-to-a-case = به پرونده رفت
ended-opened-again-by-a-person = کسی آن را دوباره باز کرد
ended-withdrawn = پس گرفته شد
ended-ran-out = مهلت آن پایان یافت

## Shares

share-none = هیچ سهمی
share-unknown = نامعلوم
share-no-limit = بی‌اندازه: چرخه‌ای همهٔ خود را داراست
share-up-to = حداکثر { $share }
share-at-least = دست‌کم { $share }
share-more-than = بیش از { $share }
share-less-than = کمتر از { $share }
share-between = { $low } تا { $high }

## What a change of a freeze would make other

vary-add = دارایی تازه: { $kind } { $identifier }، { $holder }
vary-value = ارزش دارایی شمارهٔ { $number }: { $value }
vary-scope = دامنه: { $text }
vary-authority = مرجع: { $text }
vary-reference = شمارهٔ مرجع: { $text }
vary-review = روز بازنگری: { $day }

## What is wrong with the chain

broken-place = رویداد { $seq } جایی است که رویداد { $expected } باید باشد.
broken-prev-hash = رویداد { $seq } دنبالهٔ رویداد پیش از خود نیست: چکیده‌ای که از آن نام می‌برد دیگر است.
broken-hash = رویداد { $seq } تغییر داده شده است: زمان، کننده، نوع، موضوع یا چکیدهٔ متن آن چکیدهٔ خودش را نمی‌دهد.
broken-body-hash = رویداد { $seq } تغییر داده شده است: متن و نمک آن چکیدهٔ متن را نمی‌دهد.
broken-body-gone = متن رویداد { $seq } نیست و هیچ رویداد پسینی نمی‌گوید که پاک شده است.
broken-body-there = متن رویداد { $seq } هست، با آنکه رویداد { $by } آن را پاک کرده است.
broken-cell = رویداد { $seq } آسیب دیده است: { $column } از نوعی نیست که باید باشد.
broken-erased-body = رویداد { $seq } متن‌هایی را پاک کرده است و متن خود آن نمی‌گوید کدام را.
broken-short = رویداد { $seq } در جای دیگری به عنوان سر زنجیره نگه داشته شده است و زنجیره با رویداد { $last } پایان می‌یابد.
broken-not-kept = چکیدهٔ رویداد { $seq } این است: { $found }، و آنچه در جای دیگری نگه داشته شده این: { $kept }.
whole-chain = { $events } رویداد تا سر زنجیره:
