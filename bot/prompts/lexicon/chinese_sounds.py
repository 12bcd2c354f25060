"""Chinese words and forms for what is heard besides speech. `bot.prompts.chinese_sounds` says how they match."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases

#: Signs that sound like what they mean; 哈 and 嘿 are somebody's laughter.
NOISE_SIGNS = "叮当咚咣哐铛嘭砰啪哗滴嘟嗒嘀嗡轰隆吱嘎咕噜唰嗖嗤嘶咔嚓噗簌滋噼哒乒乓咯啾叽喳丁哧呲窸窣笃"
_NOISES = f"[{NOISE_SIGNS}]"
#: Signs that end such a word; some begin none.
_TAILS = f"[{NOISE_SIGNS}啦啷铃噔]"
#: Behind these the signs tell how somebody speaks: 叽叽喳喳地说.
_NO_MANNER = "(?!地?(?:[说喊问道唱笑聊]|叫[道喊嚷住他她我你]))"

#: A noise by its form: 咚咚地, 咚咚咚, 叮叮当当, 啪嗒啪嗒, 叮铃铃, 噼里啪啦, 哗啦作响, 滴、滴地响, 砰地关上, and a sign
#: that stands twice in a clause of its own, or at the end of one: 战鼓隆隆. Elsewhere it may be a name: 嘟嘟和咚咚.
_NOISE = (
    f"(?P<one>{_NOISES})(?:(?P=one)(?P<two>{_TAILS})(?P=two)"
    "|(?P=one)(?=地|的?响|作响|直[响跳冒]|[震振跳敲冒驶炸洗流转])"
    f"|(?:(?<=[，；,;\\s]{_NOISES})|(?<=[\u3400-\u9fff][^叫是名小和与的\\W]{_NOISES}))(?P=one)(?=[，。；,.;…！!\n]|$)"
    f"|(?P<tail>{_TAILS})(?:(?P=tail)|(?P=one)(?P=tail))|[里铃]{_NOISES}[啦啷当]"
    f"|{_TAILS}(?=作响|[的地]?一声)|、(?P=one)(?:、(?P=one)|地?响)|地(?=一|关|撞|合|摔|炸|断)){_NO_MANNER}"
)
#: A cry by its form: 汪汪叫, 哇哇大哭.
_CRY = "(?P<cry>[汪喵咩呱嘎哞嗷哇咯吱啾])(?P=cry)+(?=地?[大直狂乱]?[叫哭](?![道喊嚷住他她我你]))"
#: What goes on and on: water, wind, a machine.
_STEADY = (
    "潺潺|淙淙|淅淅沥沥|淅沥(?:淅沥)?|呼呼(?<!气呼呼)(?=地?(?:作响|[转吹刮响]))"
    "|嗡嗡(?:(?=地?(?:运转|转|飞|盘旋))|(?<=[扇箱调蜂炉]嗡嗡)|(?<=[沉低]地嗡嗡))"
)
#: What rings is heard where it does so: 电话突然响了.
_RINGING = "(?:电话|手机|闹钟|闹铃|铃|枪|炮)[^，。；,.;没不未\x01\x02]{0,3}响(?=[了起个，。；,.;]|$)"
#: Animals that sound from somewhere around: 知了叫个不停.
_AROUND = (
    "(?:鸟|海?鸥|蛙|蝉|知了|蛐蛐|蟋蟀|虫)[^，。；,.;没不未\x01\x02]{0,6}?"
    "(?:啼叫|啼鸣|鸣叫|鸣唱|叫个|叫(?=[，。；,.;\n]|$)|齐鸣)"
)

EFFECTS = phrases(
    """脚步声, 雷声, 打雷, 雷鸣, 警报, 警笛, 敲门, 敲击, 破碎, 碎裂, 爆炸, 枪声, 铃声, 门铃, 钟声, 咔嚓, 咔哒, 滴答,
    噼啪, 呼啸而过, 沸腾, 咕嘟, 刹车, 喇叭声, 鸣笛, 掌声, 鼓掌, 欢呼, 嘶嘶, 滋滋, 咀嚼, 摩擦, 轰鸣, 撞击, 碰撞, 关门声,
    开门声, 键盘声, 打字, 犬吠, 狗叫, 猫叫, 马蹄, 水滴, 水花, 吱呀, 叮当, 音效, 切菜声, 引擎声, 沙沙,
    倒水声, 翻书声, 哨声, 心跳, 汽笛, 长鸣, 鸣响, 按响, 敲响, 拉响, 吹响, 鞭炮声, 鞭炮, 法槌, 惊堂木, 打鸣, 啼哭,
    喷嚏, 打呼噜, 打着呼噜, 鼾声, 打鼾, 哄堂大笑, 刺啦, 炸雷, 响雷, 叮咚, 相击, 相撞, 扑通, 噗通, 哐当"""
)
AMBIENCE = phrases(
    """雨声, 下雨, 风声, 海浪, 浪声, 鸟鸣, 鸟叫, 虫鸣, 蝉鸣, 车流, 交通噪音, 人群, 嘈杂, 喧闹, 环境音, 环境声,
    背景音, 白噪音, 空调, 壁炉, 溪流, 流水声, 水流声, 瀑布, 回声, 混响, 街道声, 地铁噪音, 施工, 低语声, 人声鼎沸,
    雨林, 微风, 树叶沙沙, 竹叶沙沙, 枝叶沙沙, 叶子沙沙, 竹林沙沙, 芦苇沙沙, 麦浪沙沙, 稻田沙沙, 蛙鸣,
    窃窃私语, 嗡鸣, 低鸣, 雨打芭蕉, 喧嚣, 喧哗, 暴雨倾盆, 暴雨如注, 雷雨交加, 雷雨大作,
    倾盆大雨, 大雨滂沱, 大雨倾盆, 浪花拍打, 拍岸, 泉水叮咚"""
)
MUSIC = phrases(
    """背景音乐, 音乐, 钢琴, 吉他, 小提琴, 大提琴, 伴奏, 旋律, 配乐, 鼓点, 鼓声, 乐曲, 琴声, 二胡, 古筝, 琵琶, 笛声,
    笛子, 爵士, 交响, 摇滚, 节拍, BGM, bgm, 歌曲, 民谣, 萨克斯, 古琴, 唢呐, 扬琴, 竖琴,
    手风琴, 口琴, 尤克里里, 贝斯, 长笛, 独奏, 合奏, 锣鼓声, 锣鼓, 鼓乐, 编钟, 电音, 小曲"""
)
#: What a list of sounds is made of: `电钻声、锤击声和狗叫声`; a way of speaking (`大声`) is none of them.
LISTED = (
    "(?!的)[^来着是有和与及声\\x00-\u33ff\ua000-\U0010ffff]{1,8}"
    "(?<![大小轻低高女男童人歌齐同出无作做名一连应放失厉柔细尖悄说读吭嗓性白心相原录留语配气])声"
)
#: The signs by which the item of a list is ambience.
AMBIENT_SIGNS = frozenset("风雨浪潮水鸟虫蝉蛙溪海")
#: The signs by which it is an effect all the same: somebody does something, or it is a noise.
ACTING_SIGNS = frozenset("划入倒踩踏泼滴拍洗冲喝舀搅打敲" + NOISE_SIGNS)
#: 踩着轻快的节奏, Trap节奏: what is followed, or the name of a style.
_FOLLOWED_RHYTHM = "[踩跟伴随]着(?P<name>[^，。,.\x01\x02]{1,12}?节奏)"
_RHYTHM = "节奏(?:(?<=[A-Za-z]节奏)|(?<=嘻哈节奏|说唱节奏|摇滚节奏|爵士节奏|雷鬼节奏|拉丁节奏))"
#: What is heard by the way it is told: its kind, of what there is some in every such text, and the pattern.
HEARD = (
    ("sfx", ("发出",), "发出[^，。；,.;\x01\x02]{0,8}\x02+的?[^，。；,.;\x01\x02]{0,6}声"),
    (
        "sfx",
        ("音", "声", "铿", "雷"),
        "杂音|声响(?!起)|响(?<!作响)声|铿锵|闷雷|惊雷|雷(?=滚滚|炸响)",
    ),
    ("sfx", ("一声", "作响"), "[叮嗖砰咚啪当轰唰](?:[的地]?一声|作响)"),
    ("ambience", ("淅", "呼呼", "潺潺", "淙淙", "嗡嗡"), _STEADY),
    ("ambience", ("叫", "鸣"), _AROUND),
    ("sfx", tuple(NOISE_SIGNS), _NOISE),
    ("sfx", ("叫", "哭"), _CRY),
    ("sfx", ("响",), _RINGING),
    ("sfx", ("的一声",), "的一声(?<=(?P<name>[\u3400-\u9fff]的一声))"),
    ("sfx", ("脚步",), "脚步(?<!停下脚步)(?<!放慢脚步)(?<!加快脚步)(?<!停住脚步)(?<!迈开脚步)"),
    ("sfx", ("突突",), "突突突+|突突(?=地|作?响)"),
    ("sfx", ("\x02的一声",), "\x02(?<!\x02\x02)\x02*的一声"),
    (
        "ambience",
        ("风", "雨"),
        "风雪?(?=呼啸|怒号|咆哮|呜咽|吹过|吹[^，。,.]{1,4}沙沙)|雨[水滴点]?(?=[^，。,.\x01\x02]{0,6}(?:滴落|敲打|拍打|淅沥|打在|落在))",
    ),
    ("music", ("乐",), "(?:管弦|铜管|弦|电子|爵士|古典|打击|军|舞|摇滚|流行|民族|交响|室内)乐(?!器|手|队员)"),
    ("music", ("节奏",), _FOLLOWED_RHYTHM),
    ("music", ("节奏",), _RHYTHM),
)
#: `呼吸声` wherever it stands; a way of speaking (`大声`) and what belongs to a voice are none.
SOUNDING = (
    "[\u3400-\u9fff]{1,3}(?:动|吸|泡|笑|呼|击|撞|破|落|响|鸣|叫|流|滴|拍|掌|敲|踏|摩擦|转|刷)"
    "(?:声(?!音|[说道喊叫问答地])|的声音)"
)
#: The last sign before the 声 of such a sound.
SOUNDING_SIGNS = frozenset("动吸泡笑呼击撞破落响鸣叫流滴拍掌敲踏擦转刷的")
#: The first sign behind a name that ends its clause, or of what is told of it.
ENDING_SIGNS = frozenset("，。；,.;\n响传阵此不")
#: Behind what could be heard: it is off.
OFF = (
    "(?<!地)器?(?:早已|已经|早就|已|被|都|也|全|并){0,2}(?:[^，。；,.;\x01\x02]{0,3}地)?"
    "(?:熄|灭|关[了掉着上闭]|停[了下止歇]|坏了|静止|断了|解除|无声|沉默|静音|消失|失灵)"
)
#: Before what could be heard: 熄灭的壁炉.
OFF_BEFORE = "(?:熄灭|关掉|关闭|坏掉|停掉|静音|无声|沉默)了?的"
#: Behind an instrument: it only stands there.
STANDING = "[^，。；,.;]{0,2}[摆挂放立靠躺搁](?:在|着)|[店行盒包架老]"
#: Where a sound comes from, before its name.
PLACES = "周围|四周|远处|近处|附近|窗外|门外|屋外|耳边|背景"
#: Instruments of which to read may be no more than that they stand somewhere.
STANDING_INSTRUMENTS = frozenset(phrases("钢琴, 吉他, 小提琴, 大提琴, 二胡, 古筝, 琵琶, 笛子, 萨克斯"))
