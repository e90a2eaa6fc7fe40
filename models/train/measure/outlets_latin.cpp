// SPDX-License-Identifier: Apache-2.0
#include "outlets.hpp"

namespace fabula::training {

namespace {

constexpr std::string_view english_months =
    "January;February;March;April;May;June;July;August;September;October;November;December";

constexpr Outlet outlets[] = {
    {"en", "www.harbourpost.example", " - The Harbour Post",
     "Front page;World;Westminster;Money;Football;Puzzles;Obituaries;Today's paper", english_months,
     "{day} {month} 2026, {hour}:{minute} GMT|Last changed on {day} {month} 2026",
     "Eleanor Whitcombe|Tom Ashdown|Priya Nair|Gareth Pugh|Hannah Oyelaran|Marcus Field",
     "By {author}, Staff Writer|{author}, Diplomatic Editor|Words by {author}",
     "LONDON|WASHINGTON|GENEVA|NAIROBI|CANBERRA",
     "{city}, {month} {day} (Reuters) — |{city} (AP) — |",
     "Photograph: {author}/Harbour Pictures|Image: {author} for The Harbour Post",
     "Read also: {headline}|You might have missed: {headline}|Worth your time: {headline}",
     "Good mornings start with our briefing. Get the day's five big stories in your inbox before "
     "breakfast.;Send me the briefing",
     "Send to a friend;Copy this link;WhatsApp;Bluesky;Print this page",
     "{number} readers have had their say;Join the conversation;Your name;Your email address will "
     "not be shown;Post my comment",
     "More from the Harbour Post|What others are reading",
     "We and our 214 partners store small files on your device so that these pages work. You can "
     "change your mind whenever you like.;That's fine;Let me choose",
     "(AP)|Additional reporting by {author}|",
     "© 2026 Harbour Post Newspapers Ltd. All rights reserved.;Corrections;Work with us;Modern "
     "slavery statement"},
    {"en", "prairie-ledger.example", " | Prairie Ledger",
     "Home > News > Nation|Home > News > World|Home > Business > Markets", english_months,
     "Posted {month} {day}, 2026 at {hour}:{minute} p.m.|Updated: {month} {day}, 2026",
     "Dale Hutchins|Maria Esquivel|Jo Lindqvist|Terrence Boyd|Kimberly Ng",
     "{author} · Ledger Washington Bureau|BY {author}",
     "DES MOINES, Iowa|WASHINGTON|NEW YORK|OTTAWA, Ontario", "{city} — |{city} (AP) — ",
     "({author} / Prairie Ledger file photo)|AP Photo/{author}",
     "RELATED: {headline}|Keep reading: {headline}",
     "Local news needs neighbors like you. Chip in from $5 a month and keep the Ledger free to "
     "all.;Support the Ledger|Story continues below this advertisement",
     "Share on Facebook;Share on X;Email this story;{number} shares",
     "Comments ({number});Be kind. Comments are moderated before they appear.;Sign in to comment",
     "Trending now|Editor's picks",
     "This site uses cookies to improve your experience. By continuing you agree to our policy.;"
     "Accept all",
     "{author} can be reached at newsroom@prairie-ledger.example or 515-555-01{minute}.|",
     "Copyright 2026 Prairie Ledger Media Group. This material may not be published, broadcast, "
     "rewritten or redistributed.;Subscriber services;Place an ad"},
    {"*", "worldwire.example", " - WorldWire",
     "WorldWire;Top stories;Africa;Americas;Asia;Europe;Middle East;Science;About us",
     english_months, "{day} {month} 2026|{month} {day}, 2026 {hour}:{minute} UTC",
     "A. Petrosyan|Lucía Ferrer|Jonas Lund|Mei Tan|Amina Diallo|R. Okafor",
     "Story by {author}|{author} | WorldWire correspondent", "GENEVA|NEW YORK|BRUSSELS|DELHI",
     "{city}, {day} {month} (WorldWire) – |", "Picture credit: {author}/WorldWire Images|",
     "See also: {headline}|Elsewhere on WorldWire: {headline}",
     "One email, every weekday, from sixty countries. It is free and you can leave whenever you "
     "want.;Type your email here",
     "Telegram;X;Reddit;Copy URL;Listen to this story",
     "Nobody has commented yet;Write the first comment;Commenting rules",
     "Latest headlines|Most viewed this week",
     "WorldWire keeps cookies to a minimum. Some are needed, others help us count visitors.;Manage "
     "cookies",
     "(WorldWire)||",
     "WorldWire is a non-profit news cooperative. Texts may be reprinted under CC "
     "BY 4.0.;Contact;Imprint;RSS"},
    {"de", "www.nordlicht-zeitung.example", " - Nordlicht-Zeitung",
     "Startseite;Politik;Wirtschaft;Feuilleton;Sport;Wetter;Stellenmarkt;E-Paper",
     "Januar;Februar;März;April;Mai;Juni;Juli;August;September;Oktober;November;Dezember",
     "Stand: {day}. {month} 2026, {hour}:{minute} Uhr|{day}. {month} 2026|Lesezeit: {number} "
     "Minuten",
     "Katrin Hollstein|Jörg Mertens|Ayşe Demirel|Benedikt Fuhrmann|Silke Petersen",
     "Von {author}|Ein Bericht von {author}, Berlin", "BERLIN|KYJIV/BERLIN|WASHINGTON|BRÜSSEL",
     "{city} (dpa) – |{city}. |", "Foto: {author}/dpa|Bild: imago/{author}",
     "Lesen Sie auch: {headline}|Das könnte Sie auch interessieren: {headline}",
     "Das Wichtigste zum Feierabend: Unser Abendbrief fasst den Tag für Sie zusammen, kostenlos "
     "und immer um 18 Uhr.;Jetzt Abendbrief bestellen",
     "Teilen;Merken;Vorlesen lassen;Per Mail schicken;Drucken",
     "{number} Kommentare;Ihre Meinung zählt: Schreiben Sie uns;Kommentar abschicken;Netiquette",
     "Mehr zum Thema|Aus dem Ressort",
     "Wir verwenden Cookies und ähnliche Techniken, damit diese Seite läuft und sich durch Werbung "
     "trägt.;Einverstanden;Einstellungen ansehen",
     "/dpa/|dpa-infocom GmbH|© dpa",
     "© Nordlicht-Zeitung Verlagsgesellschaft mbH 2026;"
     "Impressum;Mediadaten;Abo kündigen"},
    {"de", "tagblatt-alpen.example", " | Alpen-Tagblatt",
     "News > Ausland|News > Schweiz|News > Wirtschaft",
     "Jänner;Februar;März;April;Mai;Juni;Juli;August;September;Oktober;November;Dezember",
     "Publiziert: {day}. {month} 2026 um {hour}.{minute} Uhr|Aktualisiert vor {number} Stunden",
     "Reto Zumstein|Nadja Bürgi|Lukas Egger|Francesca Caduff", "{author}, Bern|Text: {author}",
     "BERN|WIEN|GENF|ZÜRICH", "({city}) (sda) |{city} – ", "Keystone / {author}|Symbolbild",
     "Auch spannend: {headline}|Passend dazu: {headline}",
     "Hat Ihnen dieser Text gefallen? Mit einem Probeabo lesen Sie vier Wochen lang alles für "
     "einen Franken.;Probeabo starten",
     "Artikel verschenken;Link kopieren;Facebook;X;LinkedIn",
     "Melden Sie sich an, um mitzureden;Alle {number} Beiträge anzeigen",
     "Meistgelesen|Heute aktuell",
     "Ihre Privatsphäre ist uns wichtig. Wir und unsere Partner "
     "speichern Daten auf Ihrem Gerät.;Alle akzeptieren;Ablehnen",
     "(sda)|sda/{author}|",
     "Alpen-Tagblatt AG, alle Rechte vorbehalten. Nachdruck nur mit "
     "Genehmigung.;Inserieren;Leserreisen"},
    {"fr", "www.le-phare.example", " - Le Phare",
     "À la une;International;Politique;Société;Économie;Culture;Sports;Idées",
     "janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre",
     "Publié le {day} {month} 2026 à {hour}h{minute}|Mis à jour le {day} {month} 2026|Temps de "
     "lecture : {number} min",
     "Camille Lefèvre|Mathieu Garnier|Inès Benali|Yann Le Goff|Solène Marchand",
     "Par {author}|{author}, avec AFP|Propos recueillis par {author}",
     "Paris|Genève|Washington|Dakar", "{city} (AFP) – |{city}, {day} {month} (Reuters) - |",
     "Crédit photo : {author} / AFP|© {author}/SIPA",
     "À lire aussi : {headline}|Notre décryptage : {headline}",
     "Chaque matin, recevez l'essentiel de l'actualité choisi par nos journalistes dans votre "
     "boîte mail.;Je m'inscris gratuitement",
     "Partager;Offrir l'article;Lire plus tard;Écouter",
     "{number} réactions;Vous aussi, donnez votre avis;Réagir à cet article",
     "Sur le même sujet|Les plus lus",
     "Avec votre accord, nous et nos partenaires utilisons des "
     "traceurs pour mesurer l'audience et vous proposer de la publicité.;Tout accepter;Continuer "
     "sans accepter",
     "(AFP)|Avec Reuters|",
     "© Le Phare 2026 – reproduction interdite sans autorisation;Mentions "
     "légales;Le service client;Archives"},
    {"es", "www.lacronica-sur.example", " - La Crónica del Sur",
     "Portada;Internacional;España;Economía;Opinión;Deportes;Gente;Vídeos",
     "enero;febrero;marzo;abril;mayo;junio;julio;agosto;septiembre;octubre;noviembre;diciembre",
     "{day} de {month} de 2026 - {hour}:{minute} h|Actualizado a las {hour}:{minute}",
     "Lucía Montalbán|Javier Requena|Andrés Olmedo|Pilar Cifuentes|Noelia Bravo",
     "Por {author}|{author} / Corresponsal|Redacción La Crónica",
     "Madrid|Sevilla|Buenos Aires|México", "{city}, {day} {month} (EFE).- |{city} / Agencias. ",
     "Foto: {author} (EFE)|Imagen de archivo. / {author}",
     "Lea también: {headline}|Te puede interesar: {headline}|No te pierdas: {headline}",
     "Apúntate a nuestro boletín y recibe cada tarde las noticias que de verdad importan, sin "
     "coste "
     "alguno.;Quiero recibirlo",
     "Compartir en Facebook;Compartir en X;Enviar por WhatsApp;Guardar noticia",
     "{number} comentarios;Inicia sesión para comentar;Normas de participación",
     "Noticias relacionadas|Lo más visto",
     "Usamos cookies propias y de terceros para mostrarte "
     "contenidos a tu gusto. Puedes aceptarlas o rechazarlas.;Aceptar y seguir;Configurar",
     "EFE|(Con información de agencias)|",
     "© Ediciones La Crónica del Sur, S.A. Todos los derechos reservados;Aviso legal;Quiénes "
     "somos;Hemeroteca"},
    {"it", "www.corrieredelgolfo.example", " | Corriere del Golfo",
     "Prima pagina;Cronaca;Esteri;Politica;Economia;Spettacoli;Meteo;Abbonati",
     "gennaio;febbraio;marzo;aprile;maggio;giugno;luglio;agosto;settembre;ottobre;novembre;"
     "dicembre",
     "{day} {month} 2026 alle {hour}:{minute}|Modificato il: {day} {month} 2026|{number} minuti di "
     "lettura",
     "Chiara Bellandi|Matteo Ruggeri|Federica Sanna|Paolo Vitiello|Giulia Marchetti",
     "di {author}|dal nostro inviato {author}|{author}, corrispondente", "ROMA|MILANO|BRUXELLES",
     "{city} (ANSA) - |(ANSA) - {city}, {day} {month} - |{city} – ",
     "Foto di {author}|(ansa)|Fotogramma / {author}",
     "Leggi anche: {headline}|Per approfondire: {headline}",
     "Le notizie del giorno raccontate con calma: la nostra newsletter arriva ogni sera alle "
     "sette.;Iscriviti, è gratis",
     "Condividi;Salva tra i preferiti;Ascolta l'articolo;Stampa",
     "Scrivi un commento;Tutti i commenti ({number});Accedi per partecipare alla discussione",
     "Ti potrebbe interessare|Altre notizie",
     "Noi e alcuni partner selezionati utilizziamo cookie "
     "tecnici e, con il tuo consenso, anche per altre finalità.;Accetta tutto;Scopri di più",
     "(ANSA)|© RIPRODUZIONE RISERVATA",
     "Corriere del Golfo S.p.A. - P.IVA 00000000000 - "
     "Tribunale di Napoli n. 12/1987;Redazione;Pubblicità;Privacy"},
    {"nl", "www.havenkoerier.example", " - Havenkoerier",
     "Voorpagina;Binnenland;Buitenland;Economie;Sport;Regio;Het weer;Puzzels",
     "januari;februari;maart;april;mei;juni;juli;augustus;september;oktober;november;december",
     "{day} {month} 2026 om {hour}:{minute}|Laatste wijziging: {day} {month} 2026",
     "Marloes van Dijk|Sjoerd Hoekstra|Fatima El Amrani|Ruben de Wit|Anneke Visser",
     "Door {author}|Door onze correspondent {author}|Tekst {author}",
     "DEN HAAG|AMSTERDAM|BRUSSEL|WASHINGTON", "{city} (ANP) - |{city} – |",
     "Beeld: {author}/ANP|Foto {author}", "Lees ook: {headline}|Meer weten? {headline}",
     "Elke ochtend om zes uur het belangrijkste nieuws in je mailbox. Probeer onze nieuwsbrief een "
     "maand lang.;Aanmelden",
     "Delen;Deel via WhatsApp;Kopieer de link;Luister naar dit artikel",
     "{number} reacties;Log in om te reageren;Hier gelden onze spelregels",
     "Gerelateerd nieuws|Uit de krant van vandaag",
     "Deze website plaatst cookies om je bezoek "
     "prettiger te maken en advertenties te tonen die bij je passen.;Akkoord;Nee, liever niet",
     "(ANP)|ANP/{author}|",
     "Havenkoerier BV. Overname van artikelen alleen na toestemming.;"
     "Klantenservice;Colofon;Vacatures"},
    {"pt", "www.jornaldamare.example", " - Jornal da Maré",
     "Início;Mundo;Brasil;Economia;Esportes;Ciência;Colunas;Assine",
     "janeiro;fevereiro;março;abril;maio;junho;julho;agosto;setembro;outubro;novembro;dezembro",
     "{day} de {month} de 2026 às {hour}h{minute}|Atualizado há {number} horas",
     "Beatriz Nogueira|Caio Teixeira|Larissa Prado|João Vasconcelos|Rita Figueira",
     "Por {author}|{author}, enviado especial|{author} — de Brasília",
     "São Paulo|Brasília|Lisboa|Rio de Janeiro",
     "{city} (Lusa) – |{city}, {day} {month} (Reuters) - |",
     "Foto: {author}/Folhapress|Imagem: {author}/Arquivo",
     "Leia também: {headline}|Veja ainda: {headline}",
     "Quer ficar por dentro do que acontece no mundo? Entre no nosso grupo e receba as manchetes "
     "no celular.;Entrar no grupo",
     "Compartilhe;Copiar link;Enviar por e-mail;Ouvir a matéria",
     "Deixe seu comentário;{number} pessoas comentaram;Os comentários são de responsabilidade dos "
     "autores",
     "Mais lidas|Conteúdo relacionado",
     "Nós guardamos estatísticas de visitas para melhorar sua "
     "navegação; saiba mais em nossa política.;Entendi e fechar",
     "(Lusa)|Com agências internacionais|",
     "Copyright © 2026 Jornal da Maré. Todos os direitos "
     "reservados. É proibida a reprodução do conteúdo.;Expediente;Fale conosco"},
    {"nb", "www.fjordavisa.example", " - Fjordavisa",
     "Forsiden;Nyheter;Utenriks;Sport;Kultur;Debatt;Kundesenter;eAvis",
     "januar;februar;mars;april;mai;juni;juli;august;september;oktober;november;desember",
     "Publisert {day}. {month} 2026, kl. {hour}:{minute}|Sist oppdatert {day}. {month} 2026",
     "Ingrid Solberg|Håkon Tveit|Mari Aasen|Sindre Bakken",
     "Av {author}|Tekst: {author}|{author} "
     "journalist",
     "OSLO|BERGEN|KYIV", "{city} (NTB): |{city}: |",
     "Foto: {author} / NTB|Illustrasjonsfoto: {author}",
     "Les også: {headline}|Saken fortsetter under: {headline}",
     "Få dagens viktigste saker rett i innboksen hver morgen. Nyhetsbrevet vårt koster ingenting.;"
     "Meld deg på her",
     "Del på Facebook;Del på e-post;Kopier lenke;Tips oss",
     "{number} kommentarer;Vis hele diskusjonen;Husk å være saklig", "Flere saker|Mest lest nå",
     "Vi bruker informasjonskapsler for at nettstedet skal virke og "
     "for å vise annonser som passer deg.;Godta alle;Tilpass",
     "(NTB)|©NTB|",
     "Fjordavisa arbeider etter Vær Varsom-plakatens regler for god presseskikk.;"
     "Annonsere;Personvern;Ansvarlig redaktør: Kari Moen"},
    {"pl", "www.kurier-wislany.example", " - Kurier Wiślany",
     "Strona główna;Kraj;Świat;Gospodarka;Sport;Kultura;Pogoda;Prenumerata",
     "stycznia;lutego;marca;kwietnia;maja;czerwca;lipca;sierpnia;września;października;listopada;"
     "grudnia",
     "{day} {month} 2026, {hour}:{minute}|Data publikacji: {day} {month} 2026",
     "Agnieszka Wrona|Piotr Zalewski|Magda Sobczak|Krzysztof Lis",
     "{author}|Autor: {author}|Rozmawiała {author}", "Warszawa|Kraków|Bruksela|Kijów",
     "{city} (PAP) – |{city}. |", "Fot. {author} / PAP|Źródło zdjęcia: {author}",
     "Czytaj też: {headline}|Sprawdź również: {headline}",
     "Bądź na bieżąco: raz dziennie wyślemy ci skrót najważniejszych wydarzeń, bez spamu i za "
     "darmo.;Zapisuję się",
     "Udostępnij;Wyślij znajomemu;Drukuj;Posłuchaj artykułu",
     "Komentarze ({number});Dodaj swoją opinię;Zaloguj się, aby skomentować",
     "Zobacz także|Najczęściej czytane",
     "Szanujemy twoją prywatność. Za twoją zgodą zapisujemy "
     "pliki cookie na twoim urządzeniu.;Przejdź do serwisu;Ustawienia zaawansowane",
     "(PAP)|kw/ mal/|Źródło: PAP",
     "Wydawca: Kurier Wiślany sp. z o.o. Wszelkie prawa zastrzeżone.;"
     "Regulamin;Reklama;Praca u nas"},
    {"cs", "www.vltavskelisty.example", " | Vltavské listy",
     "Hlavní strana;Domácí;Zahraničí;Ekonomika;Kultura;Sport;Počasí;Předplatné",
     "ledna;února;března;dubna;května;června;července;srpna;září;října;listopadu;prosince",
     "{day}. {month} 2026 {hour}:{minute}|Aktualizováno {day}. {month} 2026",
     "Tereza Nováčková|Ondřej Beneš|Jakub Hruška|Veronika Malá",
     "{author}, zpravodaj|Autor: "
     "{author}|Připravila {author}",
     "Praha|Brno|Brusel|Kyjev", "{city} (ČTK) – |{city} – |",
     "Foto: {author}, ČTK|Ilustrační snímek",
     "Čtěte také: {headline}|Mohlo by vás zajímat: {headline}",
     "Ranní přehled zpráv od naší redakce vám přistane ve schránce každý všední den před sedmou.;"
     "Chci odebírat",
     "Sdílet;Poslat e-mailem;Vytisknout;Uložit na později",
     "Diskuse ({number});Vstoupit do diskuse;Přispívat mohou jen přihlášení",
     "Související články|Nejčtenější",
     "Na našem webu pracujeme s cookies, abychom vám mohli "
     "nabídnout pohodlnější prohlížení.;Souhlasím;Nastavení",
     "(ČTK)|čtk|",
     "© Vltavské listy 2026, ISSN 0000-0000. Publikování nebo šíření obsahu je "
     "zakázáno.;Inzerce;Kontakty"},
    {"tr", "www.bogazpostasi.example", " - Boğaz Postası",
     "Ana Sayfa;Gündem;Dünya;Ekonomi;Spor;Yaşam;Yazarlar;Künye",
     "Ocak;Şubat;Mart;Nisan;Mayıs;Haziran;Temmuz;Ağustos;Eylül;Ekim;Kasım;Aralık",
     "Yayınlanma: {day} {month} 2026 {hour}:{minute}|Son güncelleme {day} {month} 2026",
     "Elif Karaca|Mert Aydın|Zeynep Toprak|Burak Şen", "Haber: {author}|{author}, Ankara bürosu",
     "ANKARA|İSTANBUL|WASHINGTON", "{city} (AA) - |{city}, {day} {month} (DHA) - |",
     "Fotoğraf: {author}/AA|Arşiv fotoğrafı",
     "İlginizi çekebilir: {headline}|Bu habere de göz atın: {headline}",
     "Günün öne çıkan gelişmelerini cebinize gönderelim. Bildirimleri açın, hiçbir haberi "
     "kaçırmayın.;Bildirimleri aç",
     "Paylaş;Tweetle;WhatsApp'ta gönder;Yazıyı büyüt;Yazıyı küçült",
     "Yorumlar ({number});Yorum yapmak için giriş yapın;Küfür ve hakaret içeren yorumlar "
     "onaylanmaz",
     "İlgili haberler|Çok okunanlar",
     "Sizlere daha iyi hizmet verebilmek için sitemizde çerezler "
     "kullanılmaktadır.;Kabul ediyorum;Ayrıntılı bilgi",
     "(AA)|Kaynak: DHA|",
     "Boğaz Postası Yayıncılık A.Ş. Kaynak gösterilmeden alıntı yapılamaz.;"
     "İletişim;Reklam ver"},
    {"vi", "www.baosongbien.example", " - Báo Sông Biển",
     "Trang chủ;Thời sự;Thế giới;Kinh doanh;Thể thao;Giải trí;Sức khỏe;Rao vặt",
     "tháng 1;tháng 2;tháng 3;tháng 4;tháng 5;tháng 6;tháng 7;tháng 8;tháng 9;tháng 10;tháng 11;"
     "tháng 12",
     "Thứ hai, ngày {day} {month} năm 2026, {hour}:{minute}|{hour}:{minute} ngày {day} {month}",
     "Nguyễn Thu Hà|Trần Quốc Bảo|Lê Minh Châu|Phạm Anh Tuấn", "{author} (tổng hợp)|Bài: {author}",
     "Hà Nội|TP.HCM|Washington", "({city}) – |{city} (TTXVN) - |",
     "Ảnh: {author}|Ảnh minh họa: "
     "{author}",
     "Xem thêm: {headline}|Đừng bỏ lỡ: {headline}",
     "Theo dõi kênh của chúng tôi để cập nhật tin nóng mỗi ngày, hoàn toàn miễn phí.;Theo dõi ngay",
     "Chia sẻ;Sao chép liên kết;Gửi email;Nghe bài viết",
     "Ý kiến bạn đọc ({number});Vui lòng đăng nhập để gửi bình luận;Gửi ý kiến của bạn",
     "Tin liên quan|Đọc nhiều nhất",
     "Trang web này lưu dữ liệu trên máy của bạn để trải nghiệm "
     "được tốt hơn.;Tôi đồng ý",
     "Theo Reuters|{author}|(TTXVN)",
     "Cơ quan chủ quản: Hội Báo Sông Biển. Giấy phép số 00/GP-"
     "BTTTT. Ghi rõ nguồn khi phát hành lại.;Liên hệ quảng cáo;Đường dây nóng: 0900 000 000"},
};

} // namespace

std::span<const Outlet> latin_outlets() noexcept {
    return outlets;
}

} // namespace fabula::training
