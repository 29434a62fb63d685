### Türkçe: satırlar, değerler, listeler ve ayarlar için söylenenler.


## Rows and cells

told-line-too-long = Satır { $most } bayttan uzun; hiçbir kayda bu kadarı gerekmez, okunmadı
told-quote-open = Bir tırnak kapanmamış ya da kapanan tırnak hücrenin içinde; tırnak içeren hücre şöyle yazılır: "şöyle ""tırnaklı"""
told-column-not-utf8 = Sütun { $column } UTF-8 değil; dosyayı UTF-8 olarak kaydedin ya da kodlamasını belirtin
told-column-no-text = Sütun { $column }: { $encoding } kodlamasında karakter olmayan baytlar var
told-cells-too-many = Satırda { $cells } hücre var, ilk satırda { $right }; ayırıcı içeren hücre tırnak içinde yazılır
told-cells-too-few = Satırda { $cells } hücre var, ilk satırda { $right }
told-column-beyond = { $at }. sütunda bir hücre var; en fazla { $most } sütun okunur
told-column-holds = Sütun { $name }: burada { $held } var; metin, sayı ya da liste beklenir
told-list-not-closed = Liste ] ile kapanmıyor, kayıtlar eksik olabilir: dosya yarıda kesilmiş görünüyor
told-byte-not-utf8 = { $byte }. bayt UTF-8 değil; dosyayı UTF-8 olarak kaydedin ya da kodlamasını belirtin
told-no-json-object = JSON nesnesi değil: { $what }
told-field-no-text = Alan { $name }: { $what }; metin, sayı ya da bunların listesi beklenir
told-half-a-pair = vekil çiftin (surrogate) yarısı
told-too-deep = nesneler ya da listeler çok derin iç içe
told-field-beyond = Alan { $name } { $at }. sütun olurdu; en fazla { $most } sütun okunur
told-not-an-encoding = { $name } bilinen bir kodlama değil; örneğin utf-8, utf-16le, windows-1254, windows-1256 yazın
held-bytes-that-are-no-utf-8 = UTF-8 olmayan baytlar
held-a-group-of-fields = bir alan grubu
held-a-map = bir eşleme
held-a-time-that-no-calendar-has = hiçbir takvimde olmayan bir zaman

## Values

told-not-a-date = { $text } bir tarih değil; doğrusu 1957, 1957-05, 1957-05-16, 16 May 1957, 1957~ (yaklaşık) ya da 1955/1958 (arasında) gibi olur
told-no-such-day = { $text } takvimde yok: { $year } yılının { $month }. ayında { $day }. gün yoktur
told-date-of-two-days = { $text } iki ayrı gün olabilir; ayı yazıyla ya da tarihi yıl-ay-gün sırasıyla yazın
told-long-name = { $length } baytlık bir ad; en fazla { $most } bayt okunur
told-no-letters = { $text } ne harf ne rakam içeriyor
told-not-a-number = { $text } kimlik belirleyen bir numara değil
told-not-a-gender = { $text } bir cinsiyet değil; female (kadın), male (erkek) ya da other (diğer) yazın
told-not-a-country = { $text } bir ülke değil; ir gibi bir kod yazın
told-value-wrong = { $property }: { $what }
told-value-left-out = { $property }: { $what }. Bu değer dikkate alınmadı
told-only-titles = { $text } yalnızca unvan ya da hukuki biçim; adın kendisini yazın
told-nothing-to-go-by = Aranacak bir şey yok: en az bir ad ya da numara yazın
told-nothing-to-go-by-as = Aranacak bir şey yok: en az bir ad ya da numara yazın ({ $what })
told-kind-wrong = Türü: { $what }
told-no-schema-word = { $text } bir FollowTheMoney şeması değil; örneğin Person, Company, Vessel yazın
told-no-kind = { $text } bilinen bir tür değil; bu sözcüğün ne demek olduğunu belirtin, örneğin Kişi

## Records in JSON

told-not-json = JSON değil: { $what }
told-no-record = id, schema ve properties içeren bir nesne beklenir; bulunan: { $json }
told-not-an-entity-id = id alanı: { $text } bir kimlik olamaz; boşluksuz, 1 ile 255 bayt arası bir metin gerekir
told-schema-missing = schema alanı eksik; örneğin Person, Company ya da Vessel yazın
told-no-schema = schema alanı: { $text } bir FollowTheMoney şeması değil
told-no-schema-but-near = schema alanı: { $text } bir FollowTheMoney şeması değil; { $near } mi demek istediniz?
told-no-properties = properties alanı: metin listelerinden oluşan bir nesne beklenir; bulunan: { $json }
told-text-expected = Metin beklenir; bulunan: { $json }
told-list-for-a-record = id içeren bir nesne beklenir; bulunan bir liste
told-no-json-line = JSON değil: her satır bir nesnedir ve küme paranteziyle başlar
told-no-json-at = JSON değil: { $what } ({ $at }. karakter)
told-no-query-at = Sorgu değil: { $what } ({ $at }. karakter)
told-half-of-two = vekil çiftin (surrogate) yarısı; U+FFFF ötesindeki bir karakter iki \u kaçışıyla yazılır
told-id-no-text = id alanı: metin ya da sayı beklenir; bulunan: { $text }
told-no-columns = Bilinen sütun yok
told-record-not-utf8 = { $byte }. bayt UTF-8 değil; dosyayı UTF-8 olarak kaydedin
json-null = boş değer (null)
json-true-or-false = doğru ya da yanlış (true, false)
json-a-number = sayı
json-a-text = metin
json-a-list = liste
json-an-object = nesne

## Files of customers

told-number-missing = Kendi numarası yok; numaranın hangi sütunda olduğunu belirtin ve hücreyi doldurun
told-id-missing = id alanı: kendi numarası yok
told-parties-no-list = parties alanı: id, role, schema ve properties içeren nesnelerin listesi beklenir
told-party-wrong = parties alanı, { $nth }. taraf: { $what }
told-party-no-object = bir nesne beklenir
told-schema-not-screened = Bu tür taranmaz: { $schema }; Person, Company, LegalEntity ya da Vessel yazın
told-not-an-exposure = { $text } bir tutar değil; doğrusu 12500 gibi bir tam sayı olur
told-number-twice = { $reference } zaten başka değerlerle var ({ $place }); hangisi doğru?
told-no-such-parent = { $reference } numaralı müşteri ne dosyada ne de { $portfolio } portföyünde var
told-nobody-can-leave = Kimse ayrılmadı: alınmayan bir kaydın numarası yok, bu yüzden kimin eksik olduğu bilinmiyor. Kaydı düzeltip dosyayı yeniden alın
told-at-place = { $place }: { $what }
told-not-one-sign = { $text } tek bir ASCII karakteri değil; doğrusu ; ya da | gibi olur
told-not-a-line = { $text } bir satır numarası değil; doğrusu 3 gibi olur
mapping-country-wrong = { $text } bir ülke değil; doğrusu bir ülke adı ya da TR gibi bir kod olur

## What each setting is for

about-data = Veri klasörü; bir şey söylenmezse kullanıcının kendi klasörü
about-model = Programla gelen model yerine kullanılacak model dosyası
about-store = Depo: bir dosya ya da postgres://…; bir şey söylenmezse veri klasöründeki store.sqlite
about-threads = Çalışan iş parçacığı sayısı; bir şey söylenmezse tüm işlemciler
about-listen = Adres ve bağlantı noktası; YENTE_HOST ile YENTE_PORT da geçerlidir
about-manifest = yente biçiminde bildirim; bir dosya ya da adresi
about-crontab = Yeni listelere ne zaman bakılacağı (UTC); bir şey söylenmezse saatte bir
about-auto-update = Yeni listelere bakılıp bakılmayacağı
about-delta-updates = Listelerin tümü yerine değişikliklerin alınıp alınmayacağı
about-stale-after = Bir kopyanın ne kadar eski olabileceği, örneğin 3d; bir şey söylenmezse kaynağının söylediği
about-update-token = /updatez için jeton; o olmadan kimse çağıramaz
about-http-proxy = Listelerin alındığı vekil sunucu
about-ca = Listeler alınırken güvenilen sertifika makamları (PEM); başkasına güvenilmez
about-log-level = error, warn, info ya da debug
about-log-format = Terminal için text ya da json: her olay ve istek için bir satır
about-tls-certificate = TLS sertifikası, PEM dosyası
about-tls-key = Sertifikanın anahtarı, PEM dosyası
about-behind-proxy = TLS’i üstlenen vekil sunucuların adresleri, aralarında virgül
about-open-to = Kullanıcılar olsa da anahtarsız tarama yapabilen adresler
about-address-limit = Bir adresin saniyedeki istek sayısı; 0 ise sınır yok
about-key-limit = Bir anahtarın saniyedeki istek sayısı; 0 ise sınır yok
about-url = Tarayıcıların sunucuya ulaştığı adres
about-oidc-issuer = Kişilerin oturum açtığı OpenID Connect sağlayıcısı
about-oidc-client = Sunucunun o sağlayıcıdaki adı
about-oidc-secret-file = Oradaki sırrının bulunduğu dosya
about-oidc-secret = O sırrın kendisi
about-oidc-roots = Orada olağan sertifikalar yerine güvenilecek olanlar
about-title = Sunucunun adı
about-max-batch = Bir istekteki sorgu sayısı
about-match-page = Sınır istenmediğinde bir sorgunun sonuç sayısı
about-max-matches = İstenebilecek en yüksek sınır
about-match-candidates = Kabul edilir ama bir şeyi değiştirmez: burada hiçbir aday yitmez
about-default-algorithm = Hiçbiri istenmediğinde kullanılan algoritma
about-best-algorithm = ‘best’ ile ne denmek istendiği
about-hidden-algorithms = /algorithms sayfasının söylemediği algoritmalar, aralarında virgül
about-max-url-length = Yol ile sorgunun bayt sayısı
about-webhook-private = Web kancalarının özel ağ adreslerine ulaşıp ulaşamayacağı
