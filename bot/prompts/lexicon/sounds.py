"""Words for what is heard besides speech. Phrases match in every inflection; `bot.prompts.sounds` says how."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, words

#: Effects: something happens and is heard.
EFFECTS = phrases(
    """footstep, footfall, thunder, thunderclap, siren, alarm, shatter, glass break, clang, crackle, bubble, gurgle,
    knock, tapping, chew, munch, crunch, friction, rubbing, screech, whir, creak, squeak, click, clack,
    clatter, clink, splash, drip, sizzle, hiss, buzz, beep, ding, chime, ringing, ringtone, phone ring,
    bell ring, doorbell, bang, thud, thump, boom of, loud boom, sonic boom, explosion, explode, crash, slam,
    smash, snap of, rustle, scrape, scratching, whoosh, swoosh, roar, rumble, growl, barking, dog bark, meow,
    howl, neigh, moo, purring, quack, croak, applause, clapping, honk, horn blare, whistling, kettle whistle,
    train whistle, gunshot, gunfire, popping, fizz, sipping, slurp, gulp, pouring sound, typing, keystroke,
    jingle, hoofbeat, clop, flapping, ticking, tick of, tick-tock, swish, heartbeat, engine start, engine rev,
    engine roar, engine sound, engine noise, motor, shutter click, spraying sound, crumple, gear whir,
    metal clang, metal impact, braking, brake screech, tire screech, tyre screech, squeal of tire, sound effect,
    sfx, foley, zap, thwack, pluck of, plop, squelch, snip, chopping, slicing, sound of, clank, rattle, jangle,
    patter, pattering, crack of, cracking, snapping, thrum, drone of, warble, hoot, caw, cock-a-doodle, trample,
    bell toll, church bell, tram bell, bicycle bell, bell, gong, horn, foghorn, laser, blast, splatter, trickle,
    pinging, pings, ping of, sonar ping, metallic ping, plip, plink, crinkle, chugging, chug, stomping, stomp,
    boots stomp, squealing, kettle shriek, kettle squeal, kettle scream, laughter, audience laugh, crowd laugh,
    class laugh, people laugh, everyone laugh, sneeze, cough, hiccup, snoring, snore, burp, cooing,
    fingertip drum, finger drum, telephone ring, church bell ring, tram bell ring,
    school bell ring, gavel, clatter of,
    tinkle, baby cry, baby cries, child cry, child cries, wailing, firecracker, jackhammer, chainsaw, lawn mower,
    helicopter sound, ring, rings, bark, dog whimper, puppy whimper, zipper, horse whinny, horse whinnies, bleat,
    rooster crow, cockerel crow, cluck, oink, engine revs, motorbike revs, car revs, clunk, balloon burst, bubble burst,
    applaud, crowd gasp, audience gasp, stairs groan, floorboard groan, hull groan, timber groan, hinge groan,
    hammer pound, drill whine, saw whine, saw rasp, engine whine, turbine whine, motor whine, clock strike, sputter,
    drum roll, teeth chatter, rap door, rap table, rap desk, rap stand, rap window, rap lectern, rap podium,
    rap bench, rap gavel, rap knuckle, rap counter, velcro rips"""
)
#: Ambience: the place is heard.
AMBIENCE = phrases(
    """traffic noise, traffic, car flow, crowd murmur, crowd noise, crowd chatter, crowd cheer, murmur of,
    murmuring crowd, people murmur, audience murmur, passers-by murmur, room murmur, faint murmur, low murmur,
    distant murmur, newsroom murmur, café murmur, chatter, subway noise, train noise, construction noise,
    ocean wave, sea wave, surf,
    wave crash, wave lap, wave roll, wave break, sound of wave, crashing wave, rolling wave, lapping wave,
    gentle wave, distant wave, bird chirp, birdsong, bird song, birds sing, bird call, chirp of bird, chirping,
    wind, breeze, rain, rainfall, raindrop, rainforest, downpour, storm, insect, cricket, cicada, fireplace,
    fire burn, wind howl, wind whistle, wind roar, wind rustle, rain patter, rain drum, crowd buzz,
    air conditioner hum, hum of, fridge hum, refrigerator hum, fluorescent hum, computer hum, room tone,
    ambience, ambient sound, ambient noise, ambient hum, soundscape, background noise, background chatter,
    background sound, street noise, street sound, city noise, city sound, urban noise, hubbub, hustle and bustle,
    bustle, library silence, echo, reverb, reverberation, waterfall, stream babble, babbling brook, brook,
    river flow, seagull, gull cry, gulls, white noise, café background music, cafe background music,
    crowd in the background, distant city, distant traffic, office noise, machine hum, market noise, night sound,
    nature sound, forest sound, jungle sound, leaves rustle, rustle of leaves, cheering crowd, crowd roar,
    people chat, muffled voice, distant voice, hail, hailstone, drizzle, bee hum, bees hum, insect hum, tape hiss,
    vinyl crackle, radio static, ship hum, engine drone, drone of engine, drone of jet, engine hum, low hum,
    constant hum, steady hum, distant rumble, silence in the library,
    sleet, blizzard, gale howl, stream burble, brook burble, brook gurgle,
    stream gurgle, fan hum, fans hum, bird twitter, pigeon coo, dove coo, river rush,
    waterfall thunder, static hiss, voices murmur, lawnmower drone, mower drone, cicada drone, traffic hum"""
)
#: Music: an accompaniment or a performance.
MUSIC = phrases(
    """music, bgm, song, melody, soundtrack, tune, drum beat, drumbeat, heavy beat, hip-hop beat, trap beat,
    boom bap, beat drop, bass line, bassline, guitar pluck, guitar solo, guitar riff, piano piece, piano note,
    piano chord, accompaniment, accompany by guitar, orchestra, symphony, sonata, concerto, jazz, blues,
    bossa nova, klezmer, techno, lo-fi, lofi, reggae, flamenco, waltz, ballad, anthem, lullaby, rock and roll,
    folk song, folk style, pop song, electronic music, synth, synthesizer, synthwave, funk, disco, swing music,
    soul music, gospel, brass band, drum band, string quartet, marching band, string section, strings swell, underscore,
    jingle tune, hip-hop, instrumental, interlude, a cappella, strum, riff, arpeggio, ukulele tune, bossa, samba,
    tango, country song, heavy metal, punk rock, nocturne, prelude, etude, minuet, fugue, overture, serenade,
    aria, synth-pop, electro-pop, orchestral score, film score, electronic track, ambient track, electronic beat,
    drum and bass, strings in the background, piano theme, polka, fado, tarantella, mambo, rumba, ska, bluegrass,
    ragtime, mariachi, sea shanty, shanty, electronic swell, orchestral swell, string swell, ominous string,
    pizzicato string, tense string, string play, swelling string, jazz trio, choral music,
    theme tune, choir hum, trumpet blare, harmonica wail"""
)
#: Instruments are heard where somebody plays them or the sentence is about music.
INSTRUMENTS = phrases(
    """guitar, piano, violin, cello, viola, flute, clarinet, oboe, saxophone, sax, trumpet, trombone, tuba, drum,
    bass, harp, banjo, mandolin, ukulele, accordion, harmonica, organ, keyboard, xylophone, marimba, tambourine,
    cymbal, bagpipe, fiddle, lute, sitar, erhu, guzheng, pipa, kora, handpan, bongo, double bass, snare,
    synthesizer, koto, shamisen, balalaika, bandoneon, vibraphone, glockenspiel, celesta, zither, pianist,
    guitarist, violinist, cellist, drummer, flutist, saxophonist, organist, harpist, trumpeter, kalimba, mbira,
    harpsichord, bassoon, piccolo, dulcimer, lyre, ocarina, theremin, tabla, djembe, taiko, didgeridoo, steelpan,
    concertina, oud, hurdy-gurdy"""
)
#: Words that make an instrument heard.
PLAYING = words(
    """sad tender melancholic mournful cheerful upbeat dramatic wistful pop country electronic play plays played
    playing player strum strums strumming pluck plucks plucking plucked accompany accompanied accompanies
    accompaniment melody music musical solo riff riffs chord chords tune tunes sing sings singing song note
    notes bow bowed bows bowing arpeggio beat rhythm rhythmic perform performs performing concert backed backing
    jam jams jamming ballad jazz blues klezmer folk classical rock style duet trio
    quartet soundtrack instrumental swell swells soft gentle track riffs improvises improvise hits tremolo
    crescendo"""
)
#: Words that make the picture quiet: what follows them is not heard.
NEGATIONS = words(
    """no without never not lacking absent minus zero mute muted don't doesn't isn't aren't avoid nor neither exclude
    excluding remove"""
)
#: Words that negate what follows their `of`.
NEGATIONS_WITH_OF = words("free instead")
#: Inflections that share a stem with a sound and mean something else where they stand alone.
SILENT_WORDS = words(
    """pop cracked winding surfing surfer surfers storming stormed bangs tuned tunes brooks echoed belle chimed-in
    horned tape tapes taped hailed hails hailing"""
)
#: Words that are things as often as sounds: heard only with one of these before them in their sentence.
HEARD_BEHIND: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("ring", "rings"),
        words(
            """bell bells phone phones telephone telephones doorbell doorbells alarm alarms clock timer chime chimes
            register anvil gong gongs hammer hammers blade blades sword swords glass glasses it"""
        ),
    ),
    "bark": words("""dog dogs dog's hound hounds puppy puppies fox foxes seal seals terrier terriers wolf wolves"""),
}
#: Compounds and uses in which a sound word names something that is not heard.
SILENT_COMPOUNDS: dict[str, frozenset[str]] = {
    "pop": words("""style song songs music vocals vocal ballad anthem star tune culture up art quiz melody"""),
    "rain": words("coat jacket boots hat gear cloud clouds"),
    "wind": words(
        "a the through around along its her his turbine turbines tunnel chime chimes farm breaker up instruments"
    ),
    "bell": words("pepper peppers tower jar bottoms bottom"),
    "alarm": words("clock"),
    "horn": words("rimmed glasses"),
    "drum": words("kit set"),
    "click": words("here"),
    "fire": words("place escape truck"),
    "hail": words("the a to from mary"),
    "thunder": words("god"),
    "traffic": words("light lights sign signs cone cones jam"),
    "storm": words("trooper troopers"),
}

#: What shows a thing without its sound: `a shirt with a thunder logo`.
PICTURES = words("logo emblem print pattern poster sticker tattoo painting drawing mural icon statue sculpture")

#: Signs that sound like what they mean; 哈 and 嘿 are somebody's laughter.
_NOISE_SIGNS = "叮当咚咣哐铛嘭砰啪哗滴嘟嗒嘀嗡轰隆吱嘎咕噜唰嗖嗤嘶咔嚓噗簌滋噼哒乒乓咯啾叽喳丁哧"
_CHINESE_NOISES = f"[{_NOISE_SIGNS}]"
_CHINESE_WEATHER = "[淅沥呼潺涓]"
#: Behind these the signs tell how somebody speaks: 叽叽喳喳地说.
_NO_MANNER = "(?!地?[说喊叫问道唱笑聊])"

#: 咚咚地, 叮叮当当, 啪嗒啪嗒, 滴、滴地响, 砰地关上: a sign again, two in turn, or one that strikes.
_CHINESE_NOISE = (
    f"(?P<one>{_CHINESE_NOISES})(?:(?P=one)(?P<two>{_CHINESE_NOISES})(?P=two)|(?P=one)(?=地|的?响)|、(?P=one)地?响"
    f"|(?P<other>{_CHINESE_NOISES})(?P=one)(?P=other)|地(?=一|关|撞|合|摔|炸|断)){_NO_MANNER}"
)

CHINESE_EFFECTS = phrases(
    """脚步声, 雷声, 打雷, 雷鸣, 警报, 警笛, 敲门, 敲击, 破碎, 碎裂, 爆炸, 枪声, 铃声, 门铃, 钟声, 咔嚓, 咔哒, 滴答,
    噼啪, 沸腾, 咕嘟, 刹车, 喇叭声, 鸣笛, 掌声, 鼓掌, 欢呼, 嘶嘶, 滋滋, 咀嚼, 摩擦, 轰鸣, 撞击, 碰撞, 关门声,
    开门声, 键盘声, 打字, 犬吠, 狗叫, 猫叫, 马蹄, 水滴, 水花, 吱呀, 吱吱, 叮当, 音效, 切菜声, 引擎声, 沙沙,
    倒水声, 翻书声, 哨声, 心跳, 脚步, 汽笛, 长鸣, 鸣响, 按响, 敲响, 拉响, 吹响, 鞭炮声, 鞭炮, 法槌, 惊堂木"""
)
CHINESE_AMBIENCE = phrases(
    """雨声, 下雨, 风声, 海浪, 浪声, 鸟鸣, 鸟叫, 虫鸣, 蝉鸣, 车流, 交通噪音, 人群, 嘈杂, 喧闹, 环境音, 环境声,
    背景音, 白噪音, 空调, 壁炉, 溪流, 流水声, 水流声, 瀑布, 回声, 混响, 街道声, 地铁噪音, 施工, 低语声, 人声鼎沸,
    雨林, 微风, 蛙鸣, 窃窃私语, 嗡鸣, 低鸣, 雨打芭蕉"""
)
CHINESE_MUSIC = phrases(
    """背景音乐, 音乐, 钢琴, 吉他, 小提琴, 大提琴, 伴奏, 旋律, 配乐, 鼓点, 鼓声, 乐曲, 琴声, 二胡, 古筝, 琵琶, 笛声,
    笛子, 爵士, 交响, 摇滚, 节拍, BGM, bgm, 歌曲, 民谣, 萨克斯, 古琴, 唢呐, 扬琴, 竖琴,
    手风琴, 口琴, 长笛, 独奏, 合奏, 锣鼓声, 锣鼓"""
)
#: What a list of sounds is made of: `电钻声、锤击声和狗叫声`; a way of speaking (`大声`) is none of them.
CHINESE_LISTED = (
    "(?!的)(?:(?![来着是有和与及声])[\u3400-\u9fff]){1,8}"
    "(?<![大小轻低高女男童人歌齐同出无作做名一连应放失厉柔细尖悄说读吭嗓性白心相原录留语配气])声"
)
#: The signs by which the item of a list is ambience.
CHINESE_AMBIENT_SIGNS = frozenset("风雨浪潮水鸟虫蝉蛙溪海")
#: The signs by which it is an effect all the same: somebody does something, or it is a noise.
CHINESE_ACTING_SIGNS = frozenset("划入倒踩踏泼滴拍洗冲喝舀搅打敲" + _NOISE_SIGNS)
#: What is heard by the way it is told: its kind, of what there is some in every such text, and the pattern.
CHINESE_HEARD = (
    ("sfx", ("发出",), "发出[^，。；\x01\x02]{0,8}\x02+的?[^，。；\x01\x02]{0,6}声"),
    (
        "sfx",
        ("音", "声", "铿", "雷"),
        "杂音|声响|响(?<!作响)声|铿锵|闷雷|惊雷|雷(?=滚滚|炸响)",
    ),
    ("sfx", ("一声", "作响"), "[叮嗖砰咚啪当轰唰](?:[的地]?一声|作响)"),
    ("sfx", tuple(_NOISE_SIGNS), _CHINESE_NOISE),
    (
        "ambience",
        ("淅", "沥", "呼呼", "潺", "涓"),
        f"(?P<one>{_CHINESE_WEATHER})(?P=one)(?:{_CHINESE_WEATHER}{{2}}|(?=地))(?!地?[睡大])",
    ),
    ("sfx", ("的一声",), "(?:[\u3400-\u9fff]|(?<!\x02)\x02+)的一声"),
    (
        "ambience",
        ("风", "雨"),
        "风(?=呼啸|怒号|咆哮|呜咽|吹过|吹[^，。]{1,4}沙沙)|雨[水滴点]?(?=[^，。\x01\x02]{0,6}(?:滴落|敲打|拍打|淅沥|打在|落在))",
    ),
    ("music", ("乐",), "(?:管弦|铜管|弦|电子|爵士|古典|打击|军|舞|摇滚|流行|民族|交响|室内)乐(?!器|手|队员)"),
    ("music", ("节奏",), "(?<=[A-Za-z])节奏|(?<=[踩跟伴随]着)[^，。\x01\x02]{1,12}?节奏"),
)
#: `呼吸声` wherever it stands; a way of speaking (`大声`) and what belongs to a voice are none.
CHINESE_SOUNDING = (
    "[\u3400-\u9fff]{1,3}(?:动|吸|泡|笑|呼|击|撞|破|落|响|鸣|叫|流|滴|拍|掌|敲|踏|摩擦|转|刷)"
    "(?:声(?!音|[说道喊叫问答地])|的声音)"
)
#: Behind what could be heard: it is off.
CHINESE_OFF = "(?:早已|已经|早就|已|被|都|也)?(?:熄|灭|关[了掉着上]|停了|坏了|静止|断了)"
#: Behind an instrument: it only stands there.
CHINESE_STANDING = "[^，。；]{0,2}[摆挂放立靠躺搁](?:在|着)|[店行盒包架老]"
CHINESE_NEGATIONS = ("没有", "无需", "不要", "不含", "不带", "去掉", "禁止", "无(?!线)")
