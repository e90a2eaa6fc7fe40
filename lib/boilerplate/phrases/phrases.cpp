// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/phrases/phrases.hpp"

#include <array>

namespace fabula::detail {

namespace {

constexpr std::array phrases{
    BoilerplatePhrases{
        .language = "en",
        .related = "read more|read also|related|related articles|related stories|related content|"
                   "related topics|related posts|related news|more on this story|more stories|"
                   "more news|most read|most popular|trending|trending now|recommended|"
                   "recommended for you|you may also like|you might also like|top stories|"
                   "latest news|see also|check also|editors picks|more from|don't miss|up next|"
                   "read next|sponsored|promoted content|watch|watch now|listen|tags|topics",
        .related_start = "also read|read more about|read more on|read more at|read more here|"
                         "read the full|read full|continue reading|keep reading|click here to|"
                         "click here for|tap here to|more on this topic",
        .whole = "comments|comment|no comments|add a comment|post a comment|leave a comment|"
                 "leave a reply|leave your comment|join the conversation|view comments|"
                 "show comments|show more comments|load more comments|load more|show more|"
                 "see more|view more|view all|loading|please wait|share|share this|"
                 "share this article|share this story|share this post|share article|tweet|email|"
                 "e-mail|print|print this article|copy link|link copied|save|save article|"
                 "bookmark|facebook|twitter|whatsapp|telegram|linkedin|instagram|pinterest|"
                 "reddit|youtube|follow us|contact us|about us|about the author|home|menu|search|"
                 "skip to content|skip to main content|skip navigation|back to top|next|previous|"
                 "next article|previous article|advertisement|advertising|advert|ad|"
                 "story continues below|story continues below advertisement|"
                 "article continues below|article continues after advertisement|sign in|log in|"
                 "login|sign up|register|subscribe|subscribe now|start your free trial|"
                 "newsletter|newsletters|accept|accept all|accept cookies|reject all|"
                 "manage cookies|cookie settings|privacy policy|cookie policy|terms of use|"
                 "terms and conditions|terms of service|all rights reserved|source link|"
                 "original article|view original|download our app|get the app|live updates|"
                 "report an error|report a typo|close|gallery|photo gallery|enlarge image|"
                 "image source|play video|video|unsubscribe",
        .label = "photo|photos|photo credit|photo by|image|image credit|image caption|picture|"
                 "credit|source|sources|via|share on|filed under|posted in|posted by|posted on|"
                 "published|published on|publication date|updated|last updated|last modified|"
                 "tags|tagged|category|categories|author|reading time|follow us on|copyright|"
                 "editing by|reporting by|additional reporting by|advertisement",
        .start = "your email address will not be published|required fields are marked|"
                 "save my name email|you must be logged in|you need to be logged in|"
                 "please log in|please sign in|log in to|login to|sign in to|authorise to|"
                 "authorize to|register to comment|share on facebook|share on twitter|share on x|"
                 "share on whatsapp|share on linkedin|share via email|share this with|"
                 "follow us on|like us on|find us on|subscribe to our|subscribe to the|"
                 "sign up for our|sign up to our|sign up for the|get our newsletter|"
                 "get the latest news|we use cookies|this site uses cookies|"
                 "this website uses cookies|by continuing to use|by continuing to browse|by "
                 "clicking|by signing up|"
                 "by subscribing|all rights reserved|copyright ©|©|this site is protected by|"
                 "this content is protected|download the app|download our|"
                 "click to share on|have a news tip|this article was originally published|"
                 "this story was originally published|the post appeared first on|"
                 "our standards the thomson|support our journalism|"
                 "notify me of|enable javascript|please enable javascript"},
    BoilerplatePhrases{
        .language = "de",
        .related = "mehr zum thema|mehr dazu|weitere artikel|weitere themen|weitere nachrichten|"
                   "ähnliche artikel|verwandte artikel|verwandte themen|meistgelesen|"
                   "meistgelesene artikel|das könnte sie auch interessieren|empfohlen|auch "
                   "interessant|weiterlesen|mehr lesen|passend dazu",
        .related_start = "lesen sie auch|lesen sie mehr|lesen sie hier|lesen sie dazu|"
                         "lies auch|mehr über",
        .whole = "kommentare|kommentar|keine kommentare|kommentar schreiben|kommentar verfassen|"
                 "kommentar hinterlassen|schreiben sie einen kommentar|schreibe einen kommentar|"
                 "diskutieren sie mit|artikel teilen|teilen|drucken|merken|anzeige|werbung|"
                 "anmelden|einloggen|registrieren|abonnieren|impressum|datenschutz|agb|"
                 "alle akzeptieren|zur startseite|nach oben|mehr anzeigen|mehr laden|"
                 "alle rechte vorbehalten|quellenangabe|link kopieren|artikel drucken|"
                 "folgen sie uns",
        .label = "foto|bild|bildquelle|quelle|quellen|veröffentlicht|aktualisiert|stand|"
                 "schlagworte|lesezeit|autor",
        .start = "ihre e-mail-adresse wird nicht veröffentlicht|deine e-mail-adresse wird nicht|"
                 "melden sie sich an um|melde dich an um|auf facebook teilen|auf twitter teilen|"
                 "auf whatsapp teilen|wir verwenden cookies|diese website verwendet cookies|"
                 "diese webseite verwendet cookies|abonnieren sie|jetzt abonnieren|"
                 "newsletter abonnieren|folgen sie uns auf|mit dem absenden|mit material der"},
    BoilerplatePhrases{
        .language = "fr",
        .related = "articles liés|articles similaires|sur le même sujet|sur le même thème|"
                   "les plus lus|à la une|dans la même rubrique|lire la suite|voir aussi|"
                   "en savoir plus|nos articles|recommandé pour vous",
        .related_start = "lire aussi|à lire aussi|lire également|à lire également|voir également|"
                         "à voir aussi|lisez aussi",
        .whole = "commentaires|commentaire|aucun commentaire|laisser un commentaire|"
                 "ajouter un commentaire|écrire un commentaire|réagir|partager|"
                 "partager cet article|partager l'article|imprimer|publicité|se connecter|"
                 "connexion|connectez-vous|s'inscrire|s'abonner|abonnez-vous|tout accepter|"
                 "accepter et fermer|mentions légales|politique de confidentialité|"
                 "tous droits réservés|reproduction interdite|haut de page|suivez-nous|"
                 "article réservé aux abonnés|voir plus|afficher plus|copier le lien|contenu "
                 "sponsorisé",
        .label = "photo|crédit photo|crédit|source|sources|publié le|mis à jour le|mots-clés|"
                 "thèmes|temps de lecture|auteur",
        .start = "votre adresse e-mail ne sera pas publiée|votre adresse de messagerie ne sera|"
                 "vous avez déjà un compte|connectez-vous pour|vous devez être connecté|"
                 "partager sur facebook|partager sur twitter|partager sur whatsapp|"
                 "ce site utilise des cookies|nous utilisons des cookies|abonnez-vous à|"
                 "inscrivez-vous à|suivez-nous sur|recevez notre newsletter|"
                 "les champs obligatoires"},
    BoilerplatePhrases{
        .language = "es",
        .related = "noticias relacionadas|artículos relacionados|te puede interesar|"
                   "te puede gustar|te recomendamos|lo más leído|lo más visto|leer más|ver más|"
                   "más noticias|más información|relacionado|relacionados|sigue leyendo|"
                   "seguir leyendo|mira también|también te puede interesar",
        .related_start = "lea también|lee también|leer también|lea además|lea más sobre|"
                         "vea también|ver también|le puede interesar",
        .whole = "comentarios|comentario|sin comentarios|deja un comentario|deja una respuesta|"
                 "dejar un comentario|escribe un comentario|comentar|compartir|comparte|"
                 "compartir noticia|comparte esta noticia|imprimir|publicidad|anuncio|"
                 "iniciar sesión|inicia sesión|regístrate|registrarse|suscríbete|suscribirse|"
                 "aceptar|aceptar todo|aceptar cookies|política de privacidad|"
                 "política de cookies|aviso legal|todos los derechos reservados|síguenos|"
                 "copiar enlace|cargar más|volver arriba|enlace copiado",
        .label = "foto|fotos|fotografía|imagen|crédito|fuente|fuentes|publicado|"
                 "publicado el|actualizado|etiquetas|temas|tiempo de lectura|autor",
        .start = "tu dirección de correo electrónico no será publicada|"
                 "su dirección de correo electrónico no será|los campos obligatorios|"
                 "inicia sesión para|inicie sesión para|debes iniciar sesión|"
                 "compartir en facebook|compartir en twitter|compartir en whatsapp|"
                 "utilizamos cookies|usamos cookies|este sitio utiliza cookies|"
                 "este sitio web utiliza cookies|suscríbete a|suscríbase a|síguenos en|"
                 "únete a nuestro canal|haz clic aquí"},
    BoilerplatePhrases{
        .language = "pt",
        .related = "notícias relacionadas|artigos relacionados|relacionadas|relacionados|"
                   "mais lidas|mais notícias|ler mais|ver mais|leia mais|saiba mais|"
                   "continue lendo|continuar a ler|recomendado para você",
        .related_start = "leia também|leia ainda|leia mais sobre|ler também|leia a seguir|"
                         "veja também|veja mais|confira também|clique aqui",
        .whole = "comentários|comentário|sem comentários|deixe um comentário|"
                 "deixe o seu comentário|deixe seu comentário|deixe uma resposta|comentar|"
                 "partilhar|partilhe|compartilhar|compartilhe|compartilhe esta notícia|imprimir|"
                 "publicidade|anúncio|continua após a publicidade|entrar|iniciar sessão|"
                 "cadastre-se|registar|assine|aceitar|aceitar todos|política de privacidade|"
                 "política de cookies|termos de uso|todos os direitos reservados|siga-nos|"
                 "copiar link|carregar mais|voltar ao topo",
        .label = "foto|fotos|imagem|crédito|fonte|fontes|publicado em|atualizado em|etiquetas|"
                 "tempo de leitura|autor",
        .start = "o seu endereço de email não será publicado|o seu endereço de e-mail não será|"
                 "seu endereço de e-mail não será|campos obrigatórios|faça login para|"
                 "inicie sessão para|partilhar no facebook|partilhar no twitter|"
                 "compartilhar no facebook|compartilhe no|usamos cookies|utilizamos cookies|"
                 "este site usa cookies|este site utiliza cookies|assine a nossa|assine nossa|"
                 "subscreva a|siga-nos no|siga o nosso|receba notícias"},
    BoilerplatePhrases{
        .language = "it",
        .related = "articoli correlati|notizie correlate|potrebbe interessarti|"
                   "potrebbe interessarti anche|i più letti|più letti|altre notizie|"
                   "leggi tutto|continua a leggere|continua a leggere dopo la pubblicità|"
                   "per approfondire|approfondisci|ultime notizie",
        .related_start = "leggi anche|leggi di più|leggi pure|vedi anche|guarda anche|"
                         "clicca qui",
        .whole = "commenti|commento|nessun commento|lascia un commento|scrivi un commento|"
                 "commenta|condividi|condividi questo articolo|condividi l'articolo|stampa "
                 "l'articolo|pubblicità|annuncio pubblicitario|accedi|registrati|abbonati|"
                 "iscriviti|accetta|accetta tutto|accetta tutti|informativa sulla privacy|"
                 "riproduzione riservata|tutti i diritti riservati|seguici|copia link|"
                 "mostra altro|carica altri|torna su",
        .label = "foto|immagine|credito|fonte|fonti|pubblicato il|aggiornato il|tag|"
                 "ultimo aggiornamento|tempo di lettura|autore",
        .start = "il tuo indirizzo email non sarà pubblicato|i campi obbligatori|accedi per|"
                 "devi effettuare l'accesso|devi essere connesso|condividi su facebook|"
                 "condividi su twitter|condividi su whatsapp|utilizziamo i cookie|"
                 "questo sito utilizza i cookie|questo sito usa i cookie|questo sito utilizza "
                 "cookie|iscriviti alla|iscriviti al|seguici su|© riproduzione"},
    BoilerplatePhrases{
        .language = "nl",
        .related = "gerelateerd|gerelateerde artikelen|meer over dit onderwerp|meest gelezen|"
                   "lees verder|lees meer|aanbevolen|meer nieuws",
        .related_start = "lees ook|bekijk ook|lees meer over",
        .whole = "reacties|reactie|geen reacties|geef een reactie|laat een reactie achter|"
                 "plaats een reactie|reageer|reageer op dit artikel|deel dit artikel|deel dit|"
                 "delen|printen|advertentie|reclame|inloggen|log in|aanmelden|registreren|"
                 "abonneer|word abonnee|alles accepteren|privacybeleid|cookiebeleid|"
                 "alle rechten voorbehouden|volg ons|kopieer link|meer laden",
        .label = "foto|beeld|bron|bronnen|gepubliceerd|bijgewerkt|laatste update|leestijd|auteur",
        .start = "je e-mailadres wordt niet gepubliceerd|het e-mailadres wordt niet|"
                 "log in om|deel op facebook|deel op twitter|delen op facebook|"
                 "wij gebruiken cookies|we gebruiken cookies|deze website gebruikt cookies|"
                 "abonneer je op|schrijf je in voor|volg ons op"},
    BoilerplatePhrases{
        .language = "sv",
        .related = "läs mer|relaterade artiklar|relaterat|mest läst|mest lästa|fler nyheter|"
                   "mer om ämnet|rekommenderat",
        .related_start = "läs även|läs också|läs mer om|se även|se också",
        .whole = "kommentarer|inga kommentarer|lämna ett svar|lämna en kommentar|"
                 "skriv en kommentar|kommentera|dela|dela artikeln|dela artikel|annons|reklam|"
                 "logga in|registrera|prenumerera|bli prenumerant|acceptera alla|godkänn alla|"
                 "alla rättigheter förbehållna|följ oss|skriv ut|visa fler|visa mer",
        .label = "foto|bild|bildkälla|källa|källor|publicerad|uppdaterad|lästid|ämnen",
        .start = "din e-postadress kommer inte publiceras|logga in för att|dela på facebook|"
                 "dela på twitter|vi använder cookies|vi använder kakor|"
                 "den här webbplatsen använder|prenumerera på|följ oss på"},
    BoilerplatePhrases{
        .language = "no",
        .related = "les mer|les mer om saken|relaterte artikler|relaterte saker|mest lest|"
                   "flere nyheter|anbefalt|siste nytt",
        .related_start = "les også|lest denne|les mer om|se også|les meir om|les òg",
        .whole = "kommentarer|ingen kommentarer|legg igjen en kommentar|legg igjen et svar|"
                 "skriv en kommentar|kommenter|del|del artikkelen|del saken|del artikkel|annonse|"
                 "reklame|annonsørinnhold|logg inn|registrer deg|bli abonnent|abonner|"
                 "godta alle|aksepter alle|personvern|alle rettigheter forbeholdt|følg oss|"
                 "vis mer|vis flere",
        .label = "foto|bilde|kilde|kilder|publisert|oppdatert|sist oppdatert|lesetid",
        .start = "din e-postadresse vil ikke bli publisert|logg inn for å|del på facebook|"
                 "del på twitter|vi bruker informasjonskapsler|vi bruker cookies|"
                 "dette nettstedet bruker|meld deg på nyhetsbrev|abonner på|følg oss på|tips oss"},
    BoilerplatePhrases{
        .language = "da",
        .related = "læs mere|relaterede artikler|mest læste|mest læst|flere nyheder|anbefalet",
        .related_start = "læs også|læs mere om|se også|læs videre",
        .whole = "kommentarer|ingen kommentarer|skriv en kommentar|efterlad en kommentar|"
                 "efterlad et svar|del artiklen|annonce|reklame|log ind|log på|tilmeld dig|"
                 "bliv abonnent|accepter alle|tillad alle|alle rettigheder forbeholdes|følg os|"
                 "vis mere|vis flere",
        .label = "foto|billede|kilde|kilder|publiceret|offentliggjort|opdateret|læsetid",
        .start = "din e-mailadresse vil ikke blive publiceret|din e-mail vil ikke blive|"
                 "log ind for at|del på facebook|del på twitter|vi bruger cookies|"
                 "denne hjemmeside bruger|tilmeld dig nyhedsbrevet|abonner på|følg os på"},
    BoilerplatePhrases{
        .language = "fi",
        .related = "lue lisää|aiheeseen liittyvää|luetuimmat|suositellut|lisää aiheesta|"
                   "uusimmat uutiset",
        .related_start = "lue myös|katso myös|lue lisää aiheesta",
        .whole = "kommentit|kommentti|ei kommentteja|jätä kommentti|kommentoi|jätä vastaus|jaa|"
                 "jaa artikkeli|mainos|kirjaudu|kirjaudu sisään|rekisteröidy|tilaa|"
                 "hyväksy kaikki|tietosuojaseloste|kaikki oikeudet pidätetään|seuraa meitä|"
                 "näytä lisää",
        .label = "kuva|kuvat|lähde|lähteet|julkaistu|päivitetty|lukuaika",
        .start = "sähköpostiosoitettasi ei julkaista|kirjaudu sisään kommentoidaksesi|"
                 "jaa facebookissa|käytämme evästeitä|tämä sivusto käyttää evästeitä|"
                 "tilaa uutiskirje|seuraa meitä"},
    BoilerplatePhrases{
        .language = "pl",
        .related = "powiązane artykuły|podobne artykuły|powiązane|najczęściej czytane|"
                   "najpopularniejsze|polecane|czytaj więcej|czytaj dalej|więcej na ten temat|"
                   "zobacz więcej",
        .related_start = "czytaj także|czytaj też|czytaj również|przeczytaj także|"
                         "przeczytaj również|przeczytaj też|zobacz także|zobacz też|"
                         "zobacz również|więcej o",
        .whole = "komentarze|komentarz|brak komentarzy|dodaj komentarz|zostaw komentarz|skomentuj|"
                 "udostępnij|podziel się|reklama|zaloguj się|zaloguj|zarejestruj się|"
                 "subskrybuj|akceptuję|zaakceptuj wszystkie|polityka prywatności|"
                 "wszelkie prawa zastrzeżone|obserwuj nas|pokaż więcej|drukuj|skopiuj link|"
                 "dalsza część artykułu pod wideo|materiał sponsorowany",
        .label = "foto|fot|zdjęcie|źródło|źródła|opublikowano|data publikacji|aktualizacja|"
                 "ostatnia aktualizacja|tagi|autor|czas czytania|oprac|udostępnij",
        .start = "twój adres e-mail nie zostanie opublikowany|twój adres email nie zostanie|"
                 "zaloguj się aby|zaloguj się żeby|udostępnij na facebooku|używamy plików cookie|"
                 "ta strona używa|strona korzysta z plików|zapisz się do|zapisz się na|"
                 "dołącz do nas|obserwuj nas w|masz ciekawy temat"},
    BoilerplatePhrases{
        .language = "cs",
        .related = "související články|související|nejčtenější|více k tématu|doporučujeme|"
                   "číst dále|číst více|další články",
        .related_start = "čtěte také|přečtěte si také|čtěte více|čtěte dále|viz také",
        .whole = "komentáře|komentář|žádné komentáře|přidat komentář|napsat komentář|diskuse|"
                 "vstoupit do diskuse|sdílet|sdílet článek|reklama|přihlásit se|přihlásit|"
                 "registrovat|předplatit|přijmout vše|všechna práva vyhrazena|sledujte nás|"
                 "zobrazit více|tisk",
        .label = "foto|zdroj|zdroje|publikováno|aktualizováno|štítky|autor|témata",
        .start = "vaše e-mailová adresa nebude zveřejněna|přihlaste se abyste|"
                 "sdílet na facebooku|používáme soubory cookie|tento web používá|"
                 "přihlaste se k odběru|sledujte nás na"},
    BoilerplatePhrases{
        .language = "sk",
        .related = "súvisiace články|najčítanejšie|odporúčame|čítať ďalej|viac k téme",
        .related_start = "čítajte aj|prečítajte si aj|prečítajte si tiež|čítajte tiež",
        .whole = "komentáre|pridať komentár|diskusia|zdieľať|reklama|prihlásiť sa|"
                 "všetky práva vyhradené|sledujte nás",
        .label = "foto|zdroj|zdroje|aktualizované|autor",
        .start = "vaša e-mailová adresa nebude zverejnená|prihláste sa|zdieľať na facebooku|"
                 "používame súbory cookie|sledujte nás na"},
    BoilerplatePhrases{
        .language = "hu",
        .related = "kapcsolódó cikkek|kapcsolódó|legolvasottabb|ajánlott|tovább olvasom|"
                   "további hírek|ajánljuk",
        .related_start = "olvassa el ezt is|olvasd el ezt is|olvassa el|olvasson tovább",
        .whole = "hozzászólások|hozzászólás|szólj hozzá|megosztás|megosztom|hirdetés|reklám|"
                 "bejelentkezés|regisztráció|feliratkozás|elfogadom|minden jog fenntartva|"
                 "kövessen minket|nyomtatás",
        .label = "fotó|kép|forrás|források|frissítve|címkék|szerző|borítókép|nyitókép",
        .start = "az e-mail címet nem tesszük közzé|jelentkezzen be|megosztás facebookon|"
                 "sütiket használunk|ez a weboldal sütiket|iratkozzon fel|kövess minket|"
                 "kövessen minket"},
    BoilerplatePhrases{
        .language = "ro",
        .related = "articole similare|știri similare|articole recomandate|cele mai citite|"
                   "recomandări|citește mai mult|citește mai departe|vezi mai mult|ți-ar putea "
                   "plăcea",
        .related_start = "citește și|citiți și|vezi și|citește mai multe despre",
        .whole = "comentarii|comentariu|niciun comentariu|lasă un comentariu|lasă un răspuns|"
                 "adaugă un comentariu|distribuie|distribuie articolul|publicitate|reclamă|"
                 "autentificare|înregistrare|abonează-te|accept toate|acceptă|"
                 "toate drepturile rezervate|urmărește-ne|tipărește",
        .label = "foto|sursă|sursa|sursa foto|surse|publicat|actualizat|etichete|autor",
        .start = "adresa ta de email nu va fi publicată|autentifică-te pentru|"
                 "trebuie să fii autentificat|distribuie pe facebook|folosim cookie|"
                 "acest site folosește|acest site utilizează|abonează-te la|urmărește-ne pe|"
                 "urmăriți-ne pe"},
    BoilerplatePhrases{
        .language = "tr",
        .related = "ilgili haberler|benzer haberler|ilginizi çekebilir|çok okunanlar|"
                   "en çok okunanlar|devamını oku|diğer haberler|önerilen haberler|son dakika "
                   "haberleri|bunlar da ilginizi çekebilir",
        .related_start = "ayrıca okuyun|bunu da okuyun|ayrıca bakınız|haberin devamı",
        .whole = "yorumlar|yorum|yorum yap|yorum yaz|yorum yok|bir cevap yazın|bir yanıt yazın|"
                 "yorum bırakın|paylaş|haberi paylaş|reklam|giriş yap|giriş yapın|üye ol|"
                 "kayıt ol|abone ol|kabul et|tümünü kabul et|tüm hakları saklıdır|"
                 "bizi takip edin|yazdır|gizlilik politikası|daha fazla göster",
        .label = "foto|fotoğraf|fotoğraflar|kaynak|kaynaklar|güncelleme|son güncelleme|etiketler|"
                 "yayınlanma|yayın tarihi|editör",
        .start = "e-posta adresiniz yayınlanmayacak|e-posta hesabınız yayımlanmayacak|"
                 "yorum yapabilmek için|yorum yapmak için|facebook'ta paylaş|twitter'da paylaş|"
                 "çerezleri kullanıyoruz|çerez kullanıyoruz|bu site çerez|sitemizde çerez|"
                 "bültenimize abone|bizi takip edin"},
    BoilerplatePhrases{
        .language = "sh",
        .related = "povezane vijesti|povezane vesti|povezani članci|najčitanije|pročitajte više|"
                   "preporučujemo|повезане вести|најчитаније",
        .related_start = "pročitajte još|pročitajte i|pročitaj još|čitajte još|pogledajte još|"
                         "прочитајте још|прочитајте и",
        .whole = "komentari|komentar|nema komentara|ostavite komentar|ostavi komentar|"
                 "pošalji komentar|podijeli|podeli|podijelite|oglas|prijavi se|prijava|"
                 "registracija|prihvaćam|prihvatam|sva prava pridržana|sva prava zadržana|"
                 "pratite nas|коментари|оставите коментар|подели|сва права задржана",
        .label = "foto|izvor|izvori|objavljeno|ažurirano|tagovi|oznake|autor|фото|извор",
        .start = "vaša adresa e-pošte neće biti objavljena|podijeli na|podeli na|"
                 "koristimo kolačiće|ova stranica koristi|ovaj sajt koristi|prijavite se na|"
                 "pratite nas na"},
    BoilerplatePhrases{
        .language = "id",
        .related = "berita terkait|artikel terkait|terpopuler|berita populer|selengkapnya|"
                   "baca selengkapnya|berita lainnya|rekomendasi untuk anda",
        .related_start = "baca juga|baca artikel|lihat juga|simak juga|simak berita|simak video",
        .whole = "komentar|tulis komentar|tinggalkan komentar|tinggalkan balasan|"
                 "tambahkan komentar|bagikan|bagikan artikel|iklan|advertisement|masuk|daftar|"
                 "berlangganan|setuju|hak cipta dilindungi|ikuti kami|salin tautan|"
                 "scroll to continue with content|lanjutkan membaca",
        .label = "foto|gambar|sumber|penulis|editor|reporter|diterbitkan|diperbarui|kata kunci",
        .start = "alamat email anda tidak akan dipublikasikan|masuk untuk berkomentar|bagikan ke|"
                 "kami menggunakan cookie|situs ini menggunakan|ikuti kami di|dapatkan update"},
    BoilerplatePhrases{
        .language = "vi",
        .related = "tin liên quan|bài viết liên quan|tin cùng chuyên mục|đọc nhiều|"
                   "xem nhiều|đọc tiếp|tin mới|bài liên quan|có thể bạn quan tâm",
        .related_start = "xem thêm|đọc thêm|mời độc giả xem thêm|mời bạn đọc xem thêm",
        .whole = "bình luận|ý kiến|ý kiến bạn đọc|gửi bình luận|để lại bình luận|"
                 "để lại một bình luận|chia sẻ|quảng cáo|đăng nhập|đăng ký|đồng ý|"
                 "theo dõi chúng tôi|sao chép liên kết|in bài viết|bản quyền",
        .label = "ảnh|hình ảnh|nguồn|nguồn ảnh|theo|tác giả|cập nhật|từ khóa|từ khoá|tags",
        .start = "email của bạn sẽ không được hiển thị|chia sẻ lên facebook|"
                 "chúng tôi sử dụng cookie|đăng nhập để|theo dõi chúng tôi"},
    BoilerplatePhrases{.language = "any", // addresses that embedded posts leave behind
                       .related = {},
                       .related_start = {},
                       .whole = {},
                       .label = "https|http|www",
                       .start = "pic twitter com|t me|instagram com|youtube com"},
};

} // namespace

std::span<const BoilerplatePhrases> boilerplate_phrases_latin() noexcept {
    return phrases;
}

std::string_view publisher_names() noexcept {
    return "BBC|BBC News|BBC Sport|CNN|Reuters|The Guardian|The New York Times|The Washington Post|"
           "AP News|Associated Press|The Associated Press|AFP|Al Jazeera|Al Jazeera English|"
           "Bloomberg|Financial Times|The Telegraph|The Times|The Independent|The Economist|"
           "Sky News|Fox News|NBC News|CBS News|ABC News|NPR|Politico|POLITICO|Axios|Time|"
           "Newsweek|USA Today|Los Angeles Times|The Wall Street Journal|WSJ|Forbes|CNBC|"
           "Daily Mail Online|Mail Online|Euronews|France 24|RFI|Deutsche Welle|DW|"
           "DW News|The Hill|The Hindu|The Times of India|Hindustan Times|NDTV|"
           "South China Morning Post|The Japan Times|The Jerusalem Post|Haaretz|"
           "The Times of Israel|The Moscow Times|The Kyiv Independent|Kyiv Post|Yahoo News|"
           "MSN|Google News|Le Monde|Le Figaro|Libération|Le Parisien|L'Obs|20 Minutes|"
           "DER SPIEGEL|SPIEGEL ONLINE|Spiegel|Die Zeit|ZEIT ONLINE|FAZ|FAZ.NET|Süddeutsche "
           "Zeitung|SZ|SZ.de|WELT|Tagesschau|tagesschau.de|n-tv|n-tv.de|Focus Online|FOCUS "
           "online|NZZ|Der Standard|derStandard.at|El País|EL PAÍS|EL MUNDO|ABC|La "
           "Vanguardia|Infobae|BBC News Mundo|BBC Mundo|CNN en Español|Clarín|La Nación|LA "
           "NACION|Folha de S.Paulo|G1|UOL|Público|Expresso|la Repubblica|Repubblica|"
           "Corriere della Sera|La Stampa|Il Sole 24 ORE|ANSA|ANSA.it|NOS|NU.nl|de "
           "Volkskrant|NRC|VRT NWS|SVT Nyheter|Dagens Nyheter|DN.se|Aftonbladet|Expressen|"
           "NRK|VG|Aftenposten|Dagbladet|TV 2|DR|Politiken|Berlingske|Yle|Yle Uutiset|"
           "Helsingin Sanomat|HS.fi|Gazeta Wyborcza|Onet|Onet Wiadomości|TVN24|WP "
           "Wiadomości|Novinky.cz|iDNES.cz|ČT24|Index|Telex|Digi24|HotNews.ro|Hürriyet|"
           "Milliyet|Sabah|NTV|РИА Новости|ТАСС|Интерфакс|Коммерсантъ|Коммерсант|Lenta.ru|"
           "Lenta.Ru|Лента.ру|Газета.Ru|РБК|Ведомости|Медуза|Meduza|Новая газета|RT на "
           "русском|Известия|Российская газета|Українська правда|УНІАН|УНИАН|Укрінформ|"
           "Радіо Свобода|Радио Свобода|BBC News Україна|Русская служба Би-би-си|"
           "الجزيرة نت|الجزيرة|العربية|BBC News عربي|سكاي نيوز عربية|新华网|人民网|"
           "BBC News 中文|朝日新聞デジタル|読売新聞オンライン|毎日新聞|日本経済新聞|"
           "NHKニュース|Yahoo!ニュース|연합뉴스|조선일보|중앙일보|한겨레";
}

} // namespace fabula::detail
