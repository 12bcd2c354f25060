"""Words that structure a prompt: section headers, markers of order, scene directions."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

#: Section headers with the name we give the section. All are optional, in any order.
HEADERS: dict[str, str] = {
    "visual": "visual",
    "visuals": "visual",
    "picture": "visual",
    "video": "visual",
    "image": "visual",
    "shot": "visual",
    "dialog": "dialog",
    "dialogue": "dialog",
    "dialogs": "dialog",
    "dialogues": "dialog",
    "lines": "dialog",
    "line": "dialog",
    "speech": "dialog",
    "script": "dialog",
    "conversation": "dialog",
    "voice": "dialog",
    "lyrics": "lyrics",
    "subject": "subject",
    "subjects": "subject",
    "character": "subject",
    "characters": "subject",
    "element": "subject",
    "audio": "audio",
    "sound": "audio",
    "sounds": "audio",
    "audio description": "audio",
    "sound design": "audio",
    "background": "background",
    "background sound": "background",
    "background sounds": "background",
    "background audio": "background",
    "background noise": "background",
    "ambience": "background",
    "ambient": "background",
    "ambient sound": "background",
    "ambient sounds": "background",
    "ambiance": "background",
    "sound effects": "sound effects",
    "sound effect": "sound effects",
    "sfx": "sound effects",
    "effects": "sound effects",
    "music": "music",
    "bgm": "music",
    "background music": "music",
    "soundtrack": "music",
    "score": "music",
    "scene": "scene",
    "setting": "scene",
    "location": "scene",
    "environment": "scene",
    "place": "scene",
    "action": "action",
    "actions": "action",
    "movement": "action",
    "motion": "action",
    "camera": "camera",
    "camera movement": "camera",
    "framing": "camera",
    "lens": "camera",
    "style": "style",
    "mood": "style",
    "atmosphere": "style",
    "emotion": "style",
    "lighting": "style",
    "tone": "style",
    "other": "style",
    "others": "style",
    "note": "style",
    "notes": "style",
    "duration": "style",
    "format": "style",
    "画面": "visual",
    "视觉": "visual",
    "镜头": "camera",
    "运镜": "camera",
    "对白": "dialog",
    "对话": "dialog",
    "台词": "dialog",
    "歌词": "lyrics",
    "主体": "subject",
    "人物": "subject",
    "角色": "subject",
    "音频": "audio",
    "声音": "audio",
    "背景": "background",
    "背景音": "background",
    "环境音": "background",
    "环境": "scene",
    "音效": "sound effects",
    "音乐": "music",
    "背景音乐": "music",
    "场景": "scene",
    "风格": "style",
    "氛围": "style",
    "动作": "action",
    "情绪": "style",
}

#: Phrases that put what follows after what came before.
MARKERS = phrases(
    """immediately, immediately after, immediately afterwards, then, next, after that, after this, afterwards,
    afterward, a moment later, moments later, seconds later, a second later, a few seconds later, a beat later,
    after a beat, after a pause, after a moment, after a short pause, after a brief pause, after a while, later,
    subsequently, finally, at once, right after, right away, straight away, shortly after, soon after,
    following that, following this, thereafter, speaker switches, speaker changes, switches to, switch to,
    now it is, in turn, remains silent, remain silent, stays silent, stay silent, is silent, keeps silent, pause,
    a beat, in the next moment, without pause, without a pause, one second later, lastly, instantly, promptly,
    once more, when finished, in response, in reply"""
)
CHINESE_MARKERS = phrases(
    """随后, 然后, 接着, 紧接着, 立刻, 立即, 马上, 之后, 片刻后, 过了一会, 最后, 下一刻, 切换, 保持沉默, 沉默, 说完,
    话音刚落, 此时轮到, 随即, 此时, 这时, 于是, 紧跟着, 话音未落, 稍后, 停顿, 片刻, 良久, 半晌, 许久, 顿了顿,
    而后, 其后, 后来, 不久"""
)

#: Words that follow a noun and are neither the rest of its name nor a verb in the present.
ADVERBS = word_set(
    """now just still also again once never always almost even twice first alone left right inside outside
    upstairs downstairs nearby opposite there here too soon often only ever yet maybe perhaps half back both
    all each together asleep awake ahead apart aside away aboard barefoot"""
)
IRREGULAR_PAST = word_set(
    """sat stood ran took held gave came went saw got made put let kept felt found met read hit cut set shut
    threw caught brought bought thought told knew grew drew flew wore tore broke spoke woke rose fell led fed
    slept wept swept bent lent spent sent built lost shot hung swung sang rang drank began swam had did"""
)
#: What begins a noun phrase.
DETERMINERS = word_set(
    """the a an another one this that these those two three both several some his her their my our its each every
    first second third other both"""
)
#: What is never part of a noun phrase.
STOP_WORDS = word_set(
    """in on at with by from to of for and or but as while when then who which that is are was were he she they it
    wearing holding sitting standing leaning looking smiling toward towards behind beside near into onto over
    under through during before after immediately next suddenly finally now meanwhile so because if not very
    camera shows see sees we close-up shot view up down out there here"""
)
#: The ends of words that are no plain nouns.
INFLECTED = ("s", "ed", "ing", "ly", "n't")
