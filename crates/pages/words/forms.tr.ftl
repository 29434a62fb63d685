# İnsanların işlem yaptığı formların sözleri: tutulan varlıklar, listeler, denetçi için dışa aktarım, anahtarlar, olanların bildirildiği adresler.

## Dondurma: başka koşullar

freeze-vary = Başka koşullar
freeze-vary-how = Olduğu gibi bırakılan öyle kalır. Gerisi ancak başka biri onaylayınca geçerli olur.
freeze-vary-values = Değerler, örneğin 1250.00 EUR; bilinmiyorsa boş
freeze-vary-add = Bundan böyle ayrıca dondurulanlar
freeze-vary-propose = Bu koşulları öner
write-down = Kaydet

## Dondurma: istisnalar

exemptions-none = İstisna yok.
exemption-propose = İstisna öner
exemption-how = Bu dondurmanın dayandığı rejimin tanıdıkları. Başka biri onaylar; sonra adının altında yazan yoldan gider.
exemption-limit-how = Toplam en çok, örneğin 1250.00 EUR
exemption-licence = Varsa izin numarası
exemption-from = İlk gün
exemption-to = Son gün
exemption-left = kalan:
exemption-until = komite { $day } gününe kadar itiraz edebilir
exemption-not-objected = { $day } gününe kadar itiraz eden olmadı
exemption-pay = ödeme yaz
exemption-working-days = { $days ->
    [one] Bir iş günü içinde itiraz edebilir.
   *[other] { $days } iş günü içinde itiraz edebilir.
}
exemption-needs-limit = Sınır gerekir.
amount-how = Tutar, örneğin 1250.00 EUR
procedure-notify = Komiteye bildirilir.
procedure-approve = Komiteye bildirilir; komitenin onayı gerekir.
procedure-licence = İzin gerekir; numarası kaydedilir.
procedure-standing = Başka bir şey gerekmez: koşullarına uyan herkese hukuk izin verir.
exempt-basic-expenses = Temel giderler
exempt-extraordinary-expenses = Olağanüstü giderler
exempt-humanitarian = İnsani yardım
exempt-general-licence = Genel izin
exempt-licence = İzin
committee-notified = komiteye bildirildi
committee-answered = komite yanıtladı
committee-letter = Yazının numarası
committee-words = Yazısının numarası ya da itirazının nedeni
committee-approved = onayladı
committee-objected = itiraz etti

## Dondurma: bildirimler

notices-none = Yazılmış bildirim yok.
notice-to = Orada kime
notice-how = Nasıl: mektup, e-posta, elden
notice-give = Bildirim yaz
notice-untold = Henüz bildirilmedi:
notice-letter = Dosya olarak mektup, kime:

## Bir istisna neden önerilmez ya da kullanılmaz

refused-no-such-exemption = { $regime } şu istisnayı tanımıyor: { $kind }. Tanıdıkları: { $known }.
refused-nothing-to-exempt = { $id } için istisna olamaz: { $freeze_state }.
refused-exemption-needs-limit = { $exemption }: sınır gerekir; tüm ödemeler birlikte bunu aşamaz.
refused-exemption-needs-licence = { $exemption }: izin numarası gerekir.
refused-exemption-over = Son gün { $day } ilk günden önce ya da geçmiş.
refused-exemption-stands-otherwise = { $id } şu durumdayken bu olmaz: { $exemption_state }.
refused-no-committee = { $id } hiçbir komiteye gitmez.
refused-committee-day-wrong = { $day } gelecekte ya da komiteye bildirilmeden önce.
refused-no-exemption-needed = { $id } için istisna gerekmez: { $freeze_state }.
refused-payment-ahead = { $day } gelecekte; ödeme, yapıldığında yazılır.
refused-committee-may-object = Komite { $until } gününe kadar itiraz edebilir.
refused-committee-not-approved = Komite onaylamadı.
refused-committee-not-notified = Komiteye bildirilmedi.
refused-exemption-not-confirmed = Başka biri onaylamadı.
refused-committee-refused = Komite reddetti.
refused-exemption-was-declined = Geri çevrildi.
refused-exemption-not-valid = { $first } ile { $last } arasında geçerlidir.
refused-payment-of-nothing = Ödeme tutarı 0’dan büyük olmalı.
refused-payment-other-currency = { $id } para birimi { $currency }; { $amount } başka bir para birimi.
refused-payment-too-large = { $amount }, { $id } için kalandan çok: { $limit } içinden { $left }.

## Listeler: bakılan, kullanıma alınandır

looked-instead = Yayımlayanda artık baktığınızdan başka bir sürüm var. Hiçbir şey kullanıma alınmadı.
diff-instead = Yayımlayanda artık baktığınızdan başka bir sürüm var; bu yüzden hiçbir şey kullanıma alınmadı. Şimdi orada olanın ne yapacağı burada.
removals-both = Giderlerse, önceki bir kararla kalan { $n } kayıt da onlarla gider.
removals-stay = Yayımlayanda artık yok, bir kararla kalanlar
removals-later = { $n ->
    [one] Kalması istenen kayıt gitsin mi?
   *[other] Kalması istenen { $n } kayıt gitsin mi?
}
removals-later-how = Biri öyle karar verdiği için taranmayı sürdürüyorlar. Gidince artık bulunmazlar; uyarılar ve dondurmalar olduğu gibi kalır.
refused-no-removals-wait = { $list } için karar bekleyen yok.
refused-list-changed-meanwhile = { $list } artık baktığınızdan başka bir sürüm. Yeniden bakın.

## Denetçi için dışa aktarım

audit-export = Denetçi için
audit-export-how = Zincirin bir bölümü, tek dosya olarak. Bu programın deposu olmadan da denetlenebilir: mihenk audit verify DOSYA. Aldığınız kaydedilir.
audit-export-from = Şu olaydan
audit-export-to = Şu olaya; en yenisi için boş
audit-export-get = Dosyayı al
refused-not-an-event-number = { $text } bir olay numarası değil.
refused-no-such-range = { $first } ile { $last } arası olay yok; 1 ile { $end } arası var.

## Kendi anahtarları

own-keys = API anahtarlarınız
own-keys-how = Bir anahtarla bir program sizin adınıza sorar: gününe kadar, kapsamının söylediğini ve sizin yapabildiğinizi yapabilir. Sırrını elinde tutan siz sayılır; parolanız gibi saklayın, bilinmiş olabilirse iptal edin.
own-keys-none = Anahtarınız yok.
own-key-make = Anahtar yap
own-key-new = { $label } anahtarının sırrı şimdi gösteriliyor, bir daha gösterilmez. Gereken yere kopyalayın.
own-key-rotate-now = Yeni sır ver

refused-key-label-wrong = Anahtara en çok { $most } karakterlik bir ad gerekir.
refused-key-needs-scope = Anahtarın ne için olduğunu seçin.
refused-service-does-not-work = Bir hizmet, analist gibi karar vermez; başka bir şey seçin.
refused-key-days-wrong = Bir anahtar 1 ile { $most } gün arası geçerlidir.
refused-key-overlap-too-long = Önceki sır en çok { $days } gün daha geçer.
refused-key-revoked-already = { $id } zaten iptal edilmiş.
refused-key-over = { $id } artık geçmiyor; yenisini yapın.
refused-not-a-scope = Bir anahtar şunun için olamaz: { $text }.

## Olanların bildirildiği adresler

webhooks = Kime bildirilir
webhooks-how = Her adrese olanlar yalnız kimliklerle, kendi sırrıyla imzalı olarak bildirilir (Standard Webhooks). Bir yönetici önerir, başkası onaylar; sır o zaman bir kez gösterilir.
webhooks-none = Hiçbir adrese bir şey bildirilmiyor.
webhook-url = Adres
webhook-parts = Ne hakkında
webhook-last = Son teslim
webhook-behind = { $n ->
    [one] Bir deneme başarısız
   *[other] { $n } deneme başarısız
}
webhook-next = sonraki
webhook-add = Bir adrese bildir
webhook-url-how = Adres: https ya da bu makineye http
webhook-parts-how = Ne hakkında bildirilir; hiçbiri seçilmezse her şey
webhook-secret = { $url } adresinin sırrı şimdi gösteriliyor, bir daha gösterilmez. Orada imzaları denetleyene verin.
webhook-end = Artık bildirme
webhook-is-proposed = ikinci yöneticiyi bekliyor
webhook-is-active = bildiriliyor
webhook-is-declined = geri çevrildi
webhook-is-ended = artık bildirilmiyor
webhook-part-alert = uyarılar
webhook-part-case = dosyalar
webhook-part-customer = müşteriler
webhook-part-freeze = dondurmalar
webhook-part-merging = kim aynı kişi
webhook-part-redress = şikâyetler
letters-dead = Vazgeçilenler
letters-dead-how = Çok uzun süre teslim edilemeyen ya da reddedilenler. Aynı kimliklerle yeniden teslim edilebilir.
letters-none = Vazgeçilen bir şey yok.
letter-range = Olaylar
letter-why = Ne yanıt geldi
letter-when = Vazgeçildi
letter-replay = Yeniden teslim et
letter-is-dead = vazgeçildi
letter-is-waiting = yeniden teslim ediliyor
letter-is-delivered = teslim edildi
refused-nothing-told-of = Kimseye bildirilen bir şey değil: { $text }.
refused-address-not-told = { $text } bildirilebilecek bir adres değil. Doğrusu https ve bir sunucu; kullanıcı, parola ya da parça olmadan. http yalnız bu makineye gider.
refused-own-webhook = { $id } sizin öneriniz; başka bir yönetici onaylar.
refused-webhook-stands-otherwise = { $id } şu durumdayken bu olmaz: { $webhook_state }.
refused-letter-not-dead = { $id } vazgeçilmiş değil: { $letter_state }.

## Yanında bir uyarıyla iş listesi

beside = Seçilen uyarı
beside-whole = Hakkında bilinen her şey

## Genel bakış: ne hızla, ne sıklıkla boşuna

figure-pace = saatte karar, karar verilen saatler içinde
tenth = ,{ $n }
by-list-title = Listeye göre boşuna
by-list-how = bu on dört günün son 2.000 kararından
by-list-other = başka biri
by-list-share = boşuna

## Sessiz çiftler: ne ortaya çıkardı

rule-without = Geri alınırsa şöyle ortaya çıkar: { $kind }, { $probability }.
rule-without-none = Tarama bu çifti artık bulmuyor; hiçbir şey ortaya çıkmaz.

## Alanlar

typed-scope = Kapsam
typed-authority = Makam
typed-recipient = Kime ödenir
typed-limit = Toplam en çok
typed-amount = Tutar
typed-words = Ne dedi
typed-said = Ne
typed-exemption = İstisna
typed-next = Yeniden bakma günü
typed-version = Sürüm
typed-decision = Karar
typed-label = Anahtarın adı
typed-days = Gün
typed-url = Adres
typed-part = Ne hakkında
