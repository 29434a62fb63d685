### Persian: why a file is no table and no list, why it could not be fetched, what was found in it, what could not be erased.

## Forms of files that are no table and no list

form-a-pdf-document = سند PDF
form-an-image = تصویر
form-an-old-office-document = سند قدیمی آفیس
form-a-bzip2-archive = بایگانی bzip2
form-an-xz-archive = بایگانی xz
form-a-7-zip-archive = بایگانی 7-Zip
form-a-zstd-archive = بایگانی zstd

## Why a file is no table

told-in-file = { $file }: { $what }
told-in-line = سطر { $line }: { $what }
told-in-row = سطر { $row }: { $what }
told-is-a-folder = این پوشه است؛ پرونده بدهید
told-is-no-text = این متن نیست، بلکه کارپوشه یا جدولی به شکل دودویی است
told-is-a-pdf = این سند PDF است؛ جدول را به شکل CSV یا XLSX بگیرید
told-is-old-office = این سند قدیمی آفیس است یا گذرواژه دارد؛ آن را بی گذرواژه به شکل XLSX ذخیره کنید
told-is-packed = این { $form } است؛ نخست آن را باز کنید
told-is-rtf = این سند RTF است؛ جدول را به شکل CSV یا XLSX ذخیره کنید
told-is-markup = این جدول نیست، نشانه‌گذاری (HTML یا XML) است؛ آن را به شکل CSV یا XLSX ذخیره کنید
told-is-binary = این جدول نیست، دادهٔ دودویی است (بایت‌های NUL دارد)
told-is-utf16 = پرونده UTF-16 است؛ آن را به UTF-8 ذخیره کنید
told-lines-end-with-cr = سطرها تنها با CR پایان می‌یابند؛ پرونده را با LF یا CR LF ذخیره کنید
told-table-is-empty = پرونده خالی است؛ سطر نخستی با نام ستون‌ها لازم است
told-sheet-is-empty = کاربرگ خالی است؛ سطر نخستی با نام ستون‌ها لازم است
told-columns-too-many = { $count } ستون دارد؛ جدول حداکثر { $most } ستون دارد
told-more-than-memory = بیش از { $most } بایت در حافظه نگه داشته می‌شد؛ آن را در پرونده‌ای باز کنید و همان را بدهید
told-unpacks-to-too-much = { $packed } بایت پس از باز شدن بیش از { $out } بایت می‌شود و هیچ جدولی چنین نیست؛ خواندن ادامه نیافت
told-gzip-cut = پروندهٔ gzip بریده است؛ دوباره آن را بگیرید یا فشرده کنید
told-gzip-damaged = پروندهٔ gzip آسیب دیده است ({ $what })؛ دوباره آن را بگیرید یا فشرده کنید
told-zip-broken = پرونده آسیب دیده یا بریده است ({ $what })؛ دوباره آن را بگیرید یا ذخیره کنید
told-workbook-damaged = کارپوشه آسیب دیده است؛ دوباره ذخیره‌اش کنید
told-workbook-broken = کارپوشه آسیب دیده یا بریده است ({ $what })؛ دوباره ذخیره‌اش کنید
told-workbook-ends-early = کارپوشه تا پایان خوانده نشد
told-workbook-has-password = کارپوشه گذرواژه دارد؛ بی گذرواژه ذخیره‌اش کنید
told-zip-is-no-workbook = این بایگانی ZIP است، اما کارپوشهٔ اکسل با کاربرگی از خانه‌ها نیست ({ $what })؛ جدول را به شکل XLSX یا CSV ذخیره کنید
told-no-such-sheet = کارپوشه کاربرگی به نام { $name } ندارد؛ دارد: { $known }
told-no-sheet-of-cells = کارپوشه کاربرگی از خانه‌ها ندارد
told-parquet-unreadable = پروندهٔ Parquet خوانده نمی‌شود: { $what }
told-parquet-damaged = پروندهٔ Parquet آسیب دیده است؛ دوباره آن را بنویسید
told-parquet-left-out = این پروندهٔ Apache Parquet است و این برنامه بی آن ساخته شده؛ آن را به شکل CSV ذخیره کنید
told-file-is-empty = پرونده خالی است
told-more-mebibytes = پرونده بیش از { $most } مبی‌بایت است که حداکثر خوانده می‌شود؛ آن را بخش کنید
told-more-mebibytes-sent = پرونده بیش از { $most } مبی‌بایت است که حداکثر پذیرفته می‌شود؛ آن را در چند بخش بفرستید
told-files-wait-already = { $most } پروندهٔ شما از پیش در انتظار است؛ چندتایی را دریافت کنید یا دور بیندازید
told-file-is-being-taken = این پرونده در حال دریافت است
told-file-is-in = این پرونده پیش‌تر دریافت شده است؛ برای دریافت دوباره باز بفرستید
told-file-is-being-sent = این پرونده هنوز در حال فرستادن است
told-nothing-came = { $seconds } ثانیه چیزی نرسید؛ پرونده را دوباره بفرستید
told-no-file-came = پرونده‌ای نرسید؛ یکی برگزینید

## Why a list could not be read at all

told-list-unreadable = { $file }: خوانده نمی‌شود: { $what }
told-no-file-given = پرونده‌ای داده نشد؛ دست‌کم یک پروندهٔ فهرست را نام ببرید
told-list-file-empty = { $file }: پرونده خالی است؛ دوباره بارگیری کنید
told-no-list-but = { $file } فهرست نیست. یافته: { $found }. لازم است: { $wanted }
told-list-cut = { $file }: پرونده از میانه بریده است، سطر { $line } (بایت { $byte }). یافته: { $found }. لازم است: { $wanted }. دوباره بارگیری کنید
told-list-malformed = { $file }: سطر { $line } (بایت { $byte }). یافته: { $found }. لازم است: { $wanted }
told-list-without-records = { $file }: فهرست هیچ رکوردی ندارد؛ فهرست بی‌رکورد کامل شمرده نمی‌شود، دوباره بارگیری کنید
told-list-only-adds = { $file }: این پرونده ({ $part }) تنها افزوده‌ای بر { $missing } است؛ آن را هم در همان فراخوان بدهید
told-list-given-twice = { $file } و { $other } هر دو یک بخش از یک فهرست‌اند ({ $part })؛ یکی از آنها را بدهید
told-readable-lists = فهرستی از شورای امنیت سازمان ملل، اوفک، اتحادیهٔ اروپا، بریتانیا، سوئیس، کانادا، استرالیا یا ترکیه به شکلی که ناشرش عرضه می‌کند، موردهای FollowTheMoney (هر سطر یک شیء JSON)، یا گزاره‌های Beneficial Ownership Data Standard 0.4 (JSON)
told-perhaps-own = { $found }؛ اگر از خود شماست، با «mihenk lists map پرونده» برایش نگاشتی بنویسید و با ‎--map بیفزایید
told-like-form-take-edition = { $form }؛ نسخهٔ XML یا CSV فهرست را بگیرید
told-list-gzip = بایگانی gzip؛ نخست آن را باز کنید (gzip -d)
told-list-utf16 = متن UTF-16؛ به UTF-8 ذخیره کنید
told-list-utf16-unmarked = متن UTF-16 بی نشان ترتیب بایت‌ها؛ به UTF-8 ذخیره کنید
told-list-binary = دادهٔ دودویی (بایت‌های NUL دارد)، شاید بایگانی
told-archive-no-workbook = بایگانی ZIP یا سند آفیسی که کارپوشه نیست؛ بازش کنید یا نسخهٔ دیگری بگیرید
told-archive-without-end = بایگانی رکورد پایان ندارد
told-whole-workbook = کارپوشه‌ای کامل
told-json-array = آرایهٔ JSON؛ پرونده‌های FollowTheMoney در هر سطر یک شیء دارند، بی کروشه
told-statements-before = گزاره‌های Beneficial Ownership Data Standard پیش از نسخهٔ 0.4؛ نسخهٔ 0.4 را از ناشر بخواهید
told-workbook-of-first-row = کارپوشه‌ای با سطر نخست { $text }
told-table-of-first-row = جدولی با سطر نخست { $text }
told-text-beginning-with = متنی که با { $text } آغاز می‌شود
told-html-page = صفحهٔ HTML (بیشتر صفحهٔ خطای یک کارساز)
told-html-or-xml = صفحهٔ HTML یا سند XML (بیشتر صفحهٔ خطای یک کارساز)
told-xml-of-another-kind = سند XML از گونه‌ای دیگر (عنصر ریشه { $text })
told-xml-without-root = نشانه‌گذاری بی عنصر ریشه
told-ends-before-root = پرونده پیش از عنصر ریشه پایان می‌یابد
told-an-xml-document = سند XML
told-delta-for-a-list = دلتای OpenSanctions که خود فهرست نیست؛ entities.ftm.json را بگیرید
told-json-without-schema = JSON است، اما مورد FollowTheMoney نیست: فیلد schema ندارد
told-json-over-lines = یک سند JSON در چند سطر؛ پرونده‌های FollowTheMoney در هر سطر یک شیء دارند
told-json-not-closed = شیء JSON بسته نشده است
told-object-a-line = هر سطر یک شیء JSON
told-object-a-line-ended = هر سطر یک شیء JSON و پایان سطر پس از آخرین
told-begins-like-json = متنی که مانند JSON آغاز می‌شود ({ $what })
told-no-json-text = متنی که JSON نیست ({ $what })
told-only-row-incomplete = تنها سطر کامل نیست: { $text }
told-last-row-open = سطر آخر بسته نشده است: { $text }
told-last-row-short = سطر آخر از { $right } فیلد { $cells } تا دارد: { $text }
told-last-line-open = سطر آخر بسته نشده است: { $text }
told-last-line-no-json = سطر آخر JSON نیست: { $text }
told-whole-rows = سطرهای کامل
told-ofac-whole-rows = سطرهای کامل، هر یک با پایان سطر، و نشان پایان اوفک (بایت 1A) پس از آنها
told-ofac-end-mark = نشان پایان اوفک (بایت 1A) پس از سطر آخر، چنان‌که در { $file }
told-ofac-without-mark = پرونده نشان پایان ندارد
told-ofac-changes = پروندهٔ تغییرهای نسخه‌ای پیشین از فهرست اوفک
told-ofac-whole-list = همهٔ فهرست (SDN_ADVANCED.XML، CONS_ADVANCED.XML)
told-swiss-part = بخشی از فهرست تحریم سوئیس ({ $text })
told-swiss-whole-list = همهٔ فهرست (Gesamtliste، ‎list-type="whole-list")
told-catalogue-entry = index.json از OpenSanctions با name و version و منبع entities.ftm.json
told-catalogue-without = کاتالوگی بی مجموعه‌دادهٔ { $dataset }
told-catalogue-without-entities = مجموعه‌دادهٔ { $dataset } بی { $file }
told-catalogue-without-version = مجموعه‌دادهٔ { $dataset } بی نسخه
told-something-else = چیزی دیگر ({ $what })
told-index-of-deltas = نمایهٔ دلتاها: ‎{ "{" }"versions": { "{" }VERSION: ADDRESS{ "}" }{ "}" }
told-delta-line-expected = سطر دلتایی که با نسخهٔ موجود بخواند
told-no-element = هیچ عنصری نیست
told-element-open = { $text } بسته نشده است
told-end-tag-of = برچسب پایان { $text }
told-byte-no-utf8 = بایتی که UTF-8 نیست
told-document-in-utf8 = سندی به UTF-8
told-well-formed-xml = XML خوش‌ساخت

## Why a list could not be fetched

told-fetch-failed = { $address }: { $what }
told-fetch-failed-after = { $address }: { $what } ({ $attempts } بار آزموده شد)
told-no-web-address = این نشانی کارساز وب نیست؛ https://… بنویسید
told-no-connection = اتصال برقرار نشد: { $what }
told-none-within = در { $seconds } ثانیه برقرار نشد
told-server-unknown = نام کارساز شناخته نیست
told-connection-refused = پذیرفته نشد
told-proxy-address-wrong = نشانی پراکسی (HTTPS_PROXY، HTTP_PROXY، ALL_PROXY) درست نیست
told-proxy-makes-none = پراکسی (HTTPS_PROXY، HTTP_PROXY، ALL_PROXY) اتصالی برقرار نمی‌کند
told-no-secure-connection = اتصال امن برقرار نشد: { $what }؛ مرجع گواهی خود شرکت با ‎--ca یا SSL_CERT_FILE داده می‌شود
told-server-stalled = کارساز { $seconds } ثانیه هیچ نگفت
told-file-too-slow = پرونده پس از { $seconds } ثانیه نرسیده بود
told-file-cut = پرونده بریده شد: { $received } بایت رسید
told-file-cut-of = پرونده بریده شد: { $received } بایت رسید، { $promised } بایت اعلام شده بود
told-file-too-long = پرونده بیش از اندازه بزرگ است: { $received } بایت یا بیشتر؛ حداکثر { $most } بایت پذیرفته می‌شود
told-redirects-too-many = بیش از { $most } تغییر مسیر، آخرین به { $address }
told-redirect-without-address = تغییر مسیر بی نشانی
told-redirect-to-no-address = تغییر مسیر به چیزی که نشانی وب نیست
told-sent-to-insecure = کارساز از نشانی امن به { $address } می‌فرستد که امن نیست؛ این دنبال نمی‌شود
told-answered = کارساز پاسخ داد: { $code }
told-answered-wants-token = کارساز پاسخ داد: { $code }؛ ژتون یا ژتونی دیگر می‌خواهد
told-answered-not-there = کارساز پاسخ داد: { $code }؛ چنین پرونده‌ای نیست، آیا ناشر جابه‌جایش کرده است؟
told-answered-by-proxy = کارساز پاسخ داد: { $code }؛ پراکسی نام و گذرواژه می‌خواهد
told-answered-too-often = کارساز پاسخ داد: { $code }؛ بیش از اندازه پرسیده شد
told-answered-trouble = کارساز پاسخ داد: { $code }؛ خودش دچار اشکال است
told-answered-unasked = کارساز پاسخ داد: { $code }، با آنکه از تغییر پرسیده نشده بود
told-no-proper-http = پاسخ HTTP درستی نیست: { $what }
told-header-not-sendable = سرآیند حامل راز فرستادنی نیست: نام یا مقدارش نویسه‌هایی دارد که در سرآیند نمی‌آید
told-addresses-give-no-one-list = نشانی‌های { $dataset } یک فهرست نمی‌دهند
told-address-gives-another = نشانی { $dataset } فهرست دیگری می‌دهد: { $other }
told-gives-no-list = { $dataset } فهرستی نمی‌دهد
told-nothing-was-sent = { $address }: چیزی فرستاده نشد
told-length-is-another = { $name }: { $received } بایت رسید، کاتالوگ می‌گوید { $promised }؛ بریده شده یا در حال جایگزینی است
told-checksum-is-another = { $name }: ‏SHA-1 رسیده { $found } است و اعلام‌شده { $wanted }؛ بریده شده یا در حال جایگزینی است
told-in-line-of = { $name }، سطر { $line }: { $what }
told-not-put-in-use = نسخهٔ تازه در کاربرد گذاشته نشد: { $what }

## Why two versions are not compared, and what is wrong with a key

told-one-version-alone = تنها یک نسخه از { $dataset } در کاربرد بوده است؛ چیزی برای مقایسه نیست
told-version-was-swept = نسخهٔ پیشین { $dataset } یعنی { $version } پاک شده است و چیزی برای مقایسه نیست؛ نسخهٔ دیگری برگزینید
told-several-versions = { $text } می‌تواند چند نسخه باشد؛ بیشتر بنویسید
told-no-such-version = { $text } نه پرونده است، نه فهرست بارشده و نه نسخهٔ نگه‌داشته
told-key-is-missing = { $file } نیست: سندها و رازهای کدهای یک‌بارمصرف و وب‌هوک‌ها با کلید درون آن مهر شده‌اند و بی آن خوانده نمی‌شوند؛ آن را از پشتیبان بازگردانید یا با MIHENK_KEY_FILE نام ببرید

## What could not be erased

told-pages-and-log = صفحه‌های آزاد و گزارش پیش‌نویس { $store }
told-backup-out-of-reach = پشتیبان { $file } در دسترس نیست؛ بازش گردانید تا آنجا هم پاک شود، یا بگویید که دیگر نیست
told-store-is-busy = برنامهٔ دیگری بیش از { $seconds } ثانیه است که در مخزن می‌نویسد؛ چیزی ذخیره نشد، پس از پایان آن دوباره بکوشید ({ $what })

## What was found, where it is not the file's own words

told-found-nothing = هیچ
told-found-no-name = نامی نیست
told-found-no-end-mark = نشان پایان نیست
told-found-no-id = شناسه‌ای در ستونش نیست
told-found-no-schema = نوعی (schema) نیست
told-found-name-without-parts = نامی بی جزء
told-found-neither = نه نام و نه شماره
told-found-times = { $count } بار { $name }
told-found-delisted = { $count } رکورد که از فهرست برداشته شده است
told-found-entries = { $count } مدخل
told-found-without = { $field } نیست
told-found-without-value = { $text } بی مقدار
told-found-closed-record = رکورد بسته‌شده
told-found-interest-of = سهمی از نوع { $text }
told-found-the-place = جای { $text }
told-found-remark-cut = توضیحی بریده: { $text }
told-found-encoding = متن به { $encoding } است
told-found-bytes-no-utf8 = بایت‌هایی که UTF-8 نیستند
told-found-no-line-end = سطر آخر پایان سطر ندارد
told-found-only-end-mark = { $file } سطری ندارد، تنها نشان پایان دارد
told-found-no-workbook = کارپوشه‌ای برای { $name } نیست
told-found-no-column-of-weak = ستونی نیست که بگوید کدام نام‌ها ضعیف‌اند
told-found-column = ستون { $text }
told-found-a-column = ستونی به نام { $text }
told-found-sheet-unheaded = کاربرگ { $name } با { $rows } سطر و بی سرستون
told-found-row-of = سطری با { $count } فیلد: { $text }
told-found-row-for = سطری برای مورد شمارهٔ { $number }: { $text }
told-found-row-again = همان سطر بار دیگر
told-found-rows-apart = سطرهایی از شمارهٔ { $number } جدا از دیگر سطرهای آن
told-found-id-again = شناسه بار دیگر
told-found-own-id-again = شناسه‌اش بار دیگر
told-found-id-again-as = { $id } بار دیگر، هم به‌عنوان { $schema } و هم { $schema_again }
told-found-number-again = شمارهٔ { $id } بار دیگر
told-found-entity-again = مورد شمارهٔ { $number } بار دیگر
told-found-name-of-none = { $text } نام هیچ رکوردی نیست
told-found-name-of-several = { $text } نام { $count } رکورد است
told-found-record-in = رکورد { $name } در { $text }
told-found-record-without-number = رکوردی بی شماره: { $text }
told-found-record-without-usable-number = رکوردی بی شمارهٔ کاربردپذیر: { $text }
told-found-record-without-both = رکوردی بی شماره و نام: { $text }
told-found-row-without-number = سطری بی شماره: { $text }
told-found-row-without-name = سطری بی نام: { $text }
told-found-target-without-usable-number = رکوردی بی شمارهٔ کاربردپذیر: { $text }
told-found-party-without-number = طرفی بی شماره: { $text }
told-found-party-without-profile = طرفی بی نمایه: { $text }
told-found-entry-without-number = مدخلی بی شماره: { $text }
