"""Words for emotions, ways of speaking, timbre, and for what is only seen."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

JOYFUL = word_set(
    """happy happily cheerful cheerfully joyful joyfully joyous giggling giggle giggles laughing laughs laugh
    laughingly merry merrily delighted delightedly gleeful gleefully excited excitedly jubilant elated upbeat
    playful playfully smiling smiles grinning grins beaming bubbly chuckling chuckles sunny ecstatic amused
    giddy cheering"""
)
GRIEVING = word_set(
    """weeping weeps weep crying cries sobbing sobs sob mourning mourns grieving grieves sad sadly sorrowful
    sorrowfully heartbroken tearful tearfully melancholy mournful mournfully despairing devastated
    grief-stricken wailing wails gloomy miserable anguished grave funeral coffin"""
)
FURIOUS = word_set(
    """furious furiously angry angrily raging enraged rages snarling snarls livid irate fuming seething wrathful"""
)
TENDER = word_set(
    """tender tenderly gentle gently soothing soothingly loving lovingly caressing serene serenely calm calmly"""
)
VIOLENT_ACTIONS = word_set("""smashes smashing punches punching attacks attacking stabs strangles storms rampages""")
GRIEVING_ACTIONS = word_set(
    """weeps weeping weep cries crying sobs sobbing sob mourns mourning grieves grieving wails wailing bawls
    bawling tears"""
)
JOYFUL_ACTIONS = word_set(
    """laughs laughing giggles giggling dances dancing grins grinning beams beaming cheers cheering skips skipping
    celebrates celebrating smiles smiling jumps"""
)
IRONY = word_set(
    """ironic ironically irony sarcastic sarcastically sarcasm mock mocking mockingly fake faking forced pretends
    pretending pretend despite although though hiding hides feigned feigning bittersweet comic comically absurd
    parody deadpan relief relieved joy nervous hysterical hysterically paradoxically yet contrast"""
)
#: Words that say how somebody sounds or feels, beyond adverbs in -ly and phrases with "voice" or "tone".
EXPRESSIVE = (
    JOYFUL
    | GRIEVING
    | FURIOUS
    | TENDER
    | word_set(
        """whisper whispers whispering whispered shout shouts shouting shouted yell yells yelling scream screams
    screaming murmur murmurs murmuring mutter mutters muttering mumble mumbles mumbling sigh sighs sighing plead
    pleads pleading growl growls growling snap snaps snapping hiss hisses hissing bark barks barking croak
    croaks gasp gasps gasping groan groans sobs giggles stammer stammers stutters shriek shrieks bellow bellows
    roar roars coo coos purr purrs drawl drawls rasp rasps chirp chirps grumble grumbles complain complains
    complaining beg begs begging scolds screech rant rants rambles croons belts voice tone accent pitch timbre
    pace tempo tones vocals vocal breath breathless warm cold soft softly loud loudly quiet quietly deep high
    low hoarse raspy husky gravelly gruff bright clear crisp firm stern shy timid bold confident nervous anxious
    tense hushed flat dry bored tired weary urgent hurried slow slowly fast quick rapid steady formal casual
    friendly kind polite proud smug sly dreamy romantic passionate passion emotion emotional emotionally
    energetic enthusiastic enthusiasm fierce aggressive dramatic solemn serious earnest sincere hopeful longing
    nostalgic wistful bittersweet eager curious surprised shocked scared fearful frightened terrified trembling
    shaky shaking broken squeaky nasal smooth silky velvety mellow resonant powerful strong weak frail thin
    childlike sweet husky melodic feeble joking drunk deadpan bitter mocking relieved horrified puzzled singsong
        high-pitched low-pitched strained choked sultry stammering rude reverent melancholic comforting scolding strict
        exasperated defeated intense theatrical heroic unsure meek childish innocent breathy throaty guttural weepy
        smirking yawning panting coughing monotone robotic mechanical mysterious sinister menacing cold-blooded
    sarcastic ironic playful mischievous teasing authoritative commanding persuasive professional measured
    reassuring soothing hypnotic intimate seductive magnetic thick booming thunderous shrill piercing sharp
    clipped brisk lively animated jovial hearty sleepy drowsy drunken slurred confused hesitant uncertain
    desperate panicked panic worried concerned annoyed irritated impatient frustrated disgusted contemptuous
    arrogant haughty indignant outraged regretful guilty ashamed embarrassed grateful moved touched triumphant
    victorious relaxed laid-back cool chill upbeat peppy perky dejected resigned lonely smile grin smirk wink chuckle
    squawks"""
    )
)
CHINESE_EXPRESSIVE = phrases(
    """声, 语气, 语调, 音, 嗓, 孤寂, 悠远, 温柔, 低沉, 沙哑, 开心, 高兴, 愤怒, 生气, 悲伤, 难过, 激动, 兴奋, 平静,
    冷静, 紧张, 害怕, 轻, 大喊, 大叫, 耳语, 低语, 笑, 哭, 颤, 急, 慢, 快, 严肃, 冷, 热情, 深情, 甜, 清脆, 焦急,
    疲惫, 惊, 温暖, 坚定, 俏皮, 自信, 嘶, 哽咽, 不耐烦, 得意, 懒, 忧伤, 忧郁, 哀伤, 伤感, 悲凉, 悲壮, 苍凉, 凄凉,
    沧桑, 欢快, 欢乐, 悠扬, 激昂, 庄严, 宁静, 活泼, 神秘, 浪漫, 空灵, 豪迈, 洪亮, 嘹亮, 浑厚, 磁性, 沉稳, 稳重,
    深沉, 亲切, 慈祥, 害羞, 羞涩, 委屈, 无奈, 失望, 绝望, 骄傲, 自豪, 感激, 感动, 调皮, 顽皮, 阴森, 恐惧, 慌张,
    疑惑, 困惑, 好奇, 尴尬, 嘲讽, 讽刺, 挑衅, 傲慢, 从容, 欣慰, 撒娇, 嘟囔, 支支吾吾, 幸福, 愉快, 快乐"""
)

#: What a bracket says about the looks of somebody and not about the voice.
VISUAL = word_set(
    """wearing dressed hair haired shirt coat jacket dress suit hat cap glasses beard uniform apron skirt trousers
    jeans boots shoes scarf sweater hoodie robe helmet mask gloves tie blouse gown overalls cloak armor armour
    tattoo red blue green yellow black white brown grey gray pink purple orange blond blonde brunette standing
    sitting seated holding left right foreground background center centre tall short slim thin fat screen behind
    beside near front carrying leaning kneeling lying bald bearded freckled barefoot"""
)

#: Timbre and age as far as a voice name gives them away.
DEEP = word_set("deep bass baritone low gruff gravelly booming rumbling")
HIGH = word_set("high squeaky shrill soprano piercing high-pitched falsetto")
#: Builds and the voices that contradict them.
STURDY = word_set("burly brawny hulking beefy towering giant massive muscular")
DAINTY = word_set("delicate dainty tiny squeaky shrill toddler childlike")
ROUGH = word_set("rough hoarse raspy husky gravelly gruff")
CHINESE_DEEP = phrases("低沉, 浑厚, 雄浑, 厚重, 低音, 粗犷")
CHINESE_HIGH = phrases("尖细, 尖锐, 尖声, 高亢, 高音, 稚嫩, 奶声奶气")
