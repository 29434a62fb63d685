//! The sentences of the letters of redress in each language: they say the same.
//!
//! In comes a language, out come its [`Sentences`]. `{day}`, `{person}`, `{compared}`, `{lists}` and `{id}` are put in where the letter is made. They say nothing of law, and no more in one language
//! than in another.

use super::super::state::Compared;
use crate::language::Language;

/// What letters say, in one language.
pub(super) struct Sentences {
    pub(super) date: &'static str,
    pub(super) dear: &'static str,
    pub(super) told: &'static str,
    pub(super) were_right: &'static str,
    pub(super) thanks: &'static str,
    /// On no public list: taken for the person, and perhaps the person.
    pub(super) how_unlisted: [&'static str; 2],
    /// The same on a public list.
    pub(super) how_on_list: [&'static str; 2],
    /// The same on several.
    pub(super) how_on_lists: [&'static str; 2],
    /// The outcome, where there is a public list and where there is none.
    pub(super) not_the_person: [&'static str; 2],
    pub(super) cannot_be_told: [&'static str; 2],
    pub(super) same_as_before: &'static str,
    pub(super) put_right: &'static str,
    pub(super) show_this: &'static str,
    pub(super) help_us: &'static str,
    pub(super) list_is_wrong: &'static str,
    pub(super) not_content: &'static str,
    pub(super) subject_sorry: &'static str,
    pub(super) subject_answer: &'static str,
    pub(super) our_record: (&'static str, &'static str),
    pub(super) belongings: &'static str,
    pub(super) still_restrained: &'static str,
    pub(super) restrained_no_more: &'static str,
    pub(super) others: (&'static str, &'static str),
    /// In the order of [`Compared::ALL`].
    pub(super) compared: [&'static str; 8],
    pub(super) comma: &'static str,
    pub(super) and: &'static str,
    pub(super) was_wrong: &'static str,
    pub(super) you_received: &'static str,
    pub(super) mistaken: &'static str,
    pub(super) put_yours_right: &'static str,
    pub(super) restraint_stands: &'static str,
    pub(super) restraint_lifted: &'static str,
    pub(super) confirm: &'static str,
    pub(super) subject_correction: &'static str,
}

impl Sentences {
    pub(super) fn of(language: Language) -> &'static Sentences {
        match language {
            Language::English => &ENGLISH,
            Language::Turkish => &TURKISH,
            Language::Persian => &PERSIAN,
        }
    }

    pub(super) fn compared(&self, one: Compared) -> &'static str {
        let at = Compared::ALL.iter().position(|other| *other == one).unwrap_or(Compared::ALL.len() - 1);
        self.compared[at]
    }
}

const ENGLISH: Sentences = Sentences {
    date: "Date: {day}",
    dear: "Dear {person},",
    told: "On {day} you told us that we had taken you for somebody else.",
    were_right: "You were right. We are sorry for it, and for the trouble that it gave you.",
    thanks: "Thank you for telling us. This is our answer.",
    how_unlisted: [
        "This is how it came about. We compared {compared} with what we know of somebody else, and took you for the person.",
        "This is how it came about. We compared {compared} with what we know of somebody else, and found that you may be the person.",
    ],
    how_on_list: [
        "This is how it came about. A name like yours is on a public list: {lists}. We compared {compared} with what stands there, and took you for the person who is meant there. Many people share a name; that a name is like another does not make two people one.",
        "This is how it came about. A name like yours is on a public list: {lists}. We compared {compared} with what stands there, and found that you may be the person who is meant there. Many people share a name; that a name is like another does not make two people one.",
    ],
    how_on_lists: [
        "This is how it came about. A name like yours is on public lists: {lists}. We compared {compared} with what stands there, and took you for the person who is meant there. Many people share a name; that a name is like another does not make two people one.",
        "This is how it came about. A name like yours is on public lists: {lists}. We compared {compared} with what stands there, and found that you may be the person who is meant there. Many people share a name; that a name is like another does not make two people one.",
    ],
    not_the_person: [
        "Two of us have looked at it again, one after the other. You are not the person on the list.",
        "Two of us have looked at it again, one after the other. You are not that person.",
    ],
    cannot_be_told: [
        "Two of us have looked at it again, one after the other. From what we know we cannot tell whether you are the person on the list or not. That does not mean that you are.",
        "Two of us have looked at it again, one after the other. From what we know we cannot tell whether you are that person or not. That does not mean that you are.",
    ],
    same_as_before: "Two of us have looked at it again, one after the other, and come to the same result as before. So we have changed nothing.",
    put_right: "What we have put right:",
    show_this: "If you are taken for that person again, by us or by somebody else, show this letter.",
    help_us: "You can help us to tell. A copy of a document with your full name, the date and place of your birth and your nationality may be enough. Send it to us, and we look at it again.",
    list_is_wrong: "If you think that the entry on the list itself is wrong, whoever publishes the list can tell you how to have it looked at again.",
    not_content: "If you are not content with this answer:",
    subject_sorry: "We took you for somebody else, and we are sorry",
    subject_answer: "Your complaint: our answer",
    our_record: (
        "Our record of you",
        "It says now that you are not that person. Our checks leave it at that while what we know of you and what stands there stay as they are. Should either change, or when it has stood for long, one of us looks at it again.",
    ),
    belongings: "What belongs to you",
    still_restrained: "It is still restrained. To lift that takes the word of two of us; you hear from us when it is done.",
    restrained_no_more: "It is no longer restrained.",
    others: ("Others", "Where we passed the mistake on, we tell whoever received it that it was wrong."),
    compared: [
        "your name",
        "your date of birth",
        "your place of birth",
        "your nationality or country",
        "your gender",
        "the numbers of your documents",
        "your address",
        "other things that we know of you",
    ],
    comma: ", ",
    and: " and ",
    was_wrong: "What you received from us about {person} was wrong.",
    you_received: "You received",
    mistaken: "We had taken {person} for somebody else who is listed. Two of us have looked at it again: {person} is not the one who is listed.",
    put_yours_right: "Please put your own record right, do not use the wrong one any more, and pass this on to whoever received it from you. See to it that the mistake does the person no further harm.",
    restraint_stands: "Restraint {id} itself stands until its release reaches you in writing.",
    restraint_lifted: "Restraint {id} has been lifted.",
    confirm: "Please confirm in writing that this is done.",
    subject_correction: "Correction of what we told you about {person}",
};

const TURKISH: Sentences = Sentences {
    date: "Tarih: {day}",
    dear: "Sayın {person},",
    told: "{day} tarihinde, sizi başka biriyle karıştırdığımızı bize bildirdiniz.",
    were_right: "Haklıydınız. Bunun için ve size verdiğimiz rahatsızlık için özür dileriz.",
    thanks: "Bildirdiğiniz için teşekkür ederiz. Yanıtımız aşağıdadır.",
    how_unlisted: [
        "Olay şöyle gelişti: {compared} başka bir kişi hakkında bildiklerimizle karşılaştırdık ve sizi o kişi sandık.",
        "Olay şöyle gelişti: {compared} başka bir kişi hakkında bildiklerimizle karşılaştırdık ve o kişi olabileceğiniz sonucuna vardık.",
    ],
    how_on_list: [
        "Olay şöyle gelişti: Adınıza benzer bir ad kamuya açık bir listede yer alıyor: {lists}. Orada yazanlarla {compared} karşılaştırdık ve sizi orada kastedilen kişi sandık. Birçok kişi aynı adı taşır; bir adın bir başkasına benzemesi iki kişiyi aynı kişi yapmaz.",
        "Olay şöyle gelişti: Adınıza benzer bir ad kamuya açık bir listede yer alıyor: {lists}. Orada yazanlarla {compared} karşılaştırdık ve orada kastedilen kişi olabileceğiniz sonucuna vardık. Birçok kişi aynı adı taşır; bir adın bir başkasına benzemesi iki kişiyi aynı kişi yapmaz.",
    ],
    how_on_lists: [
        "Olay şöyle gelişti: Adınıza benzer bir ad kamuya açık listelerde yer alıyor: {lists}. Orada yazanlarla {compared} karşılaştırdık ve sizi orada kastedilen kişi sandık. Birçok kişi aynı adı taşır; bir adın bir başkasına benzemesi iki kişiyi aynı kişi yapmaz.",
        "Olay şöyle gelişti: Adınıza benzer bir ad kamuya açık listelerde yer alıyor: {lists}. Orada yazanlarla {compared} karşılaştırdık ve orada kastedilen kişi olabileceğiniz sonucuna vardık. Birçok kişi aynı adı taşır; bir adın bir başkasına benzemesi iki kişiyi aynı kişi yapmaz.",
    ],
    not_the_person: [
        "İki çalışanımız konuyu birbiri ardınca yeniden inceledi. Listedeki kişi siz değilsiniz.",
        "İki çalışanımız konuyu birbiri ardınca yeniden inceledi. O kişi siz değilsiniz.",
    ],
    cannot_be_told: [
        "İki çalışanımız konuyu birbiri ardınca yeniden inceledi. Bildiklerimize dayanarak listedeki kişi olup olmadığınızı söyleyemiyoruz. Bu, o kişi olduğunuz anlamına gelmez.",
        "İki çalışanımız konuyu birbiri ardınca yeniden inceledi. Bildiklerimize dayanarak o kişi olup olmadığınızı söyleyemiyoruz. Bu, o kişi olduğunuz anlamına gelmez.",
    ],
    same_as_before: "İki çalışanımız konuyu birbiri ardınca yeniden inceledi ve önceki sonuca vardı. Bu nedenle hiçbir şeyi değiştirmedik.",
    put_right: "Düzelttiklerimiz:",
    show_this: "Biz ya da bir başkası sizi yeniden o kişi sanırsa bu mektubu gösterin.",
    help_us: "Bunu anlamamıza yardımcı olabilirsiniz. Tam adınızı, doğum tarihinizi ve yerinizi ve uyruğunuzu gösteren bir belgenin kopyası yeterli olabilir. Bize gönderin, konuyu yeniden inceleyelim.",
    list_is_wrong: "Listedeki kaydın kendisinin yanlış olduğunu düşünüyorsanız, yeniden incelenmesini nasıl isteyebileceğinizi listeyi yayımlayan size söyleyebilir.",
    not_content: "Bu yanıt sizi tatmin etmediyse:",
    subject_sorry: "Sizi başka biriyle karıştırdık, özür dileriz",
    subject_answer: "Şikâyetiniz: yanıtımız",
    our_record: (
        "Hakkınızdaki kaydımız",
        "Artık o kişi olmadığınızı söylüyor. Hakkınızda bildiklerimiz ve orada yazanlar olduğu gibi kaldıkça denetimlerimiz bunu böyle kabul eder. Biri değişirse ya da üzerinden uzun süre geçerse bir çalışanımız yeniden inceler.",
    ),
    belongings: "Size ait olanlar",
    still_restrained: "Hâlâ kısıtlı. Kısıtlamanın kaldırılması için iki çalışanımızın kararı gerekir; kaldırıldığında size haber veririz.",
    restrained_no_more: "Artık kısıtlı değil.",
    others: ("Başkaları", "Yanlışı kime ilettiysek, bunun yanlış olduğunu ona bildiririz."),
    compared: [
        "adınızı",
        "doğum tarihinizi",
        "doğum yerinizi",
        "uyruğunuzu ya da ülkenizi",
        "cinsiyetinizi",
        "belgelerinizin numaralarını",
        "adresinizi",
        "hakkınızda bildiğimiz diğer bilgileri",
    ],
    comma: ", ",
    and: " ve ",
    was_wrong: "Bizden {person} hakkında aldığınız bilgi yanlıştı.",
    you_received: "Aldığınız",
    mistaken: "{person} ile listede yer alan başka birini karıştırmıştık. İki çalışanımız konuyu yeniden inceledi: {person} listede yer alan kişi değildir.",
    put_yours_right: "Lütfen kendi kaydınızı düzeltin, yanlış olanı artık kullanmayın ve bunu sizden alan herkese iletin. Yanlışın bu kişiye daha fazla zarar vermemesini sağlayın.",
    restraint_stands: "{id} sayılı kısıtlama, kaldırıldığı size yazılı olarak ulaşana kadar geçerlidir.",
    restraint_lifted: "{id} sayılı kısıtlama kaldırıldı.",
    confirm: "Lütfen bunların yapıldığını yazılı olarak teyit edin.",
    subject_correction: "{person} hakkında size bildirdiğimizin düzeltilmesi",
};

const PERSIAN: Sentences = Sentences {
    date: "تاریخ: {day}",
    dear: "{person} گرامی،",
    told: "در تاریخ {day} به ما اطلاع دادید که شما را با شخص دیگری اشتباه گرفته‌ایم.",
    were_right: "حق با شما بود. بابت این اشتباه و زحمتی که برایتان پیش آمد پوزش می‌خواهیم.",
    thanks: "از اینکه به ما اطلاع دادید سپاسگزاریم. پاسخ ما به این شرح است.",
    how_unlisted: [
        "ماجرا چنین بود: {compared} را با آنچه از شخص دیگری می‌دانیم مقایسه کردیم و شما را همان شخص پنداشتیم.",
        "ماجرا چنین بود: {compared} را با آنچه از شخص دیگری می‌دانیم مقایسه کردیم و به این نتیجه رسیدیم که ممکن است شما همان شخص باشید.",
    ],
    how_on_list: [
        "ماجرا چنین بود: نامی مانند نام شما در یک فهرست عمومی آمده است: {lists}. ما {compared} را با آنچه در آنجا آمده مقایسه کردیم و شما را همان شخصی پنداشتیم که آنجا منظور است. بسیاری از افراد هم‌نام‌اند؛ شباهت یک نام به نامی دیگر، دو نفر را یکی نمی‌کند.",
        "ماجرا چنین بود: نامی مانند نام شما در یک فهرست عمومی آمده است: {lists}. ما {compared} را با آنچه در آنجا آمده مقایسه کردیم و به این نتیجه رسیدیم که ممکن است شما همان شخصی باشید که آنجا منظور است. بسیاری از افراد هم‌نام‌اند؛ شباهت یک نام به نامی دیگر، دو نفر را یکی نمی‌کند.",
    ],
    how_on_lists: [
        "ماجرا چنین بود: نامی مانند نام شما در فهرست‌هایی عمومی آمده است: {lists}. ما {compared} را با آنچه در آنجا آمده مقایسه کردیم و شما را همان شخصی پنداشتیم که آنجا منظور است. بسیاری از افراد هم‌نام‌اند؛ شباهت یک نام به نامی دیگر، دو نفر را یکی نمی‌کند.",
        "ماجرا چنین بود: نامی مانند نام شما در فهرست‌هایی عمومی آمده است: {lists}. ما {compared} را با آنچه در آنجا آمده مقایسه کردیم و به این نتیجه رسیدیم که ممکن است شما همان شخصی باشید که آنجا منظور است. بسیاری از افراد هم‌نام‌اند؛ شباهت یک نام به نامی دیگر، دو نفر را یکی نمی‌کند.",
    ],
    not_the_person: [
        "دو نفر از همکاران ما موضوع را یکی پس از دیگری دوباره بررسی کردند. شما شخصی نیستید که در فهرست آمده است.",
        "دو نفر از همکاران ما موضوع را یکی پس از دیگری دوباره بررسی کردند. شما آن شخص نیستید.",
    ],
    cannot_be_told: [
        "دو نفر از همکاران ما موضوع را یکی پس از دیگری دوباره بررسی کردند. با آنچه می‌دانیم نمی‌توانیم بگوییم که شما شخصی هستید که در فهرست آمده است یا نه. این به آن معنا نیست که شما همان شخص هستید.",
        "دو نفر از همکاران ما موضوع را یکی پس از دیگری دوباره بررسی کردند. با آنچه می‌دانیم نمی‌توانیم بگوییم که شما آن شخص هستید یا نه. این به آن معنا نیست که شما همان شخص هستید.",
    ],
    same_as_before: "دو نفر از همکاران ما موضوع را یکی پس از دیگری دوباره بررسی کردند و به همان نتیجهٔ پیشین رسیدند. از این رو چیزی را تغییر نداده‌ایم.",
    put_right: "آنچه اصلاح کرده‌ایم:",
    show_this: "اگر بار دیگر ما یا دیگری شما را با آن شخص اشتباه گرفتیم، این نامه را نشان دهید.",
    help_us: "می‌توانید در تشخیص آن به ما کمک کنید. رونوشت مدرکی با نام کامل، تاریخ و محل تولد و تابعیت شما شاید کافی باشد. آن را برای ما بفرستید تا موضوع را دوباره بررسی کنیم.",
    list_is_wrong: "اگر گمان می‌کنید خودِ مورد مندرج در فهرست نادرست است، ناشر فهرست می‌تواند بگوید چگونه درخواست بررسی دوبارهٔ آن را بدهید.",
    not_content: "اگر از این پاسخ خرسند نیستید:",
    subject_sorry: "شما را با شخص دیگری اشتباه گرفتیم و پوزش می‌خواهیم",
    subject_answer: "شکایت شما: پاسخ ما",
    our_record: (
        "پیشینهٔ شما نزد ما",
        "اکنون می‌گوید که شما آن شخص نیستید. تا هنگامی که آنچه از شما می‌دانیم و آنچه در آنجا آمده به همین حال بماند، کنترل‌های ما همین را می‌پذیرند. اگر یکی از این دو تغییر کند یا زمانی دراز بگذرد، یکی از ما آن را دوباره بررسی می‌کند.",
    ),
    belongings: "دارایی شما",
    still_restrained: "هنوز محدود است. رفع محدودیت به تصمیم دو نفر از ما نیاز دارد؛ پس از انجام آن به شما خبر می‌دهیم.",
    restrained_no_more: "دیگر محدود نیست.",
    others: ("دیگران", "هر جا این اشتباه را به کسی رسانده باشیم، به او اطلاع می‌دهیم که نادرست بوده است."),
    compared: [
        "نام شما",
        "تاریخ تولد شما",
        "محل تولد شما",
        "تابعیت یا کشور شما",
        "جنسیت شما",
        "شماره‌های مدارک شما",
        "نشانی شما",
        "دیگر اطلاعاتی که از شما داریم",
    ],
    comma: "، ",
    and: " و ",
    was_wrong: "آنچه دربارهٔ {person} از ما دریافت کردید نادرست بود.",
    you_received: "دریافتی شما",
    mistaken: "ما {person} را با شخص دیگری که در فهرست است اشتباه گرفته بودیم. دو نفر از ما موضوع را دوباره بررسی کردند: {person} آن کسی نیست که در فهرست است.",
    put_yours_right: "خواهشمندیم پیشینهٔ خود را اصلاح کنید، مورد نادرست را دیگر به کار نبرید و این را به هر که آن را از شما دریافت کرده است برسانید. مراقب باشید که این اشتباه زیان بیشتری به این شخص نرساند.",
    restraint_stands: "محدودیت {id} خود تا زمانی که رفع آن کتباً به شما برسد برقرار است.",
    restraint_lifted: "محدودیت {id} رفع شده است.",
    confirm: "خواهشمندیم انجام این کار را کتباً تأیید کنید.",
    subject_correction: "اصلاح آنچه دربارهٔ {person} به شما گفتیم",
};
