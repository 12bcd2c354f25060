"""Words that say how somebody is heard."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

#: Verbs whose subject speaks, in the forms that occur before a line.
SPEECH_VERBS = word_set(
    """say says said saying speak speaks speaking spoke talk talks talking talked ask asks asked asking tell tells
    telling told explain explains explaining explained whisper whispers whispering whispered shout shouts
    shouting shouted yell yells yelling yelled scream screams screaming screamed cry cries crying cried reply
    replies replying replied answer answers answering answered respond responds responding responded murmur
    murmurs murmuring murmured mutter mutters muttering muttered mumble mumbles mumbling mumbled announce
    announces announcing announced declare declares declaring declared exclaim exclaims exclaiming exclaimed
    call calls calling called add adds adding added continue continues continuing continued complain complains
    complaining complained sigh sighs sighing sighed plead pleads pleading pleaded beg begs begging begged
    demand demands demanding demanded order orders ordering ordered snap snaps snapping snapped growl growls
    growling growled hiss hisses hissing hissed chant chants chanting chanted bark barks barking barked laugh
    laughs laughing laughed chuckle chuckles chuckling chuckled giggle giggles giggling sob sobs sobbing state
    states stating stated remark remarks remarking remarked comment comments commenting commented report reports
    reporting reported recite recites reciting recited narrate narrates narrating narrated query queries
    querying queried inquire inquires inquiring inquired wonder wonders wondering warn warns warning warned
    insist insists insisting admit admits admitting confess confesses confessing joke jokes joking tease teases
    teasing greet greets greeting welcome welcomes welcoming interrupt interrupts interrupting protest protests
    protesting retort retorts retorting quip quips quipping agree agrees agreeing argue argues arguing begin
    begins beginning chime chimes chiming chirp chirps chirping drawl drawls drawling gasp gasps gasping groan
    groans groaning grumble grumbles grumbling instruct instructs instructing lecture lectures lecturing present
    presents presenting proclaim proclaims read reads reading repeat repeats repeating roar roars roaring bellow
    bellows bellowing shriek shrieks squeak squeaks squeaking squeal squeals stammer stammers stammering stutter
    stutters stuttering think thinks thinking urge urges urging utter utters uttering vow vows purr
    purrs purring introduce introduces introducing observe observes observing offer offers offering promise
    promises promising declaim declaims coo coos cooing croak croaks croaking rasp rasps rasping scoff scoffs
    scoffing scold scolds scolding shush shushes shushing pray prays praying preach preaches preaching blurt
    blurts boast boasts boasting boasted brag brags bragging coax coaxes coaxing deadpan deadpans grunt grunts
    grunting grunted huff huffs huffing jeer jeers jeering lament laments lamenting moan moans moaning moaned
    propose proposes proposing reassure reassures reassuring remind reminds reminding reminded sneer sneers sneering
    sneered snicker snickers snickering splutter splutters spluttering squawk squawks squawking squawked suggest
    suggests suggesting suggested swear swears taunt taunts taunting taunted wail wails wailing wailed whine whines
    whining whined whimper whimpers whimpering whimpered whoop whoops whooping yelp yelps yelping yelped screech
    screeches screeching screeched"""
)
#: Verbs that are nouns behind an article: `in a hoarse whisper`, `with a sigh`.
SPOKEN_NOUNS = word_set(
    """whisper shout yell scream cry call reply answer murmur mumble mutter sigh plea growl hiss chant bark
    laugh chuckle giggle sob comment report order demand roar bellow shriek squeak squeal gasp groan purr
    croak rasp drawl promise offer lecture joke talk remark query state present hum rap boast grunt huff jeer
    lament moan sneer snicker splutter squawk taunt wail whine whimper whoop yelp"""
)
#: What somebody is heard with.
VOICE_NOUNS = word_set(
    "voice tone accent whisper murmur drawl rasp growl timbre pitch baritone tenor alto soprano falsetto"
)
#: Verbs of speech by which things, animals and the weather are heard too.
NOISES = word_set(
    """bark barks barking growl growls growling hiss hisses hissing croak croaks rasp rasps roar roars roaring
    squeak squeaks squeal squeals shriek shrieks groan groans groaning chime chimes chiming chirp chirps
    chirping purr purrs coo coos snap snaps snapping sigh sighs sighing gasp gasps hum hums humming rap raps
    rapping scream screams cry cries call calls begin begins laugh laughs laughing grumble grumbles grunt grunts
    grunting huff huffs huffing moan moans moaning splutter splutters spluttering squawk squawks squawking wail wails
    wailing whine whines whining whimper whimpers whimpering yelp yelps yelping screech screeches screeching"""
)
#: Verbs whose subject sings or raps.
SINGING_VERBS = word_set(
    """sing sings sang sung singing croon croons crooning crooned belt belts belting yodel yodels yodeling
    yodelling serenade serenades serenading vocalise vocalises vocalize vocalizes harmonise harmonises harmonize
    harmonizes harmonizing"""
)
#: Verbs of song by which engines and signs are heard too, what they sing, and what makes them no song. As a way of
#: speaking (`humming voice`) they are none.
HUMMING_VERBS = word_set("hum hums humming hummed")
HUMMED_TUNES = word_set("tune tunes melody melodies song songs lullaby waltz hymn carol ballad anthem verse")
HUMMED_TONES = word_set("note notes tone tones pitch drone buzz")
RAP_VERBS = word_set("rap raps rapped rapping freestyle freestyles freestyling")
#: What is struck, and with what, where somebody raps and it is no rap.
KNOCKED = word_set(
    """door doors table desk window pane counter wood glass gate wall board lid hatch hull podium lectern bench
    knuckle knuckles finger fingers fist gavel cane stick baton pen ruler spoon"""
)
#: What is rapped as a performance, and not struck.
RAPPED = word_set(
    """verse verses chorus line lines lyric lyrics bar bars hook rhyme rhymes song freestyle part intro outro melody
    beat story words fast first second third last next final whole new own tongue-twister"""
)

NARRATOR_WORDS = word_set(
    """narrator narration narrators voiceover voice-over voiceovers voice-overs vo commentator commentary
    off-screen offscreen off-camera unseen disembodied"""
)
#: Words of an introduction after which the speaker is heard and not seen.
OFFSCREEN_WORDS = word_set(
    """narrator narration narrates narrating voiceover voice-over vo off-screen offscreen off-camera unseen
    disembodied"""
)
#: Introductions that say nothing about the way of speaking.
PLAIN_VERBS = word_set(
    """says say said saying speaks speaking asks ask asked tells talks calls states sings raps singing rapping"""
)
CHOIR_WORDS = word_set("choir choirs chorus chorale")
RAPPER_WORDS = word_set("rapper rappers mc emcee")
CHORUS_WORDS = word_set("""choir choirs chorus ensemble quartet trio duo duet chorale singers""")
UNISON_PHRASES = ("in unison", "together", "in chorus", "as one", "in harmony", "all at once", "simultaneously")

#: Words by which speech or song is told without its words.
SUNG_WORDS = word_set(
    """sing sings singing sang croon croons crooning humming hums serenades serenading yodels vocals a-cappella"""
)
TALKING_WORDS = word_set(
    """say says saying speak speaks speaking talk talks talking tell tells telling explain explains explaining
    whisper whispers whispering chat chats chatting discuss discusses discussing argue argues arguing ask asks
    asking interview interviews interviewing announces announcing presents presenting shout shouts shouting
    conversation monologue dialogue dialog lecture lectures comments commenting quarrel quarrels gossip gossips
    recites reciting"""
)
CONVERSATION_WORDS = word_set(
    """chat chatting discuss discussing argue arguing conversation dialogue dialog interview interviews
    interviewing quarrel quarrelling debate debating gossip both friends couple twins"""
)

#: What a remark is made of that does nothing but tie a voice to somebody.
BINDING_WORDS = word_set(
    """is are bound to for the a voice of uses use using speaks speak with in by belongs assigned set and as should
    be spoken voiced from here his her their on this character line lines apply applies applied"""
)

PRONOUNS = word_set("he she they it both everyone everybody all we him her them")
SUBJECT_PRONOUNS = word_set("he she they it both everyone everybody")
GROUP_PRONOUNS = word_set("they both everyone everybody all we")

CHINESE_GROUP_PRONOUNS = ("他们", "她们", "它们")

#: Endings and phrases of Chinese introductions, longest first.
CHINESE_SPEECH = phrases(
    """自言自语, 低声说, 小声说, 大声说, 轻声说, 笑着说, 哭着说, 回答说, 开口说, 解释说, 低声道, 问道, 说道, 喊道,
    答道, 叫道, 笑道, 叹道, 回答, 解释, 介绍, 低语, 耳语, 大喊, 呼喊, 喊, 吼, 询问, 追问, 反问, 问, 告诉, 抱怨,
    叹气, 讲述, 讲解, 播报, 宣布, 朗诵, 朗读, 诉说, 嘟囔, 感叹, 惊呼, 尖叫, 叫卖, 叫嚷, 大叫, 惊叫, 高呼, 欢呼,
    呼唤, 吆喝, 嘀咕, 嘟哝, 喃喃, 自语, 呢喃, 调侃, 打趣, 央求, 哀求, 恳求, 质问, 反驳, 补充, 附和, 回应, 道歉,
    感慨, 赞叹, 称赞, 祝福, 命令, 吩咐, 催促, 训斥, 责备, 埋怨, 坦言, 吐槽, 念叨, 唠叨, 呵斥, 叮嘱, 嘱咐, 插话,
    接话, 开口, 喝道, 怒喝, 大喝, 背诵, 说, 道, 讲, 念, 答"""
)
CHINESE_SINGING = ("合唱", "演唱", "歌唱", "清唱", "哼唱", "高唱", "唱道", "唱着", "唱")
CHINESE_RAP = ("说唱", "饶舌")
CHINESE_NARRATION = ("旁白", "画外音", "解说", "叙述者")
CHINESE_CHORUS = ("合唱", "齐唱", "一起唱", "齐声唱")

#: What a quotation is when nobody says it: a text that is seen.
WRITTEN_WORDS = word_set(
    """sign signs title titles text texts caption captions word words banner banners label labels logo logos screen
    poster posters subtitle subtitles headline headlines name named called titled labelled labeled marked
    written printed reading note plaque billboard sticker tattoo display displays book song track slogan letters
    lettering engraved inscription inscribed menu card T-shirt t-shirt shirt mug neon placard graffiti message
    watermark chalkboard whiteboard blackboard page cover box button heading"""
)
WRITTEN_VERBS = word_set(
    """read reads reading say says saying spell spells spelling show shows showing display displays"""
)
CHINESE_WRITTEN = ("写着", "印着", "标着", "刻着", "字样", "标题", "招牌", "字幕", "名为", "题为", "显示")
