"""Which sounds are found in Chinese prose, and where none is: by words, and by forms that tell of a sound."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import parse


def kinds(text: str) -> set[str]:
    return {sound.kind.value for sound in parse(text).sounds}


@pytest.mark.parametrize(
    "text",
    [
        "河水哗啦哗啦地响。",
        "河水哗啦啦地流。",
        "钥匙串哗啦作响。",
        "键盘噼里啪啦。",
        "自行车铃叮铃铃。",
        "火车轰隆隆驶过。",
        "高压锅呲呲冒气。",
        "手机嗡嗡震动。",
        "热油滋啦一声。",
        "高跟鞋踩在地板上，嗒、嗒、嗒。",
        "啄木鸟啄着树干，笃笃笃。",
        "裙摆窸窸窣窣。",
        "小狗汪汪叫。",
        "鸭子嘎嘎地大叫。",
        "婴儿哇哇大哭。",
        "公鸡打鸣。",
        "他打了个喷嚏。",
        "电话突然响了。",
        "上课铃响了。",
        "一道炸雷。",
        "车门砰地关上。",
        "远处拖拉机突突突地开过。",
        "石头扑通掉进水里。",
        "殿外战鼓隆隆。",
    ],
)
def test_a_noise_is_heard_by_its_form(text: str) -> None:
    assert kinds(text) == {"sfx"}


@pytest.mark.parametrize(
    "text",
    [
        "溪水潺潺。",
        "风扇呼呼转动。",
        "冷气机嗡嗡运转。",
        "冰箱低沉地嗡嗡响。",
        "知了在树上叫个不停。",
        "布谷鸟在林间啼叫。",
        "暴雨倾盆而下。",
        "浪花拍打礁石。",
        "车水马龙的喧嚣。",
        "竹叶沙沙作响。",
        "草丛里蛐蛐叫。",
        "泉水叮咚。",
        "窗外风雪呼啸。",
        "海鸥鸣叫。",
        "雨声哗哗。",
    ],
)
def test_what_lasts_is_the_sound_of_its_place(text: str) -> None:
    assert kinds(text) == {"ambience"}


@pytest.mark.parametrize(
    "text", ["鼓乐齐鸣。", "编钟奏响。", "轻快的电音。", "欢快的小曲。", "嘻哈节奏。", "Trap 节拍。"]
)
def test_music_is_heard_by_its_kind(text: str) -> None:
    assert kinds(text) == {"music"}


@pytest.mark.parametrize("comma", ["，", ",", ", "])
def test_the_width_of_commas_decides_nothing(comma: str) -> None:
    assert kinds(f"雨打芭蕉{comma}淅淅沥沥{comma}锅铲碰锅{comma}铛铛。") == {"ambience", "sfx"}


@pytest.mark.parametrize(
    "text",
    [
        "壁炉已经静静地熄灭了。",
        "关掉的空调，熄灭的壁炉。",
        "警报解除。",
        "喷泉旁的音乐停了。",
        "空调无声。",
        "节拍器静止。",
        "小提琴靠在墙边。",
        "两人气呼呼地对视。",
        "他呼呼大睡。",
        "她泪汪汪地抬头。",
        "他吱吱唔唔地说：“我不知道。”",
        "孩子们叽叽喳喳地说：“快看！”",
        "女孩咯咯地笑着说：“好呀。”",
        "嘟嘟和咚咚是双胞胎。",
        "手机没响。",
        "手机音响很小。",
        "暴雨中的球场上站着一个人。",
        "小叮当走了过来。",
        "名字叫嘟嘟。她是丁丁。",
        "突然，一个人跑来。",
        "他停下脚步。",
    ],
)
def test_what_is_off_or_only_looks_like_a_noise_is_not_heard(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [("周围蒸汽声响起。", "蒸汽声"), ("远处爆竹声和鸡鸣声。", "爆竹声"), ("庙里锣鼓声。", "锣鼓声")],
)
def test_a_sound_is_named_without_its_place(text: str, name: str) -> None:
    assert parse(text).sounds[0].text == name
