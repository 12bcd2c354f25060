"""Common words by which the language of a short line is told."""

# Letters of other languages are data here.
# ruff: noqa: RUF001

from __future__ import annotations

from bot.prompts.lexicon.lists import word_set

ENGLISH = word_set(
    """the be to of and a in that have i it for not on with he as you do at this but his by from they we say her
    she or an will my one all would there their what so up out if about who get which go me when make can like
    time no just him know take people into year your good some could them see other than then now look only come
    its over think also back after use two how our work first well way even new want because any these give day
    most us is are was were am been has had did does don't can't won't i'm it's that's you're we're they're i'll
    let's isn't what's here there's where why yes oh hey hi hello please thank thanks sorry welcome everyone
    today tonight tomorrow morning night never always again still very much more less little big old love home
    down off too really right left wait stop help look listen ready everything nothing something someone anyone
    ever before through should must let tell ask need keep feel made said done going coming got every each own
    same great best better last long next away around place world life hand house door light dark water fire
    rain snow city street train coffee tea bread dinner lunch friend my mine yours hers ours theirs god man
    woman boy girl sir madam ladies gentlemen okay ok goodbye bye cheers wow ah run stay leave open close closed
    turn hold move try watch sing song dance play eat drink sleep dream live die find lost hard easy fast slow
    hot cold sweet fresh new smell taste sound quiet loud true false wrong sure maybe perhaps was it's i've
    we've you've he's she's couldn't wouldn't didn't doesn't ain't gonna wanna gotta under above behind three
    four five six seven eight nine ten hundred dear darling baby mom dad"""
)
_GERMAN = """herzlich unser unserem unsere haus herr frau kommen sie gehen wollen wir machen sprechen schnell
    langsam endlich vielen mal doch dann denn weil dass heiße freut mich spät früh schön schöne
    wunderbar auf wiedersehen tschüss servus mann kind kinder hund katze brot wasser licht stadt straße
    nichts etwas niemand jeder zusammen los weg raus der die das und ist nicht ich du er sie wir ihr ein
    eine einen einem mit auf für von zu zum zur im den dem des sich auch aber oder wenn wie was wo wer
    warum hallo danke bitte guten tag morgen abend nacht willkommen mein dein sein ihre haben hat habe
    sind war bin kann muss komm geht gut sehr jetzt heute hier noch schon nur nach bei aus so ja nein
    alles mehr als über wieder immer leben liebe welt zeit kein keine ins vom mir dir uns euch mich dich
    in"""
_FRENCH = """voulez-vous voulez vous voici voilà mes mademoiselle carte maison ville chat chien eau pain soir
    nuit jour matin enfant femme homme petit petite grand grande belle beau allez allons viens attendez
    regardez écoutez demain peut dois faut jamais encore trop près chez sans sous entre quel quelle
    croissant cœur le la les des du un une et est pas je tu il elle nous vous ils elles ne que qui dans
    pour sur avec ce cette mais ou où comme quand bonjour bonsoir merci salut oui non très bien mon ma
    mes ton ta ses son votre notre suis es sont avez avons être avoir fait faire ici aujourd'hui
    toujours jamais tout tous rien plus c'est n'est j'ai d'un qu'il bienvenue monde vie amour temps au
    aux à de en y s'il moi toi lui leur madame monsieur"""
_SPANISH = """buenas estás casa ciudad agua pan noche día gato perro niño niña hombre mujer pequeño grande bonito
    hermosa ven vete espera mira escucha dónde ahora después antes también porque entonces corazón feliz
    gran tu tus mis cómo señorita tiempo el los las una unos y es no que en por para con su mi tu se lo
    al del como pero más muy bien hola gracias buenos buenas días noches tardes señor señora está están
    estoy soy eres somos tengo tiene quiero vamos aquí hoy mañana siempre nunca todo todos nada yo él
    ella nosotros usted ustedes qué cuándo dónde quién cómo bienvenidos bienvenido amigo amigos amor
    vida mundo de la te sí ese esa este esta sin ya"""
_ITALIAN = """buongiorno benvenuto casa città acqua pane giorno gatto cane bambino bambina uomo donna piccolo
    grande bello bella vieni aspetta guarda ascolta dove adesso dopo prima quindi cuore felice tempo
    signorina andiamo subito bordo il lo gli una uno e è non che di per con su mi ti si ci sono sei
    siamo ho hai ha abbiamo ciao grazie prego buongiorno buonasera buona sera notte molto bene questo
    questa quello come quando dove perché anche ma più tutto tutti niente oggi domani sempre mai io tu
    lui lei noi voi loro benvenuti signore signora amore vita mondo della del nel alla al la"""
_PORTUGUESE = """casa cidade água pão gato cachorro menino menina homem mulher pequeno grande bonito bonita vem
    espera olha escuta onde agora depois antes então coração feliz tempo senhor senhora todos o os as um
    uma e é não que em por para com seu sua meu minha se do da dos das no na como mas mais muito bem olá
    obrigado obrigada bom boa dia noite tarde você vocês eu ele ela nós está estão estou sou somos tenho
    tem quero vamos aqui hoje amanhã sempre nunca tudo todos nada bem-vindo bem-vindos amor vida mundo
    de"""
_DUTCH = """de het een en is niet ik jij hij zij wij jullie van voor met op te zijn dat die er maar ook als hoe
    wat waar hallo dank je wel goedemorgen goedenavond welkom mijn jouw heb heeft hebben ben kan moet
    kom gaat goed heel nu vandaag morgen hier nog al alleen naar bij uit ja nee alles meer altijd nooit"""
_POLISH = """nie to jest się na z do w że jak ale i co o po dla dzień dobry dziękuję proszę witaj witamy ja ty on
    ona my wy oni mam masz ma jestem są był gdzie kiedy kto tak dziś zawsze nigdy wszystko"""
_OTHERS = """merhaba teşekkürler evet hayır bir ve bu için çok hoş geldiniz hej tack och jag är inte det som på
    välkommen god dag takk ikke og jeg kiitos hei tervetuloa olen xin chào cảm ơn tôi không selamat
    datang terima kasih saya tidak yang habari asante karibu köszönöm szia nem vagyok ahoj děkuji jsem
    dobrý vítejte bună mulțumesc sunt nu în și dobro hvala"""
FOREIGN: dict[str, frozenset[str]] = {
    "German": word_set(_GERMAN),
    "French": word_set(_FRENCH),
    "Spanish": word_set(_SPANISH),
    "Italian": word_set(_ITALIAN),
    "Portuguese": word_set(_PORTUGUESE),
    "Dutch": word_set(_DUTCH),
    "Polish": word_set(_POLISH),
    "": word_set(_OTHERS),
}
#: Foreign phrases at home in English.
BORROWED = word_set(
    """ooh la en route über uber señor señora señorita bon appétit appetit voilà voila bravo ciao café
    cafe olé ole encore c'est la vie touché adieu aloha amigo madame
    monsieur mademoiselle carte"""
)

#: Calls and syllables that are sung and shouted in every language; alone they are no evidence of one.
SUNG_SYLLABLES = word_set("yo ho hey na do re mi fa sol la ti si da")

#: Acronyms and names that are written in capitals.
ACRONYMS = word_set(
    """DJ TV USA UK EU UN UFO NASA CEO CFO CTO AI VR AR PC PR HR DIY FAQ ASAP RSVP VIP OK NYC LA DC GPS LED LCD USB
    HDMI DVD CD CPU GPU RAM ATM PIN ID BBC CNN NBC HBO ESPN MTV NBA NFL NHL MLB FIFA UEFA WHO FBI CIA KGB MI
    NATO UNESCO UNICEF OPEC DNA RNA HIV AIDS BMW VW KFC IKEA LEGO IBM HP HTML CSS API URL PDF JPG PNG GIF MP AM
    PM BC AD BCE CE SOS EDM ROI SUV EV ER ICU IQ EQ GOAT LOL OMG BFF FYI PS AKA ETA TBA TBD YOLO NSFW ASMR MC
    BGM CGI FX SFX VFX BPM RPG PhD MBA BA MA MD RIP IRL ETC US YMCA ABC XYZ QR WC BBQ BYOB NYPD LAPD SWAT RAF
    LGBT LGBTQ NGO IPO GDP VAT IRS II III IV VI VII VIII IX XI XII XX APAC EMEA LATAM ASEAN NASDAQ NYSE
    INTERPOL OSHA COVID OPEC NAFTA UNHCR ICAO IATA SPCA CCTV CERN ESA JAXA MIT UCLA SAT GRE TOEFL IELTS KPI OKR
    SAAS NASCAR WWE UFC ISS STEM AWOL MIA KIA"""
)
