### فارسی: آنچه دربارهٔ سطرها، مقدارها، فهرست‌ها و تنظیم‌ها گفته می‌شود.


## Rows and cells

told-line-too-long = این سطر بیش از { $most } بایت دارد که هیچ رکوردی لازم ندارد؛ خوانده نشد
told-quote-open = علامت نقل‌قولی بسته نشده یا علامت پایانی درون خانه است؛ خانه‌ای که نقل‌قول دارد چنین نوشته می‌شود: "چنین ""نقل‌قول"""
told-column-not-utf8 = ستون { $column } به UTF-8 نیست؛ پرونده را به UTF-8 ذخیره کنید یا رمزگذاری آن را بگویید
told-column-no-text = ستون { $column } بایت‌هایی دارد که در { $encoding } نویسه نیستند
told-cells-too-many = این سطر { $cells } خانه دارد و سطر نخست { $right } خانه؛ خانه‌ای که جداکننده دارد درون نقل‌قول می‌آید
told-cells-too-few = این سطر { $cells } خانه دارد و سطر نخست { $right } خانه
told-column-beyond = خانه‌ای در ستون { $at } هست؛ حداکثر { $most } ستون خوانده می‌شود
told-column-holds = ستون { $name } این را دارد: { $held }؛ متن، عدد یا فهرست لازم است
told-list-not-closed = فهرست با ] بسته نشده و شاید رکوردهایی کم باشد: گویا پرونده بریده شده است
told-byte-not-utf8 = بایت { $byte } به UTF-8 نیست؛ پرونده را به UTF-8 ذخیره کنید یا رمزگذاری آن را بگویید
told-no-json-object = شیء JSON نیست: { $what }
told-field-no-text = فیلد { $name }: { $what }؛ متن، عدد یا فهرستی از این‌ها لازم است
told-half-a-pair = نیمی از یک جفت جانشین (surrogate)
told-too-deep = شیءها یا فهرست‌ها بیش از اندازه تودرتو هستند
told-field-beyond = فیلد { $name } ستون { $at } می‌شد؛ حداکثر { $most } ستون خوانده می‌شود
told-not-an-encoding = { $name } رمزگذاری شناخته‌ای نیست؛ برای نمونه utf-8 یا utf-16le یا windows-1254 یا windows-1256 بنویسید
held-bytes-that-are-no-utf-8 = بایت‌هایی که UTF-8 نیستند
held-a-group-of-fields = گروهی از فیلدها
held-a-map = یک نگاشت
held-a-time-that-no-calendar-has = زمانی که در هیچ تقویمی نیست

## Values

told-not-a-date = { $text } تاریخ نیست؛ درست آن مانند 1957 یا 1957-05 یا 1957-05-16 یا 16 May 1957 یا 1957~ (حدود) یا 1955/1958 (میان) است
told-no-such-day = { $text } در تقویم نیست: ماه { $month } از سال { $year } روز { $day } ندارد
told-date-of-two-days = { $text } می‌تواند دو روز گوناگون باشد؛ ماه را به حروف یا تاریخ را به ترتیب سال-ماه-روز بنویسید
told-long-name = نامی با { $length } بایت؛ حداکثر { $most } بایت خوانده می‌شود
told-no-letters = { $text } نه حرفی دارد و نه رقمی
told-not-a-number = { $text } شمارهٔ شناسایی نیست
told-not-a-gender = { $text } جنسیت نیست؛ female (زن)، male (مرد) یا other (دیگر) بنویسید
told-not-a-country = { $text } کشور نیست؛ کدی مانند ir بنویسید
told-value-wrong = { $property }: { $what }
told-value-left-out = { $property }: { $what }. این مقدار کنار گذاشته شد
told-only-titles = { $text } تنها عنوان یا شکل حقوقی است؛ خودِ نام را بنویسید
told-nothing-to-go-by = چیزی برای جست‌وجو نیست: دست‌کم نامی یا شماره‌ای بنویسید
told-nothing-to-go-by-as = چیزی برای جست‌وجو نیست: دست‌کم نامی یا شماره‌ای بنویسید ({ $what })
told-kind-wrong = نوع: { $what }
told-no-schema-word = { $text } طرح‌وارهٔ FollowTheMoney نیست؛ برای نمونه Person یا Company یا Vessel بنویسید
told-no-kind = { $text } نوع شناخته‌ای نیست؛ بگویید این واژه چه معنایی دارد، برای نمونه شخص

## Records in JSON

told-not-json = JSON نیست: { $what }
told-no-record = شیئی با id و schema و properties لازم است؛ یافته: { $json }
told-not-an-entity-id = فیلد id: { $text } شناسه نیست؛ متنی بی‌فاصله با ۱ تا ۲۵۵ بایت لازم است
told-schema-missing = فیلد schema نیست؛ برای نمونه Person یا Company یا Vessel بنویسید
told-no-schema = فیلد schema: { $text } طرح‌وارهٔ FollowTheMoney نیست
told-no-schema-but-near = فیلد schema: { $text } طرح‌وارهٔ FollowTheMoney نیست؛ آیا منظورتان { $near } بود؟
told-no-properties = فیلد properties: شیئی از فهرست‌های متن لازم است؛ یافته: { $json }
told-text-expected = متن لازم است؛ یافته: { $json }
told-list-for-a-record = شیئی با id لازم است؛ یافته یک فهرست است
told-no-json-line = JSON نیست: هر سطر یک شیء است و با آکولاد آغاز می‌شود
told-no-json-at = JSON نیست: { $what } (نویسهٔ { $at })
told-no-query-at = پرسش نیست: { $what } (نویسهٔ { $at })
told-half-of-two = نیمی از یک جفت جانشین (surrogate)؛ نویسهٔ فراتر از U+FFFF با دو \u نوشته می‌شود
told-id-no-text = فیلد id: متن یا عدد لازم است؛ یافته: { $text }
told-no-columns = هیچ ستونی شناخته نیست
told-record-not-utf8 = بایت { $byte } به UTF-8 نیست؛ پرونده را به UTF-8 ذخیره کنید
json-null = هیچ (null)
json-true-or-false = درست یا نادرست (true، false)
json-a-number = عدد
json-a-text = متن
json-a-list = فهرست
json-an-object = شیء

## Files of customers

told-number-missing = شماره‌ای از آنِ خود ندارد؛ بگویید شماره در کدام ستون است و آن را پر کنید
told-id-missing = فیلد id: شماره‌ای از آنِ خود ندارد
told-parties-no-list = فیلد parties: فهرستی از شیءها با id و role و schema و properties لازم است
told-party-wrong = فیلد parties، شمارهٔ { $nth }: { $what }
told-party-no-object = یک شیء لازم است
told-schema-not-screened = این نوع غربال نمی‌شود: { $schema }؛ Person یا Company یا LegalEntity یا Vessel بنویسید
told-not-an-exposure = { $text } مبلغ نیست؛ درست آن عددی صحیح مانند 12500 است
told-number-twice = { $reference } پیش‌تر با مقدارهای دیگر آمده است ({ $place })؛ کدام درست است؟
told-no-such-parent = مشتری { $reference } نه در پرونده هست و نه در سبد { $portfolio }
told-nobody-can-leave = کسی کنار گذاشته نشد: رکوردی که پذیرفته نشد شماره ندارد و معلوم نیست چه کسی کم است. آن را درست کنید و پرونده را دوباره دریافت کنید
told-at-place = { $place }: { $what }
told-not-one-sign = { $text } یک نویسهٔ تنهای ASCII مانند ; یا | نیست
told-not-a-line = { $text } شمارهٔ سطر نیست؛ درست آن مانند 3 است
mapping-country-wrong = { $text } کشور نیست؛ درست آن نام کشور یا کدی مانند TR است

## What each setting is for

about-data = پوشهٔ داده‌ها؛ اگر چیزی گفته نشود پوشهٔ خود کاربر
about-model = پروندهٔ مدل به جای مدلی که با برنامه می‌آید
about-store = مخزن: یک پرونده یا postgres://…؛ اگر چیزی گفته نشود store.sqlite در پوشهٔ داده‌ها
about-threads = شمار رشته‌های پردازشی؛ اگر چیزی گفته نشود همهٔ پردازنده‌ها
about-listen = نشانی و درگاه؛ YENTE_HOST و YENTE_PORT نیز پذیرفته می‌شود
about-manifest = فهرست منابع به شکل yente؛ پرونده یا نشانی آن
about-crontab = زمان جست‌وجوی فهرست‌های تازه به UTC؛ اگر چیزی گفته نشود ساعتی یک بار
about-auto-update = اینکه آیا فهرست‌های تازه جست‌وجو شود
about-delta-updates = اینکه آیا به جای فهرست‌های کامل تنها تغییرها گرفته شود
about-stale-after = یک رونوشت چه اندازه می‌تواند کهنه باشد، مانند 3d؛ اگر چیزی گفته نشود آنچه منبع آن می‌گوید
about-update-token = ژتون ‎/updatez؛ بدون آن کسی نمی‌تواند آن را فرابخواند
about-http-proxy = پراکسی‌ای که فهرست‌ها از راه آن گرفته می‌شود
about-ca = مراجع گواهی (PEM) که هنگام گرفتن فهرست‌ها به آنها اعتماد می‌شود، و نه هیچ مرجع دیگر
about-log-level = ‎error یا warn یا info یا debug
about-log-format = ‎text برای پایانه، یا json: یک سطر برای هر رویداد و درخواست
about-tls-certificate = گواهی TLS، یک پروندهٔ PEM
about-tls-key = کلید آن گواهی، یک پروندهٔ PEM
about-behind-proxy = نشانی پراکسی‌هایی که TLS را انجام می‌دهند، با ویرگول در میان
about-open-to = نشانی‌هایی که با وجود کاربران بدون کلید غربالگری می‌کنند
about-address-limit = شمار درخواست‌های یک نشانی در ثانیه؛ 0 یعنی بدون محدودیت
about-key-limit = شمار درخواست‌های یک کلید در ثانیه؛ 0 یعنی بدون محدودیت
about-url = نشانی‌ای که مرورگرها با آن به کارساز می‌رسند
about-oidc-issuer = صادرکنندهٔ OpenID Connect که افراد با آن وارد می‌شوند
about-oidc-client = نام کارساز نزد آن صادرکننده
about-oidc-secret-file = پروندهٔ رازی که کارساز آنجا دارد
about-oidc-secret = خودِ آن راز
about-oidc-roots = گواهی‌هایی که آنجا به جای گواهی‌های معمول به آنها اعتماد می‌شود
about-title = نام کارساز
about-max-batch = شمار پرسش‌ها در یک درخواست
about-match-page = شمار نتیجه‌های یک پرسش هنگامی که حدی خواسته نشده است
about-max-matches = بالاترین حدی که می‌توان خواست
about-match-candidates = پذیرفته می‌شود و چیزی را تغییر نمی‌دهد: اینجا هیچ نامزدی گم نمی‌شود
about-default-algorithm = الگوریتم هنگامی که هیچ‌کدام خواسته نشده است
about-best-algorithm = معنای «best»
about-hidden-algorithms = الگوریتم‌هایی که ‎/algorithms از آنها نمی‌گوید، با ویرگول در میان
about-max-url-length = شمار بایت‌های مسیر و پرسش
about-webhook-private = اینکه آیا وب‌هوک‌ها می‌توانند به نشانی شبکه‌های خصوصی برسند
