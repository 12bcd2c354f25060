"""Who speaks in Chinese prose: dialogue, narration, song, voices that are only heard, groups, things."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, apply_safe_fixes, lint, parse


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "清晨的面馆里，老板娘掀开锅盖，热气升腾。老板娘爽朗地喊：“牛肉面一碗，趁热吃！”背景是碗筷碰撞声。",
            ["老板娘"],
        ),
        ("小猫趴在窗台上，懒洋洋地说：“再睡五分钟。”窗外细雨淅沥。", ["小猫"]),
        ("孩子们站在台阶上，在钢琴伴奏下用清亮的童声齐唱：“春天来了。”", ["孩子们"]),
        ("一群少女用甜美的女声合唱：“春天来了。”", ["少女"]),
        ("用拐杖的老人说：“春天来了。”", ["用拐杖的老人"]),
        ("雨夜的站台空无一人。广播里响起一个低沉的男声：“末班车已经离开。”远处传来雷声。", ["低沉的男声"]),
        ("教室里，老师指着黑板，学生们齐声朗读：“床前明月光，疑是地上霜。”", ["学生们"]),
        (
            "一位穿红裙的歌手站在聚光灯下，深情地唱道：“月亮代表我的心。”钢琴缓缓伴奏，抒情慢歌，忧伤的情绪。",
            ["穿红裙的歌手"],
        ),
        ("旁白（沉稳的男声，语速缓慢）：“一千年前，这里曾是一片海。”镜头掠过沙丘，风声呼啸。", ["旁白"]),
        ("小明对老师小声说：“我的作业被狗吃了。”教室里一片笑声。", ["小明"]),
        ("扫地机器人撞到墙上，委屈地嘟囔：“今天第三次了。”", ["扫地机器人"]),
        ("妈妈的声音从厨房传来：“吃饭啦！”男孩放下游戏机，锅铲声叮当作响。", ["妈妈"]),
        ("深夜电台直播间，女主播贴近麦克风，用轻柔的气声低语：“晚安，愿你今夜好梦。”", ["女主播"]),
        (
            "护肤品广告：一滴精华落入水面，泛起涟漪。画外音，温柔的女声：“每一滴，都是时间的礼物。”轻柔的钢琴音乐。",
            ["画外音"],
        ),
        ("海边，老渔夫收起渔网，转头望向远方，喃喃自语：“要变天了。”海浪拍打礁石。", ["老渔夫"]),
        ("“快跑！”小队长大喊，士兵们冲出战壕，炮声轰鸣。", ["小队长"]),
        ("茶馆里，说书人一拍惊堂木，高声道：“话说那武松上了景阳冈！”台下观众鼓掌叫好。", ["说书人"]),
        ("街道上车水马龙，外卖小哥停下电动车，擦了擦汗，笑着说：“您的餐到了，祝您用餐愉快！”", ["外卖小哥"]),
        (
            "[女孩，清脆的声音]跑进院子：“奶奶，我回来了！”随后，[奶奶，慈祥的声音]放下针线，笑着说：“慢点跑，别摔着。”",
            ["女孩", "奶奶"],
        ),
        (
            "【教练，严厉】吹响哨子，大吼：“再来一组！”紧接着，【队员，气喘吁吁】弯着腰回答：“是，教练！”",
            ["教练", "队员"],
        ),
        ("一只戴着礼帽的企鹅走上舞台，清了清嗓子，用滑稽的语气说：“女士们先生们，我终于不冷了。”", ["戴着礼帽的企鹅"]),
        ("山谷中，一群孩子手拉手，一起唱：“我们的田野，美丽的田野。”手风琴伴奏，欢快的民谣风格。", ["孩子"]),
        ("嘻哈少年站在涂鸦墙前，跟着强烈的鼓点快速说唱：“走过大街小巷，唱出心中梦想。”", ["嘻哈少年"]),
        ("会飞的雨伞转了个圈，得意洋洋地说：“今天我带你去兜风！”", ["会飞的雨伞"]),
        ("门缓缓打开，屋里传来苍老的声音：“你终于来了。”木门吱呀作响。", ["苍老的声音"]),
        ("她抬起头，泪水滑落，哽咽着说：“我等了你十年。”雨声渐大。", ["她"]),
        ("女人坐在长椅上，男人站在她身后，轻声问：“还冷吗？”", ["男人"]),
        ("年轻的医生摘下口罩，疲惫地笑了笑：“手术很成功。”走廊里响起脚步声。", ["年轻的医生"]),
        ("ASMR：近景，女孩用指尖轻轻敲击木盒，贴着麦克风悄悄地说：“放松，深呼吸。”清晰的敲击声。", ["女孩"]),
        ("新闻主播正襟危坐，语气平稳地播报：“今日凌晨，台风在沿海登陆。”", ["新闻主播"]),
        ("小兔子蹦蹦跳跳地来到河边，对乌龟说：“我们比赛吧！”乌龟慢吞吞地回答：“好呀。”", ["小兔子", "乌龟"]),
        ("爷爷和孙女坐在葡萄架下。爷爷摇着蒲扇问：“想听故事吗？”孙女点点头，奶声奶气地说：“想！”", ["爷爷", "孙女"]),
        ("林晓把信撕成两半，冷冷地说：“我们结束了。”", ["林晓"]),
        ("球迷们挥舞旗帜，齐声高呼：“加油！加油！”鼓声震天。", ["球迷们"]),
        ("一扇贴着“福”字的红门前，小男孩踮起脚尖喊：“恭喜发财！”鞭炮声噼里啪啦。", ["小男孩"]),
        ("咖啡馆里，店员把杯子递给客人，微笑道：「小心烫。」客人接过杯子，点头说：「谢谢。」", ["店员", "客人"]),
        (
            "太空舱内，红灯闪烁。电脑用冰冷的机械音提示：“氧气剩余百分之十。”宇航员惊慌地喊道：“启动备用系统！”",
            ["电脑", "宇航员"],
        ),
        ("武林高手缓缓拔剑，沉声道：“出招吧。”剑刃出鞘，铮的一声。", ["武林高手"]),
        ("新娘扑进父亲怀里，父亲红着眼眶说：“要幸福啊。”", ["父亲"]),
        ("电话那头，一个陌生的女人低声说：“别回头。”", ["陌生的女人"]),
        ("稻草人眨了眨眼睛，突然开口：“你能带我走吗？”乌鸦嘎嘎叫着飞走。", ["稻草人"]),
        ("厨房里，胖厨师颠着锅，扯着嗓子吆喝：“红烧肉出锅喽！”油锅滋滋作响。", ["胖厨师"]),
        ("橱窗上写着“全场五折”，路过的女生惊喜地叫道：“太划算了吧！”", ["路过的女生"]),
        ("雪地里，小熊裹紧围巾，哈着白气，奶声奶气地问：“春天什么时候来呀？”", ["小熊"]),
        ("“各位旅客请注意，”广播员用标准的普通话播报，“开往北京的列车即将检票。”", ["广播员", "广播员"]),
        ("夜市摊位前，大叔一边翻着烤串，一边吆喝：“羊肉串，三块一串！”", ["大叔"]),
        ("男孩举起纸飞机大喊“起飞咯”，纸飞机冲向天空，笑声回荡。", ["男孩"]),
        ("黄昏的码头，船老大叼着烟斗，慢悠悠地说：“今晚有大风。”", ["船老大"]),
        ("陈默合上笔记本，淡淡道：“案子破了。”", ["陈默"]),
        ("婚礼现场，司仪举起话筒，热情洋溢地宣布：“有请新郎新娘！”全场欢呼。", ["司仪"]),
        ("老鼠从洞里探出头，压低声音说：“猫走了吗？”", ["老鼠"]),
        ("冰箱突然打开门，冷冷地说：“半夜不许偷吃。”", ["冰箱"]),
        ("一台老式收音机里传出沙哑的女声：“今天的故事，从一封信开始。”", ["沙哑的女声"]),
        ("奶奶戴上老花镜，一字一句地念：“孙儿亲启。”", ["奶奶"]),
        ("观众席上，粉丝们尖叫：“啊啊啊，看这边！”", ["粉丝们"]),
        (
            "篝火旁，吉他手轻轻拨动琴弦，低声哼唱：“远方的姑娘，你在何方。”木吉他伴奏，民谣风格，思念的情绪。",
            ["吉他手"],
        ),
        ("“你确定要走吗？”姐姐红着眼睛问。“我确定。”妹妹背起行囊，头也不回地说。", ["姐姐", "妹妹"]),
        ("镜头推近，戴眼镜的科学家看着屏幕，激动地喊：“成功了！”", ["戴眼镜的科学家"]),
        ("运动鞋广告，少年冲过终点线，低沉有力的画外音：“没有终点，只有起点。”鼓点渐强。", ["画外音"]),
        ("胡同口，磨刀师傅拉长声音吆喝：“磨剪子嘞——戗菜刀！”", ["磨刀师傅"]),
        ("阿婆把热粥端到他面前，慈爱地说：“趁热喝。”", ["阿婆"]),
        ("机长通过广播平静地说：“各位乘客，我们即将降落。”引擎声嗡嗡。", ["机长"]),
        ("小王拍了拍胸口：“吓死我了。”", ["小王"]),
        ("雪人摘下胡萝卜鼻子，眨眨眼说：“送给你。”", ["雪人"]),
        ("深夜的图书馆，女鬼幽幽地说：“这本书，是我写的。”", ["女鬼"]),
        ("导游举着小旗子，回头招呼游客：“大家跟紧我！”", ["导游"]),
        ("一对夫妻坐在餐桌前。丈夫叹了口气：“房租又涨了。”妻子放下筷子，安慰道：“总会有办法的。”", ["丈夫", "妻子"]),
        ("客厅里，父亲拿着成绩单，严厉地质问儿子：“怎么又没及格？”", ["父亲"]),
        ("女歌手闭上眼睛，副歌响起，她高声唱道：“我要飞得更高！”摇滚乐队伴奏，激昂。", ["女歌手"]),
        ("ASMR主播对着双耳麦克风，用几乎听不见的气声说：“闭上眼睛，听雨声。”", ["ASMR主播"]),
        ("教官背着手走过队列，厉声喝道：“站直了！”士兵们齐声回答：“是！”", ["教官", "士兵们"]),
        ("玩具熊从床上坐起来，奶声奶气地说：“别怕，我陪你。”", ["玩具熊"]),
        ("电梯门打开，语音播报：“十二楼到了。”", ["语音"]),
        ("太极大师缓缓收势，气定神闲地对徒弟们说：“慢，就是快。”", ["太极大师"]),
        ("雨中，撑着黑伞的男子停下脚步，回头望着她，沙哑地说：“对不起。”", ["撑着黑伞的男子"]),
        ("街头采访。记者把话筒递向路人：“您觉得幸福是什么？”路人想了想，笑着回答：“一家人在一起。”", ["记者", "路人"]),
        ("主持人微笑着看向镜头：“欢迎回到节目现场。”", ["主持人"]),
        ("孙悟空抡起金箍棒，怒喝：“妖怪，哪里逃！”", ["孙悟空"]),
        ("森林深处，古树发出苍老的声音：“孩子，你迷路了。”", ["古树"]),
        ("直播间里，带货主播语速飞快地说：“三二一，上链接！”", ["带货主播"]),
        ("两个小学生并肩走在田埂上，异口同声地背诵：“锄禾日当午，汗滴禾下土。”", ["小学生"]),
        ("[面包师，温暖的声音]说：“新鲜面包。”接着补充道：“快来买。”", ["面包师", "面包师"]),
        ("厨房里，妈妈搅着汤，鼻尖沾着面粉的小女孩问：“好了吗？”", ["鼻尖沾着面粉的小女孩"]),
        ("画面中央的歌手唱道：“明天。”", ["歌手"]),
        ("女主角深情地说：“别走。”", ["女主角"]),
        ("一对夫妻在厨房争吵。“你又忘了关火！”“是你最后走的！”", ["夫妻", "夫妻"]),
        ("一个女孩走过书店。“全场五折”写在橱窗上。", []),
        ("主角（四十多岁，沙哑的声音）握紧方向盘：“稳住！”", ["主角"]),
    ],
)
def test_the_speaker_of_chinese_prose_is_found(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in parse(text).lines] == speakers


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("会说话的茶壶气呼呼地说：“水开了！”", "气呼呼地说"),
        ("妈妈用轻柔的声音说：“睡吧。”", "用轻柔的声音说"),
        ("女孩笑着说：“走吧。”", "笑着说"),
        ("旁白，知性女声，语速舒缓：“走吧。”", "知性女声，语速舒缓"),
        ("一位老人，声音沙哑：“走吧。”", "声音沙哑"),
        ("歌手抱着吉他，深情演唱：“在远方。”", "深情演唱"),
        ("女主播，吐字清晰：“欢迎收看。”", "吐字清晰"),
        ("女主播兴奋地对着镜头说：“开始啦！”", "兴奋地对着镜头说"),
        ("小女孩撒娇地向爸爸说：“抱抱。”", "撒娇地向爸爸说"),
        ("妈妈对孩子轻声说：“睡吧。”", "轻声说"),
        ("带货主播举起口红，语速飞快：“上链接！”", "语速飞快"),
    ],
)
def test_the_manner_of_chinese_speech_is_kept(text: str, manner: str) -> None:
    assert parse(text).lines[0].voice_style == manner


@pytest.mark.parametrize(
    "text",
    [
        "咖啡杯冒着热气，杯子上印着“早安”。窗外鸟鸣，轻柔的爵士乐。",
        "街道上的招牌写着“营业中”。",
        "书架上摆着小说“春天”。",
    ],
)
def test_what_nobody_says_in_chinese_is_no_line(text: str) -> None:
    assert parse(text).lines == ()


@pytest.mark.parametrize(
    "text", ["一对夫妻在厨房争吵。“你又忘了关火！”“是你最后走的！”", "两个厨师在争吵。“多放盐！”“少放！”"]
)
def test_lines_of_several_who_are_named_as_one_need_labels(text: str) -> None:
    assert "D006" in {finding.rule for finding in lint(text).findings}


TRADITIONAL = (
    "畫面：咖啡館。【店員，溫柔的女聲】微笑著說：「要喝什麼？」接著，一個老爺爺低聲說：「茶。」窗外雨聲，鋼琴。"
)
SIMPLE = "画面：咖啡馆。【店员，温柔的女声】微笑着说：「要喝什么？」接着，一个老爷爷低声说：「茶。」窗外雨声，钢琴。"


def test_traditional_characters_are_read_and_kept() -> None:
    one, other = parse(TRADITIONAL), parse(SIMPLE)
    assert [line.speaker for line in one.lines] == ["店員", "老爺爺"]
    assert [line.voice_style for line in one.lines] == ["溫柔的女聲", "低聲說"]
    assert [line.kind for line in one.lines] == [line.kind for line in other.lines]
    assert [sound.text for sound in one.sounds] == ["雨聲", "鋼琴"]
    assert one.shape is other.shape
    assert [finding.rule for finding in lint(TRADITIONAL).findings] == [f.rule for f in lint(SIMPLE).findings]


def test_two_spellings_of_a_character_are_one_person() -> None:
    prompt = parse("【兒子】跑來，低聲說：「走。」【儿子】又說：「快走。」")
    assert [line.speaker for line in prompt.lines] == ["兒子", "兒子"]


@pytest.mark.parametrize(
    ("text", "characters", "names"),
    [
        (
            "【画面】面包房。\n【台词】面包师用沙哑的声音说：“香。”\n【音效】噼啪声。",
            ["面包师"],
            ["visual", "dialog", "sound effects"],
        ),
        ("【人物】小满，十七岁女孩\n【台词】小满踮起脚：“快点到！”", ["小满"], ["subject", "dialog"]),
        ('[Scene] A bakery. [Dialog] The baker says warmly: "Fresh."', ["Baker"], ["scene", "dialog"]),
        ("[角色]笑着说：“你好。”", ["角色"], []),
    ],
)
def test_a_header_may_stand_in_brackets(text: str, characters: list[str], names: list[str]) -> None:
    prompt = parse(text)
    assert [character.label for character in prompt.characters] == characters
    assert [section.name for section in prompt.sections] == names


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("新闻主播林岚看向镜头，说：“晚上好。”", "新闻主播林岚"),
        ("司机老刘笑着说：“到了。”", "司机老刘"),
        ("司机看着林子说：“到了。”", "司机"),
        ('Captain Ruiz points ahead and says: "Land."', "Captain Ruiz"),
        ('The captain says: "Land."', "Captain"),
    ],
)
def test_a_name_behind_a_trade_belongs_to_it(text: str, speaker: str) -> None:
    assert [line.speaker for line in parse(text).lines] == [speaker]


@pytest.mark.parametrize("marker", ["然後", "過了片刻", "良久", "過了一會兒", "Puis", "そして", "Luego"])
def test_a_turn_is_marked_in_any_of_many_words(marker: str) -> None:
    text = f"【哥哥，沉稳的男声】熄了手电：“别出声。”{marker}，【妹妹，颤抖的女声】抓住袖子：“有人。”"
    assert "D003" not in [finding.rule for finding in lint(text).findings]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [("懒散的男声", "急躁的女声", True), ("懒散的男声", "急躁的男声", False), ("疲惫", "清脆的女声", False)],
)
def test_a_label_with_voices_of_two_sexes_stands_for_two(first: str, second: str, *, found: bool) -> None:
    text = f"[保安，{first}]指着屏幕：“你看。”随后，[保安，{second}]凑近屏幕：“他在挥手！”"
    assert ("D002" in [finding.rule for finding in lint(text).findings]) is found


def test_a_label_of_japanese_ends_with_its_comma() -> None:
    (line,) = parse("夜。[店主、低くしゃがれた声]が言う：「いらっしゃい。」").lines
    assert (line.speaker, line.voice_style) == ("店主", "低くしゃがれた声")


def test_lines_that_overlap_are_found_in_chinese() -> None:
    text = "【租客，尖锐的女声】挥手：「漏水了！」随后，【房东，油滑的男声】摆手：「明天修！」两人的话重叠在一起。"
    assert "D010" in [finding.rule for finding in lint(text).findings]


@pytest.mark.parametrize("remark", ["@老人音 绑定给[老兵]。", "@老人音 用于老兵。"])
def test_a_remark_about_a_voice_goes_with_it(remark: str) -> None:
    fixed = apply_safe_fixes(
        f"[老兵]卷好烟，说：“我没再上去过。”雨声。{remark}", LintContext.from_mapping({"input": "image"})
    )
    assert fixed == "[老兵@老人音]卷好烟，说：“我没再上去过。”雨声。"


def test_a_courier_is_not_described_by_the_sign_for_fast() -> None:
    text = "【快递员】按住开门键，说：“几楼？”然后，【住户】看手机，说：“顶楼。”"
    (finding,) = [finding for finding in lint(text).findings if finding.rule == "D004"]
    assert str(finding.message.values["labels"]) == "快递员 and 住户"
