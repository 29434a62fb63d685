### Turkish: why a file is no table and no list, why it could not be fetched, what was found in it, what could not be erased.

## Forms of files that are no table and no list

form-a-pdf-document = bir PDF belgesi
form-an-image = bir resim
form-an-old-office-document = eski bir Office belgesi
form-a-bzip2-archive = bir bzip2 arşivi
form-an-xz-archive = bir xz arşivi
form-a-7-zip-archive = bir 7-Zip arşivi
form-a-zstd-archive = bir zstd arşivi

## Why a file is no table

told-in-file = { $file }: { $what }
told-in-line = { $line }. satır: { $what }
told-in-row = { $row }. satır: { $what }
told-is-a-folder = Bu bir klasör; bir dosya verin
told-is-no-text = Bu bir metin değil; bir çalışma kitabı ya da ikili biçimde bir tablo
told-is-a-pdf = Bu bir PDF belgesi; tabloyu CSV ya da XLSX olarak alın
told-is-old-office = Bu eski ya da parolalı bir Office belgesi; parolasız XLSX olarak kaydedin
told-is-packed = Bu { $form }; önce açın
told-is-rtf = Bu bir RTF belgesi; tabloyu CSV ya da XLSX olarak kaydedin
told-is-markup = Bu bir tablo değil, işaretleme (HTML ya da XML); CSV ya da XLSX olarak kaydedin
told-is-binary = Bu bir tablo değil, ikili veri (NUL baytları var)
told-is-utf16 = Dosya UTF-16; UTF-8 olarak kaydedin
told-lines-end-with-cr = Satırlar yalnızca CR ile bitiyor; dosyayı LF ya da CR LF ile kaydedin
told-table-is-empty = Dosya boş; sütun adlarının bulunduğu bir ilk satır beklenir
told-sheet-is-empty = Sayfa boş; sütun adlarının bulunduğu bir ilk satır beklenir
told-columns-too-many = { $count } sütun var; bir tabloda en çok { $most } olur
told-more-than-memory = Bellekte { $most } bayttan fazlası tutulacaktı; bir dosyaya açıp onu verin
told-unpacks-to-too-much = { $packed } bayt açılınca { $out } bayttan fazla oluyor; hiçbir tablo böyle değildir, okuma bırakıldı
told-gzip-cut = gzip dosyası yarıda kesilmiş; yeniden alın ya da paketleyin
told-gzip-damaged = gzip dosyası bozuk ({ $what }); yeniden alın ya da paketleyin
told-zip-broken = Dosya bozuk ya da yarıda kesilmiş ({ $what }); yeniden alın ya da kaydedin
told-workbook-damaged = Çalışma kitabı bozuk; yeniden kaydedin
told-workbook-broken = Çalışma kitabı bozuk ya da yarıda kesilmiş ({ $what }); yeniden kaydedin
told-workbook-ends-early = Çalışma kitabı sonuna kadar okunamadı
told-workbook-has-password = Çalışma kitabı parolalı; parolasız kaydedin
told-zip-is-no-workbook = Bu bir ZIP arşivi ama hücreli sayfası olan bir Excel çalışma kitabı değil ({ $what }); tabloyu XLSX ya da CSV olarak kaydedin
told-no-such-sheet = Çalışma kitabında { $name } adlı sayfa yok; olanlar: { $known }
told-no-sheet-of-cells = Çalışma kitabında hücreli sayfa yok
told-parquet-unreadable = Parquet dosyası okunamıyor: { $what }
told-parquet-damaged = Parquet dosyası bozuk; yeniden yazın
told-parquet-left-out = Bu bir Apache Parquet dosyası, bu program onsuz derlenmiş; CSV olarak kaydedin
told-file-is-empty = Dosya boş
told-more-mebibytes = Dosya { $most } MiB’den büyük, en çok bu kadarı okunur; bölün
told-more-mebibytes-sent = Dosya { $most } MiB’den büyük, en çok bu kadarı alınır; parçalar halinde gönderin
told-files-wait-already = Zaten { $most } dosyanız bekliyor; bazılarını alın ya da silin
told-file-is-being-taken = Bu dosya şu anda alınıyor
told-file-is-in = Bu dosya zaten alındı; yeniden almak için yeniden gönderin
told-file-is-being-sent = Bu dosya hâlâ gönderiliyor
told-nothing-came = { $seconds } saniye boyunca hiçbir şey gelmedi; dosyayı yeniden gönderin
told-no-file-came = Dosya gelmedi; bir dosya seçin

## Why a list could not be read at all

told-list-unreadable = { $file }: okunamıyor: { $what }
told-no-file-given = Dosya verilmedi; en az bir liste dosyası belirtin
told-list-file-empty = { $file }: dosya boş; yeniden indirin
told-no-list-but = { $file } bir liste değil. Bulunan: { $found }. Beklenen: { $wanted }
told-list-cut = { $file }: dosya yarıda kesilmiş, { $line }. satır ({ $byte }. bayt). Bulunan: { $found }. Beklenen: { $wanted }. Yeniden indirin
told-list-malformed = { $file }: { $line }. satır ({ $byte }. bayt). Bulunan: { $found }. Beklenen: { $wanted }
told-list-without-records = { $file }: listede hiç kayıt yok; kayıtsız bir liste tam sayılmaz, yeniden indirin
told-list-only-adds = { $file }: bu dosya ({ $part }) yalnızca şuna eklenir: { $missing }; aynı çağrıda onu da verin
told-list-given-twice = { $file } ile { $other } aynı listenin aynı bölümü ({ $part }); birini verin
told-readable-lists = BM Güvenlik Konseyi’nin, OFAC’ın, AB’nin, Birleşik Krallık’ın, İsviçre’nin, Kanada’nın, Avustralya’nın ya da Türkiye’nin yayımladığı biçimde bir liste, FollowTheMoney kayıtları (her satırda bir JSON nesnesi) ya da Beneficial Ownership Data Standard 0.4 beyanları (JSON)
told-perhaps-own = { $found }; kendi listenizse ‘mihenk lists map DOSYA’ ile bir eşleme yazıp --map ile ekleyin
told-like-form-take-edition = { $form }; listenin XML ya da CSV sürümünü alın
told-list-gzip = bir gzip arşivi; önce açın (gzip -d)
told-list-utf16 = UTF-16 metin; UTF-8 olarak kaydedin
told-list-utf16-unmarked = bayt sırası işareti olmayan UTF-16 metin; UTF-8 olarak kaydedin
told-list-binary = ikili veri (NUL baytları var), belki bir arşiv
told-archive-no-workbook = çalışma kitabı olmayan bir ZIP arşivi ya da Office belgesi; açın ya da başka bir sürümü alın
told-archive-without-end = arşivin bitiş kaydı yok
told-whole-workbook = eksiksiz bir çalışma kitabı
told-json-array = bir JSON dizisi; FollowTheMoney dosyalarında her satırda köşeli ayraçsız bir nesne olur
told-statements-before = Beneficial Ownership Data Standard’ın 0.4 öncesi beyanları; yayımlayandan 0.4 sürümünü isteyin
told-workbook-of-first-row = ilk satırı { $text } olan bir çalışma kitabı
told-table-of-first-row = ilk satırı { $text } olan bir tablo
told-text-beginning-with = { $text } ile başlayan bir metin
told-html-page = bir HTML sayfası (çoğu kez bir sunucunun hata sayfası)
told-html-or-xml = bir HTML sayfası ya da XML belgesi (çoğu kez bir sunucunun hata sayfası)
told-xml-of-another-kind = başka türden bir XML belgesi (kök öğe { $text })
told-xml-without-root = kök öğesi olmayan bir işaretleme
told-ends-before-root = dosya kök öğeden önce bitiyor
told-an-xml-document = bir XML belgesi
told-delta-for-a-list = OpenSanctions’ın bir delta dosyası, tek başına liste değildir; entities.ftm.json dosyasını alın
told-json-without-schema = JSON ama FollowTheMoney kaydı değil: schema alanı yok
told-json-over-lines = birkaç satıra yayılan tek bir JSON belgesi; FollowTheMoney dosyalarında her satırda bir nesne olur
told-json-not-closed = JSON nesnesi kapatılmamış
told-object-a-line = her satırda bir JSON nesnesi
told-object-a-line-ended = her satırda bir JSON nesnesi ve sonuncudan sonra bir satır sonu
told-begins-like-json = JSON gibi başlayan bir metin ({ $what })
told-no-json-text = JSON olmayan bir metin ({ $what })
told-only-row-incomplete = tek satır tamam değil: { $text }
told-last-row-open = son satır kapatılmamış: { $text }
told-last-row-short = son satırda { $right } alandan { $cells } tanesi var: { $text }
told-last-line-open = son satır kapatılmamış: { $text }
told-last-line-no-json = son satır JSON değil: { $text }
told-whole-rows = eksiksiz satırlar
told-ofac-whole-rows = her biri satır sonuyla biten eksiksiz satırlar ve ardından OFAC’ın bitiş işareti (1A baytı)
told-ofac-end-mark = { $file } dosyasındaki gibi son satırdan sonra OFAC’ın bitiş işareti (1A baytı)
told-ofac-without-mark = dosyada bitiş işareti yok
told-ofac-changes = OFAC listesinin önceki bir sürümüne yapılan değişikliklerin dosyası
told-ofac-whole-list = listenin tamamı (SDN_ADVANCED.XML, CONS_ADVANCED.XML)
told-swiss-part = İsviçre yaptırım listesinin bir bölümü ({ $text })
told-swiss-whole-list = listenin tamamı (Gesamtliste, list-type="whole-list")
told-catalogue-entry = OpenSanctions’ın name, version ve entities.ftm.json kaynağını içeren index.json dosyası
told-catalogue-without = { $dataset } veri kümesini içermeyen bir katalog
told-catalogue-without-entities = { $file } dosyası olmayan { $dataset } veri kümesi
told-catalogue-without-version = sürümü olmayan { $dataset } veri kümesi
told-something-else = başka bir şey ({ $what })
told-index-of-deltas = deltaların dizini: { "{" }"versions": { "{" }SÜRÜM: ADRES{ "}" }{ "}" }
told-delta-line-expected = eldeki sürüme uyan bir delta satırı
told-no-element = hiç öğe yok
told-element-open = { $text } kapatılmamış
told-end-tag-of = { $text } için bitiş etiketi
told-byte-no-utf8 = UTF-8 olmayan bir bayt
told-document-in-utf8 = UTF-8 bir belge
told-well-formed-xml = düzgün kurulmuş XML

## Why a list could not be fetched

told-fetch-failed = { $address }: { $what }
told-fetch-failed-after = { $address }: { $what } ({ $attempts } kez denendi)
told-no-web-address = Bu bir web sunucusu adresi değil; https://… yazın
told-no-connection = Bağlantı yok: { $what }
told-none-within = { $seconds } saniye içinde kurulamadı
told-server-unknown = sunucunun adı bilinmiyor
told-connection-refused = geri çevrildi
told-proxy-address-wrong = vekil sunucunun adresi (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) bir adres değil
told-proxy-makes-none = vekil sunucu (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) bağlantı kurmuyor
told-no-secure-connection = Güvenli bağlantı yok: { $what }; kurumun kendi sertifika makamı --ca DOSYA ya da SSL_CERT_FILE ile verilir
told-server-stalled = Sunucu { $seconds } saniye boyunca yanıt vermedi
told-file-too-slow = Dosya { $seconds } saniye sonra hâlâ gelmemişti
told-file-cut = Dosya yarıda kesildi: { $received } bayt geldi
told-file-cut-of = Dosya yarıda kesildi: { $received } bayt geldi, { $promised } bayt bildirilmişti
told-file-too-long = Dosya çok uzun: { $received } bayt ya da daha fazla; en çok { $most } alınır
told-redirects-too-many = { $most } yönlendirmeden fazla, sonuncusu: { $address }
told-redirect-without-address = adresi olmayan bir yönlendirme
told-redirect-to-no-address = web adresi olmayan bir şeye yönlendirme
told-sent-to-insecure = Sunucu güvenli bir adresten güvenli olmayan { $address } adresine yönlendiriyor; bu izlenmez
told-answered = Sunucu { $code } yanıtını verdi
told-answered-wants-token = Sunucu { $code } yanıtını verdi: bir jeton ya da başka bir jeton istiyor
told-answered-not-there = Sunucu { $code } yanıtını verdi: böyle bir dosya yok; yayımlayan taşımış olabilir mi?
told-answered-by-proxy = Sunucu { $code } yanıtını verdi: vekil sunucu ad ve parola istiyor
told-answered-too-often = Sunucu { $code } yanıtını verdi: çok sık soruldu
told-answered-trouble = Sunucu { $code } yanıtını verdi: kendisinde bir sorun var
told-answered-unasked = Sunucu, bir şey değişip değişmediği sorulmadığı halde { $code } yanıtını verdi
told-no-proper-http = Yanıt düzgün bir HTTP yanıtı değil: { $what }
told-header-not-sendable = Sırrı taşıyan başlık gönderilemiyor: adında ya da değerinde bir başlıkta bulunamayacak karakterler var
told-addresses-give-no-one-list = { $dataset } adreslerinden tek bir liste gelmiyor
told-address-gives-another = { $dataset } adresinden başka bir liste geliyor: { $other }
told-gives-no-list = { $dataset } bir liste vermiyor
told-nothing-was-sent = { $address }: hiçbir şey gönderilmedi
told-length-is-another = { $name }: { $received } bayt geldi, katalog { $promised } diyor; yarıda kesilmiş ya da şu anda değiştiriliyor
told-checksum-is-another = { $name }: gelenin SHA-1’i { $found }, bildirilen { $wanted }; yarıda kesilmiş ya da şu anda değiştiriliyor
told-in-line-of = { $name }, { $line }. satır: { $what }
told-not-put-in-use = Yeni sürüm kullanıma alınamadı: { $what }

## Why two versions are not compared, and what is wrong with a key

told-one-version-alone = { $dataset } listesinin yalnızca bir sürümü kullanıldı; karşılaştırılacak bir şey yok
told-version-was-swept = { $dataset } listesinin önce kullanılan { $version } sürümü silinmiş, karşılaştırılacak bir şey yok; başka birini seçin
told-several-versions = { $text } birden çok sürüm olabilir; daha uzun yazın
told-no-such-version = { $text } ne bir dosya, ne yüklü bir liste, ne de saklanan bir sürüm
told-key-is-missing = { $file } yok: belgeler ile tek kullanımlık kodların ve web kancalarının sırları içindeki anahtarla mühürlüdür, onsuz okunamaz; yedekten geri getirin ya da MIHENK_KEY_FILE ile belirtin

## What could not be erased

told-pages-and-log = { $store } boş sayfaları ve ön yazma günlüğü
told-backup-out-of-reach = { $file } yedeğine ulaşılamıyor; orada da silinebilmesi için geri getirin ya da artık var olmadığını bildirin
told-store-is-busy = Başka bir program { $seconds } saniyeden uzun süredir depoya yazıyor; hiçbir şey saklanmadı, bitince yeniden deneyin ({ $what })

## What was found, where it is not the file's own words

told-found-nothing = hiçbir şey
told-found-no-name = ad yok
told-found-no-end-mark = bitiş işareti yok
told-found-no-id = sütununda kimlik yok
told-found-no-schema = şema yok
told-found-name-without-parts = parçaları olmayan bir ad
told-found-neither = ne ad ne de numara
told-found-times = { $count } kez { $name }
told-found-delisted = listeden çıkarılmış { $count } kayıt
told-found-entries = { $count } giriş
told-found-without = { $field } yok
told-found-without-value = değeri olmayan { $text }
told-found-closed-record = kapatılmış bir kayıt
told-found-interest-of = { $text } türünde bir pay
told-found-the-place = { $text } yeri
told-found-remark-cut = kesilmiş bir açıklama: { $text }
told-found-encoding = metin { $encoding } kodlamasında
told-found-bytes-no-utf8 = UTF-8 olmayan baytlar
told-found-no-line-end = son satırın satır sonu yok
told-found-only-end-mark = { $file } dosyasında satır yok, yalnızca bitiş işareti var
told-found-no-workbook = { $name } için çalışma kitabı yok
told-found-no-column-of-weak = hangi adların zayıf olduğunu söyleyen bir sütun yok
told-found-column = { $text } sütunu
told-found-a-column = bir { $text } sütunu
told-found-sheet-unheaded = başlığı olmayan { $rows } satırlık { $name } sayfası
told-found-row-of = { $count } alanlı bir satır: { $text }
told-found-row-for = { $number } numaralı kayıt için bir satır: { $text }
told-found-row-again = aynı satır bir kez daha
told-found-rows-apart = { $number } numarasının ötekilerden ayrı duran satırları
told-found-id-again = kimlik bir kez daha
told-found-own-id-again = kendi kimliği bir kez daha
told-found-id-again-as = { $id } bir kez daha, hem { $schema } hem { $schema_again } olarak
told-found-number-again = { $id } kaydının numarası bir kez daha
told-found-entity-again = { $number } numaralı kayıt bir kez daha
told-found-name-of-none = { $text } hiçbir kaydın adı değil
told-found-name-of-several = { $text } { $count } kaydın adı
told-found-record-in = { $text } içinde bir { $name } kaydı
told-found-record-without-number = numarası olmayan bir kayıt: { $text }
told-found-record-without-usable-number = kullanılabilir numarası olmayan bir kayıt: { $text }
told-found-record-without-both = numarası ve adı olmayan bir kayıt: { $text }
told-found-row-without-number = numarası olmayan bir satır: { $text }
told-found-row-without-name = adı olmayan bir satır: { $text }
told-found-target-without-usable-number = kullanılabilir numarası olmayan bir kayıt: { $text }
told-found-party-without-number = numarası olmayan bir taraf: { $text }
told-found-party-without-profile = profili olmayan bir taraf: { $text }
told-found-entry-without-number = numarası olmayan bir giriş: { $text }
