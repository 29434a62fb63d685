### Türkçe.


## A finding in a report

finding = { $found }. Doğrusu: { $right }.
finding-demanded = Yalnız isteyen: { $by }.
finding-not-verified = Kural bu sürümün bir şemasında okunmuş değil.
finding-or = { " ya da " }
finding-and = { " ve " }

## What is found in a report, by its name

goaml-nothing = Hiçbir şey yok
goaml-empty-element = Boş bir öğe
goaml-empty-list = Boş bir liste
goaml-text = “{ $text }”
goaml-text-beside = Öğelerinin yanında metin: “{ $text }”
goaml-text-of-length = { $characters } karakter: “{ $text }”
goaml-character = U+{ $code } karakteri
goaml-character-in = “{ $text }” içinde { $character }
goaml-without-time = “{ $text }”, saati yok; 00:00:00 olarak okunur
goaml-behind-seconds = “{ $text }”, saniyeden sonra “{ $rest }” var; dikkate alınmaz
goaml-element = { $element } adlı bir öğe
goaml-element-with = { $element } adlı bir öğe, içeriği “{ $text }”
goaml-behind = { $element }, { $other } öğesinden sonra
goaml-once-more = { $element } bir kez daha
goaml-so-manieth = { $element }, { $count }. kez
goaml-several = { $all_of }
goaml-attribute = { $attribute } adlı bir öznitelik, değeri “{ $text }”

## What would be right in a report, by its name

goaml-only-elements-of = yalnız { $parent } öğeleri
goaml-only-elements = yalnız { $element } öğeleri
goaml-order-of-schema = şemadaki sıra; orada { $element } daha önce gelir
goaml-once = bir kez
goaml-at-most = en çok { $count }
goaml-at-least-one = en az bir { $element }
goaml-element-that-is-there = goAML { $version } sürümünün { $parent } içinde tanıdığı bir öğe
goaml-no-such-element = böyle bir öğe olmaması
goaml-any-of = { $any_of }
goaml-one-of = şunlardan biri: { $any_of }
goaml-with = { $element } ile birlikte { $other }
goaml-without-attribute = onsuz bir öğe
goaml-elements-of-type = { $schema_type }
goaml-allowed-text = XML 1.0’ın izin verdiği metin
goaml-latin-text = Latin harfleri, rakamlar, boşluklar ve . ' -
goaml-text-of = { $most } karakterlik metin
goaml-text-between = en az { $least }, en çok { $most } karakterlik metin
goaml-text-up-to = en çok { $most } karakterlik metin
goaml-whole-number = bir tam sayı
goaml-whole-number-between = en az { $low }, en çok { $high } olan bir tam sayı
goaml-whole-number-from = en az { $low } olan bir tam sayı
goaml-whole-number-up-to = en çok { $high } olan bir tam sayı
goaml-number = bir sayı
goaml-number-between = en az { $low }, en çok { $high } olan bir sayı
goaml-number-from = en az { $low } olan bir sayı
goaml-number-up-to = en çok { $high } olan bir sayı
goaml-decimal = en çok { $decimals } ondalıklı bir sayı
goaml-decimal-between = en az { $low }, en çok { $high } olan, en çok { $decimals } ondalıklı bir sayı
goaml-decimal-from = en az { $low } olan, en çok { $decimals } ondalıklı bir sayı
goaml-decimal-up-to = en çok { $high } olan, en çok { $decimals } ondalıklı bir sayı
goaml-date-and-time = 1753’ten önce olmayan tarih ve saat, örneğin 2026-11-26T09:30:00
goaml-truth = true ya da false
goaml-truth-or-nothing = true ya da öğenin hiç olmaması
goaml-country = iki harfli ülke kodu, örneğin TR
goaml-currency = üç harfli para birimi kodu, örneğin EUR
goaml-code-of = { $list } listesinden bir kod
goaml-one-of-codes = şunlardan biri: { $known }
goaml-code-of-authority = makamın kendi { $list } listesinden bir kod (okunan listelerde olanlar: { $known })

## What screening finds otherwise than before, by its name

unlike-customer-gained = Müşteride yeni – { $property }: { $value }
unlike-customer-lost = Müşteride artık yok – { $property }: { $value }
unlike-listing-gained = Liste kaydında yeni – { $property }: { $value }
unlike-listing-lost = Liste kaydında artık yok – { $property }: { $value }
unlike-kind-changed = Tür şimdi { $alert_kind }, önceden { $alert_kind_before }
unlike-evidence-changed = Kanıt şimdi { $bits } bit, önceden { $bits_before }
unlike-name-changed = Listedeki ad şimdi { $text }, önceden { $text_before }
unlike-now-under = Artık şurada da listede: { $listing }
unlike-no-longer-under = Artık şurada listede değil: { $listing }
unlike-now-under-topic = Yeni listelenme konusu: { $topic }
unlike-no-longer-under-topic = Kalkan listelenme konusu: { $topic }
unlike-exposure-changed = Risk tutarı şimdi { $now }, önceden { $before }
unlike-other-evidence = Kanıtın satırları farklı
unlike-found-again = Yeniden bulundu
unlike-before-erased = Önceden bulunan silinmiş
unlike-rule-basis-erased = Kuralın dayandığı bulgu silinmiş
unlike-not-found-now = Artık bulunmuyor
unlike-bits-then = Bitin yüzde birleri: o gün { $before }, şimdi { $now }
unlike-score-then = Puanın on binde birleri: o gün { $before }, şimdi { $now }
unlike-probability-then = Olasılığın milyonda birleri: o gün { $before }, şimdi { $now }
unlike-evidence-differs = Kanıtın satırları farklı
unlike-shown-otherwise = Liste kaydının gösterilen bilgileri farklı

## Why somebody is blocked or is not, by its name

owned-somebody = bilinmeyen biri
owned-on-lists = Listede: { $lists }.
owned-nothing-recorded = Pay sahiplerine ilişkin kayıt yok.
owned-no-holder-of = Payların şu kadarının sahibi kayıtlı değil: { $share }.
owned-shares-enough = Engellilerin payı: { $share }. Yeterli olan: { $threshold }.
owned-shares-at-least = Engellilerin payı en az: { $share }. Yeterli olan: { $threshold }.
owned-shares-of-enough = { $person } adına pay: { $share }. Yeterli olan: { $threshold }.
owned-shares-of-at-least = { $person } adına pay, en az: { $share }. Yeterli olan: { $threshold }.
owned-board = { $holder }, yönetim kurulunun çoğunluğunu atayabilir ya da görevden alabilir.
owned-votes-alone = { $holder } tek başına oy çoğunluğuna sahip: { $share }.
owned-votes = Engelliler oy çoğunluğuna sahip: { $share }.
owned-votes-of = { $person } oy çoğunluğuna sahip: { $share }.
owned-dates-open = O gün listede olup olmadığı ({ $lists }) tarihlerden anlaşılmıyor.
owned-control = Kayda göre { $holder } onu başka yollarla kontrol ediyor; bunun hukuken kontrol olup olmadığına bir insan karar verir.
owned-perhaps-shares-of = { $person } adına pay, kesin ya da olası: { $share }. Yeterli olacak olan: { $threshold }.
owned-perhaps-shares = Engelli olanların ya da olabileceklerin payı: { $share }. Yeterli olacak olan: { $threshold }.
owned-anybody-shares = Kim olduğu bilinmeyen birinin payı: { $share }. Yeterli olacak olan: { $threshold }.
owned-perhaps-votes-of = { $person } adına oy payı, kesin ya da olası: { $share }. Birinin çoğunluğa sahip olup olmadığı açık.
owned-perhaps-votes = Engelli olanların ya da olabileceklerin oy payı: { $share }. Birinin çoğunluğa sahip olup olmadığı açık.
owned-anybody-votes = Kim olduğu bilinmeyen birinin oy payı: { $share }. Birinin çoğunluğa sahip olup olmadığı açık.
owned-left-open = Kayıtlardan anlaşılmıyor.
owned-no-holder = Kayıtlı pay sahibi yok.
owned-nobody-blocked = Kayıtlara göre bloke edilenlerin hiçbirinin payı yok.
owned-persons-apart = Payı olan listedeki { $count } kişiden hiçbiri şu orana ulaşmıyor: { $threshold }. En büyük pay { $person } adına: { $share }. Farklı kişilerin payları toplanmaz.
owned-shares-not = Engellilerin payı: { $share }. Şu orana ulaşmıyor: { $threshold }.
owned-shares-of-not = { $person } adına pay: { $share }. Şu orana ulaşmıyor: { $threshold }.
threshold-half = %50 ve üzeri
threshold-more-than-half = %50’den fazla

## Why a quiet pair is quiet no more

ended-sent-back-by-a-second-person = ikinci kişi geri gönderdi
ended-escalated-to-a-case = dosyaya alındı
ended-opened-again-by-a-person = bir kişi yeniden açtı
ended-withdrawn = geri çekildi
ended-ran-out = süresi doldu

## Shares

share-none = payı yok
share-unknown = bilinmiyor
share-no-limit = sınırı yok: bir döngü kendisine bütünüyle sahip
share-up-to = en çok { $share }
share-at-least = en az { $share }
share-more-than = { $share } üzeri
share-less-than = { $share } altı
share-between = { $low } – { $high }

## What a change of a freeze would make other

vary-add = Yeni varlık: { $kind } { $identifier }, { $holder }
vary-value = { $number } numaralı varlığın değeri: { $value }
vary-scope = Kapsam: { $text }
vary-authority = Makam: { $text }
vary-reference = Referans: { $text }
vary-review = Yeniden bakma günü: { $day }

## What is wrong with the chain

broken-place = { $expected } numaralı olayın yerinde { $seq } numaralı olay duruyor.
broken-prev-hash = { $seq } numaralı olay bir öncekini izlemiyor: andığı özet farklı.
broken-hash = { $seq } numaralı olay değiştirilmiş: zamanı, yapanı, türü, konusu ya da gövde özeti kendi özetini vermiyor.
broken-body-hash = { $seq } numaralı olay değiştirilmiş: gövdesi ve tuzu gövde özetini vermiyor.
broken-body-gone = { $seq } numaralı olayın gövdesi yok, silindiğini söyleyen sonraki bir olay da yok.
broken-body-there = { $by } numaralı olay silmiş olduğu hâlde { $seq } numaralı olayın gövdesi duruyor.
broken-cell = { $seq } numaralı olay bozuk: { $column } olması gereken türden değil.
broken-erased-body = { $seq } numaralı olay gövdeleri silmiş, ama hangilerini sildiği gövdesinde yazmıyor.
broken-short = { $seq } numaralı olay başka yerde zincirin başı olarak saklanmış, zincir ise { $last } numaralı olayla bitiyor.
broken-not-kept = { $seq } numaralı olayın özeti { $found }, başka yerde saklanan ise { $kept }.
whole-chain = Zincirin başına kadar { $events } olay:
