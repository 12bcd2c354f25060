"""Words that part a Chinese clause: what begins it, what its subject is, and where its predicate begins.

Patterns are pieces of regular expressions; the words of a tuple are plain.
"""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from bot.prompts.lexicon import people
from bot.prompts.lexicon.lists import phrases

#: Words that hold the sign of a verb of speech and speak of something else: a street, a novel, a question.
NO_SPEECH = phrases(
    """唱针, 唱盘, 演唱会, 街道, 知道, 隧道, 轨道, 跑道, 走道, 通道, 频道, 味道, 报道, 赛道, 车道, 人行道,
    大道, 过道, 河道, 弯道, 地道, 道路, 道具, 道士, 道理, 道馆, 道袍, 一道, 小说, 传说, 说明, 会说话的, 说书,
    解说, 讲台, 讲究, 讲座, 演讲台, 念头, 纪念, 概念, 怀念, 想念, 思念, 问题, 访问, 学问, 疑问, 问号, 唱片,
    唱机, 合唱团, 合唱队, 说唱歌手, 介绍信, 介绍所, 答应, 答案, 答题, 答卷, 答辩,
    问答, 滴答"""
)
#: The most frequent family names that are no other words, each with a given name of one or two signs.
SURNAMES = (
    "[王李张刘陈杨赵黄吴徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭汪范]"
    "|欧阳|上官"
)
#: What can stand before the subject of a clause.
LEADS = phrases("""突然, 忽然, 只见, 同时, 与此同时, 不久, 不一会儿, 一旁, 这个, 这位, 那个, 那位, 这只, 那只, 有""")
#: A number with its measure; 第二个 and 另一个 say which one it is and belong to the name.
MEASURES = (
    "(?<![第另])[一两三四五六几数](?:个|位|名|只|头|条|匹|群|对|双|家|辆|台|朵|颗|棵|株|尊|队|帮|伙|艘|座|盏|阵|声)"
)
#: Animals that speak in stories; with persons they are the likely subjects.
ANIMALS = phrases(
    """小熊猫, 熊猫, 猫咪, 猫, 狗, 兔子, 老虎, 狮子, 猴子, 狐狸, 松鼠, 企鹅, 大象, 青蛙, 乌龟, 老鼠, 小鸟, 鹦鹉,
    小猪, 小鸡, 小鸭, 小马, 小鹿, 小羊, 恐龙, 小龙, 巨龙, 熊, 狼, 猴, 鹅, 狐, 鹰, 鲸, 海豚, 海豹, 海狮, 鲨鱼, 章鱼,
    螃蟹, 蜗牛, 蚂蚁, 蝴蝶, 蜜蜂, 刺猬, 仓鼠, 树懒, 河马, 斑马, 骆驼, 长颈鹿, 袋鼠, 考拉, 水獭, 乌鸦, 喜鹊, 猫头鹰"""
)
#: Persons whose last sign is no sign of a person elsewhere, and voices that are heard without a person.
OTHERS = phrases(
    """老师傅, 师傅, 老板娘, 妃, 娘娘, 太后, 太监, 宫女, 侍女, 侍卫, 丫鬟, 书生, 秀才, 捕快, 郎中, 掌门,
    帮主, 老太太, 主厨, 大厨, 厨子, 厨娘, 渔夫, 农夫, 大夫, 车夫, 樵夫,
    夫人, 夫妻, 夫妇, 情侣, 妻子, 男子, 女子, 儿子, 弟子,
    小伙子, 孙女, 孙子, 人群, 客户, 男声, 女声, 童声, 精灵, 合唱团, 乐队, 乐团, 全班, 全场, 全家, 大家, 们, 司仪,
    老大, 导演, 裁判, 评委, 店小二, 掌柜, 管家, 保安, 保镖, 教授, 法官, 总裁, 经理, 秘书, 助理, 模特, 网红, 博主,
    明星, 邻居, 宝宝, 婴儿, 闺蜜, 导游, 小贩, 商贩, 将军, 女王, 国王, 皇帝, 皇后, 女鬼, 仙子, 妖怪, 道长, 僧, 侠, 匠,
    翁, 叟, 伯, 姨, 舅, 姑, 嫂, 兄, 祖父, 祖母, 外公, 外婆, 姥姥, 姥爷, 丫头, 老头, 壮汉, 大汉, 伙伴, 同伴, 搭档,
    同事, 同学, 天使, 恶魔, 巫婆, 女主角, 男主角, 主角, 配角"""
)
#: Signs of persons, with what must not or must stand around them. Each pattern begins with its sign, so that a search
#: skips other text quickly.
SIGNS = {
    "家": "家(?<=[学画专作乐术玩店商行评]家)",
    "士": "士(?<=[护战武骑女男博道院绅勇]士)",
    "人": "人(?!行|工|间|生|声|类|海|潮)",
    "生": "生(?<!陌生)(?!气|日|活|病|怕|硬|动)",
    "手": "手(?![拉里中持拿指捧握举挽牵心臂脚足上势机捂舞])",
    "长": "长(?![发裙袍椅大叹舒凳衫靴剑])",
    "客": "客(?![厅房栈车机])",
    "兵": "兵(?!器|马俑)",
    "女": "女(?![装厕款鞋包])",
    "男": "男(?![装厕款鞋包])",
    "男主": "男主(?![播人持管任])",
    "女主": "女主(?![播人持管任])",
}
PERSONS = (*people.CHINESE_FEMALE, *people.CHINESE_MALE, *people.CHINESE_PERSONS, *ANIMALS, *OTHERS, *SIGNS)
#: Prepositions: what follows them is no subject.
PREPOSITIONS = (
    "对(?![手象])着?|向(?!导)|朝着?|跟(?!班)着?|给|把|将(?!军)|被|在(?!座)|从(?![前此不])|通过|用(?![户品])|替|冲着|一边"
    "|边(?=[^，。]着|[^，。边]{1,4}边)"
)
#: Verbs by what follows them, and movements of the body, which are verb and object at once.
VERBS = (
    r"[^\W\d_a-zA-Z的](?:着(?![急迷凉装])|了(?!解)|到|进|给|住|入|掉|在|向|(?<!一起)起(?=[^，身]{2})|起来)|起身"
    r"|[走跑跳坐站躺爬飞冲放拿举穿戴脱关推拉打翻抬低收捡吐伸掀披骑退转递传送合盖扣锁贴停踏登扔丢抛甩滑落垂挂咽擦抹撕扯剪"
    r"切铺叠折卷裹系解围抱背扛搬拖牵领赶][上下出来去开回过]|发出|露出"
    r"|(?P<double>[挠敲摸拍擦揉推拉摇晃抖跺搓捏掐拧踢眨看想听试笑叹哼哄挥拨弹吹闻尝舔捶])(?P=double)"
    r"|点点头|[点摇低抬回转扭仰埋歪]头|[转俯侧躬弯]身|弯腰|皱起?眉|[挥招拱伸摆]手|握拳|鼓掌|叹气|[眨睁闭]眼|耸肩"
    r"|[张咧撇嘟抿]嘴|深吸|清清嗓|正(?=[^，。]{2})|响起|传来|传出|握紧|攥紧|补充"
    r"|[踮跷翘]起?脚|跺脚|[探垂]头|托腮|叉腰|[举抬]手|整理|看[向着了]|望[向着]|盯着"
)
#: What a clause is about that only says how somebody speaks or looks.
LOOKS = phrases(
    """语速, 语气, 语调, 声音, 嗓音, 口吻, 音色, 音调, 表情, 神情, 目光, 眼神, 眼眶, 眼里, 脸上, 嘴角, 眉头, 泪水,
    回声, 回音"""
)
#: Where something is: `教室里`, `电话那头`.
PLACES = (
    "(?:里|内|中央|中间|中(?![年间国学医等央])|旁边|旁|身边|[台街路桌床车船树墙地海天]上|[台树灯]下|那头|那端|身后|面前|跟前|门口"
    "|镜头前)"
)
#: Adverbs, and adjectives that become adverbs before 地.
ADVERBS = phrases(
    """也, 都, 又, 再, 就, 便, 才, 却, 还, 则, 突然, 忽然, 终于, 立刻, 立即, 马上, 随即, 一起, 一同, 同时, 齐声,
    异口同声, 大声, 小声, 高声, 低声, 轻声, 柔声, 沉声, 厉声, 朗声, 尖声, 失声, 连声, 应声, 悄声, 忍不住, 不由得,
    不耐烦, 温柔, 温和, 激动, 兴奋, 开心, 高兴, 愉快, 快乐, 愤怒, 生气, 悲伤, 难过, 伤心, 平静, 冷静, 紧张, 害怕,
    严肃, 热情, 热情洋溢, 深情, 焦急, 着急, 疲惫, 惊讶, 惊喜, 惊慌, 惊恐, 坚定, 俏皮, 自信, 得意, 慵懒, 骄傲, 自豪,
    害羞, 委屈, 无奈, 爽朗, 慈祥, 亲切, 神秘, 微笑, 冷笑, 大笑, 苦笑, 坏笑, 哽咽, 抽泣, 颤抖, 清脆, 快速, 缓慢,
    迫不及待, 自言自语, 意味深长, 语重心长, 若有所思"""
)
#: Signs that stand double in adverbs of two signs: 轻轻, 缓缓.
DOUBLED = "轻慢悄缓淡狠微默静偷紧深呆傻甜冷弱匆远重高款暗怯喃幽柔"
#: The first sign of adverbs such as 气呼呼 and 笑嘻嘻.
COLOURED = "气笑慢懒兴怒乐喜美羞眼急恶冷娇软孤醉傻闷悲凶胖暖甜病阴直"
