# واژه‌های فرم‌هایی که در آن‌ها کار می‌شود: آنچه مسدود است، فهرست‌ها، برون‌بری برای بازرس، کلیدها، نشانی‌هایی که رویدادها به آن‌ها گفته می‌شود.

## مسدودسازی: شرایط دیگر

freeze-vary = شرایط دیگر
freeze-vary-how = آنچه دست نخورد همان می‌ماند. باقی تنها پس از تأیید کس دیگری به شمار می‌آید.
freeze-vary-values = ارزش‌ها، مانند 1250.00 EUR؛ خالی، اگر دانسته نیست
freeze-vary-add = از این پس این‌ها نیز مسدود
freeze-vary-propose = این شرایط را پیشنهاد کن
write-down = ثبت کن

## مسدودسازی: معافیت‌ها

exemptions-none = چیزی معاف نیست.
exemption-propose = پیشنهاد معافیت
exemption-how = آنچه رژیم این مسدودسازی می‌شناسد. کس دیگری تأیید می‌کند و سپس از راهی می‌رود که زیر نامش نوشته شده است.
exemption-limit-how = روی هم حداکثر، مانند 1250.00 EUR
exemption-licence = شمارهٔ مجوز، اگر هست
exemption-from = نخستین روز
exemption-to = واپسین روز
exemption-left = مانده:
exemption-until = کمیته تا { $day } می‌تواند مخالفت کند
exemption-not-objected = تا { $day } کسی مخالفت نکرد
exemption-pay = ثبت پرداخت
exemption-working-days = { $days ->
    [one] کمیته یک روز کاری برای مخالفت دارد.
   *[other] کمیته { $days } روز کاری برای مخالفت دارد.
}
exemption-needs-limit = سقف لازم است.
amount-how = مبلغ، مانند 1250.00 EUR
procedure-notify = به کمیته خبر داده می‌شود.
procedure-approve = به کمیته خبر داده می‌شود و کمیته باید موافقت کند.
procedure-licence = مجوز لازم است؛ شماره‌اش نوشته می‌شود.
procedure-standing = چیز دیگری لازم نیست: قانون آن را برای هر که شرایطش را دارد روا می‌دارد.
exempt-basic-expenses = هزینه‌های پایه
exempt-extraordinary-expenses = هزینه‌های فوق‌العاده
exempt-humanitarian = کمک بشردوستانه
exempt-general-licence = مجوز عمومی
exempt-licence = مجوز
committee-notified = به کمیته خبر داده شد
committee-answered = کمیته پاسخ داد
committee-letter = شمارهٔ نامه
committee-words = شمارهٔ نامه‌اش، یا دلیل مخالفت
committee-approved = موافقت کرد
committee-objected = مخالفت کرد

## مسدودسازی: اعلان‌ها

notices-none = اعلانی نوشته نشده است.
notice-to = به چه کسی در آنجا
notice-how = چگونه: نامه، رایانامه، دستی
notice-give = ثبت اعلان
notice-untold = هنوز گفته نشده به:
notice-letter = نامه به‌صورت فایل، به

## چرا معافیتی پیشنهاد یا به کار برده نمی‌شود

refused-no-such-exemption = { $regime } معافیت { $kind } را نمی‌شناسد؛ این‌ها را می‌شناسد: { $known }.
refused-nothing-to-exempt = چیزی برای معاف کردن در { $id } نیست: { $freeze_state }.
refused-exemption-needs-limit = { $exemption }: سقف لازم است؛ همهٔ پرداخت‌ها روی هم نباید از آن بگذرد.
refused-exemption-needs-licence = { $exemption }: شمارهٔ مجوز لازم است.
refused-exemption-over = واپسین روز، { $day }، پیش از نخستین روز است یا گذشته است.
refused-exemption-stands-otherwise = تا { $id } چنین است این کار شدنی نیست: { $exemption_state }.
refused-no-committee = { $id } به هیچ کمیته‌ای نمی‌رود.
refused-committee-day-wrong = { $day } در آینده است، یا پیش از خبر دادن به کمیته.
refused-no-exemption-needed = برای { $id } معافیتی لازم نیست: { $freeze_state }.
refused-payment-ahead = { $day } در آینده است؛ پرداخت هنگامی ثبت می‌شود که انجام شده باشد.
refused-committee-may-object = کمیته تا { $until } می‌تواند مخالفت کند.
refused-committee-not-approved = کمیته موافقت نکرده است.
refused-committee-not-notified = به کمیته خبر داده نشده است.
refused-exemption-not-confirmed = کس دیگری آن را تأیید نکرده است.
refused-committee-refused = کمیته نپذیرفته است.
refused-exemption-was-declined = رد شده است.
refused-exemption-not-valid = از { $first } تا { $last } اعتبار دارد.
refused-payment-of-nothing = پرداخت باید مبلغی بیش از ۰ داشته باشد.
refused-payment-other-currency = ارز { $id } { $currency } است؛ { $amount } ارز دیگری است.
refused-payment-too-large = { $amount } بیش از ماندهٔ { $id } است: { $left } از { $limit }.

## فهرست‌ها: همان که دیده شد به کار گرفته می‌شود

looked-instead = ناشر اکنون نسخه‌ای جز آنچه دیدید دارد. چیزی به کار گرفته نشد.
diff-instead = ناشر اکنون نسخه‌ای جز آنچه دیدید دارد؛ پس چیزی به کار گرفته نشد. این است آنچه نسخهٔ کنونی می‌کند.
removals-both = اگر بروند، { $n } مورد که با تصمیمی پیشین مانده‌اند نیز با آن‌ها می‌روند.
removals-stay = با یک تصمیم مانده‌اند، هرچند ناشر دیگر آن‌ها را ندارد
removals-later = { $n ->
    [one] موردی که نگه داشته شد برود؟
   *[other] { $n } موردی که نگه داشته شدند بروند؟
}
removals-later-how = چون کسی چنین تصمیم گرفته همچنان جست‌وجو می‌شوند. اگر بروند دیگر یافته نمی‌شوند؛ هشدارها و مسدودسازی‌ها همان می‌مانند.
refused-no-removals-wait = در { $list } کسی منتظر تصمیم نیست.
refused-list-changed-meanwhile = { $list } اکنون نسخه‌ای جز آن است که دیدید. دوباره ببینید.

## برون‌بری برای بازرس

audit-export = برای بازرس
audit-export-how = بخشی از زنجیره در یک فایل. بی انبارهٔ این برنامه هم می‌توان آن را وارسی کرد، با mihenk audit verify FILE. اینکه آن را گرفتید ثبت می‌شود.
audit-export-from = از رویداد
audit-export-to = تا رویداد؛ خالی برای تازه‌ترین
audit-export-get = فایل را بگیر
refused-not-an-event-number = { $text } شمارهٔ رویداد نیست.
refused-no-such-range = رویدادهای { $first } تا { $last } نیستند؛ از ۱ تا { $end } هست.

## کلیدهای خود

own-keys = کلیدهای API شما
own-keys-how = با یک کلید، برنامه‌ای به نام شما می‌پرسد: تا روزش، آنچه دامنه‌اش می‌گوید و شما می‌توانید می‌تواند. هر که رازش را دارد شمایید؛ آن را چون گذرواژه نگه دارید و اگر شاید دانسته شده باشد باطلش کنید.
own-keys-none = کلیدی ندارید.
own-key-make = ساختن کلید
own-key-new = راز { $label } اکنون نشان داده می‌شود و دیگر هرگز. آن را جایی که لازم است بگذارید.
own-key-rotate-now = راز تازه بده

refused-key-label-wrong = کلید نامی تا { $most } نویسه می‌خواهد.
refused-key-needs-scope = بگویید کلید برای چیست.
refused-service-does-not-work = سرویس چون تحلیلگر تصمیم نمی‌گیرد؛ چیز دیگری برگزینید.
refused-key-days-wrong = کلید ۱ تا { $most } روز اعتبار دارد.
refused-key-overlap-too-long = راز پیشین حداکثر { $days } روز دیگر به کار می‌آید.
refused-key-revoked-already = { $id } پیش‌تر باطل شده است.
refused-key-over = { $id } دیگر اعتبار ندارد؛ تازه بسازید.
refused-not-a-scope = کلید نمی‌تواند برای این باشد: { $text }.

## نشانی‌هایی که رویدادها به آن‌ها گفته می‌شود

webhooks = به که گفته می‌شود
webhooks-how = به هر نشانی آنچه رخ می‌دهد تنها با شناسه‌ها و با امضای راز خودش گفته می‌شود (Standard Webhooks). یک مدیر پیشنهاد می‌کند، دیگری تأیید؛ راز همان هنگام یک بار نشان داده می‌شود.
webhooks-none = به هیچ نشانی چیزی گفته نمی‌شود.
webhook-url = نشانی
webhook-parts = دربارهٔ
webhook-last = واپسین رساندن
webhook-behind = { $n ->
    [one] یک کوشش ناکام ماند
   *[other] { $n } کوشش ناکام ماند
}
webhook-next = بعدی
webhook-add = گفتن به یک نشانی
webhook-url-how = نشانی: https، یا http به همین دستگاه
webhook-parts-how = دربارهٔ چه گفته شود؛ اگر چیزی برگزیده نشود، همه‌چیز
webhook-secret = راز { $url } اکنون نشان داده می‌شود و دیگر هرگز. آن را به کسی بدهید که امضاها را آنجا می‌سنجد.
webhook-end = دیگر نگو
webhook-is-proposed = در انتظار مدیر دوم
webhook-is-active = گفته می‌شود
webhook-is-declined = رد شد
webhook-is-ended = دیگر گفته نمی‌شود
webhook-part-alert = هشدارها
webhook-part-case = پرونده‌ها
webhook-part-customer = مشتریان
webhook-part-freeze = مسدودسازی‌ها
webhook-part-merging = یکی بودن‌ها
webhook-part-redress = شکایت‌ها
letters-dead = رهاشده‌ها
letters-dead-how = آنچه دیری رسانده نشد یا پذیرفته نشد. با همان شناسه‌ها دوباره می‌توان رساند.
letters-none = چیزی رها نشده است.
letter-range = رویدادها
letter-why = چه پاسخی آمد
letter-when = رها شد
letter-replay = دوباره برسان
letter-is-dead = رهاشده
letter-is-waiting = دوباره رسانده می‌شود
letter-is-delivered = رسانده شد
refused-nothing-told-of = این چیزی نیست که به کسی گفته شود: { $text }.
refused-address-not-told = { $text } نشانی‌ای نیست که بتوان به آن گفت. درست https و یک میزبان است، بی کاربر، گذرواژه یا پاره؛ http تنها به همین دستگاه می‌رود.
refused-own-webhook = { $id } پیشنهاد خود شماست؛ مدیر دیگری تأیید می‌کند.
refused-webhook-stands-otherwise = تا { $id } چنین است این کار شدنی نیست: { $webhook_state }.
refused-letter-not-dead = { $id } رهاشده نیست: { $letter_state }.

## فهرست کار با هشداری در کنارش

beside = هشدار برگزیده
beside-whole = همهٔ آنچه از آن دانسته است

## نمای کلی: با چه شتابی و چند بار بیهوده

figure-pace = تصمیم در ساعت، در ساعت‌هایی که تصمیمی گرفته شد
tenth = ٫{ $n }
by-list-title = بیهوده، به تفکیک فهرست
by-list-how = از ۲٬۰۰۰ تصمیم پایانی این چهارده روز
by-list-other = کس دیگر
by-list-share = بیهوده

## جفت‌های خاموش: چه پدیدار می‌شد

rule-without = اگر پس گرفته شود چنین پدیدار می‌شود: { $kind }، { $probability }.
rule-without-none = جست‌وجو دیگر این جفت را نمی‌یابد؛ چیزی پدیدار نمی‌شود.

## خانه‌های فرم

typed-scope = دامنه
typed-authority = مرجع
typed-recipient = گیرنده
typed-limit = روی هم حداکثر
typed-amount = مبلغ
typed-words = چه گفت
typed-said = چه
typed-exemption = معافیت
typed-next = بازنگری تا
typed-version = نسخه
typed-decision = تصمیم
typed-label = نام کلید
typed-days = روز
typed-url = نشانی
typed-part = دربارهٔ
