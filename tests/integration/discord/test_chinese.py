"""Somebody whose Discord speaks Chinese reads Chinese, also where the sentence comes from deep inside."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.kling.faults import TaskAction, TaskFault
from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.ordering import CHEAP, PROMPT, give_privately, picture, shown
from tests.support.reading import buttons_of, words_of
from tests.support.theatre import open_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.discord import Interaction
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor, Theatre

ENGLISH_SENTENCE = re.compile(r"[A-Z][a-z]+( [a-z]+){3,}")


def chinese_mia(theatre: Theatre, *, channel: str = "stage") -> Actor:
    mia = theatre.as_person("Mia", channel=channel)
    mia.person.user.locale = "zh-CN"
    return mia


async def told(theatre: Theatre, answer: Interaction, words: str) -> str:
    """Wait until the answer has these words, and return all of them."""

    def look() -> str | None:
        messages = [*answer.followups, *([answer.message] if answer.message else [])]
        return next((words_of(one) for one in messages if words in words_of(one)), None)

    assert answer.failure is None, answer.failure
    return await theatre.discord.until(look, seconds=10)


async def confirmed(mia: Actor) -> Message:
    """Order a cheap clip in Chinese and return the card."""
    card = await shown(mia.theatre, await mia.slash("/video text", prompt=PROMPT, **CHEAP), button="确认")
    await mia.press(card, next(one for one in buttons_of(card) if one.startswith("确认")))
    return card


async def test_a_failed_clip_is_explained_in_chinese(theatre: Theatre) -> None:
    theatre.discord.stagehand.guild("Soundstage Demo").locale = "zh-CN"
    await theatre.restart_bot()
    await theatre.give("Mia", 100)
    theatre.kling.faults.add(TaskFault(action=TaskAction.FAIL, message="out of paint", times=1))
    mia = chinese_mia(theatre)

    card = await confirmed(mia)
    notice = await mia.sees(lambda one: one.by_application and "没有成片" in words_of(one))
    await theatre.discord.until(lambda: "积分已退回" in words_of(card) or None, seconds=10)

    for message in (card, notice):
        assert "视频服务未能制作这个片段：可灵的说明是“out of paint”。积分已退回。" in words_of(message)
    assert (await theatre.balance("Mia")).available == 100


async def test_a_restart_forgets_no_language(tmp_path: Path, prepared_clips: Path) -> None:
    vendor = VendorSettings(speed=5.0, fixed_submitted=1, fixed_processing=20)
    async with open_theatre(tmp_path, vendor=vendor, clips=prepared_clips) as theatre:
        await give_privately(theatre, "Mia", 100)
        theatre.kling.faults.add(TaskFault(action=TaskAction.FAIL, message="out of paint", times=1))
        mia = chinese_mia(theatre, channel="@bot")

        await confirmed(mia)
        await theatre.discord.until(lambda: list(theatre.kling.tasks) or None, seconds=10)
        await theatre.restart_bot()
        notice = await mia.sees(lambda one: one.mentioned_users and "out of paint" in words_of(one))

        assert "没有成片" in words_of(notice)
        assert "可灵的说明是“out of paint”。积分已退回。" in words_of(notice)


async def test_an_end_is_explained_in_the_language_of_whoever_looks(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    theatre.kling.faults.add(TaskFault(action=TaskAction.FAIL, message="Failure to pass the risk control", times=1))
    mia = chinese_mia(theatre)

    card = await confirmed(mia)
    await theatre.discord.until(lambda: "内容规则" in words_of(card) or None, seconds=10)
    [job] = await theatre.jobs("Mia")
    mia.person.user.locale = "en-US"
    again = await mia.slash("/job show", job=job.id)

    assert "视频服务因其内容规则拒绝了这个片段。积分已退回。" in words_of(card)
    assert "refused this clip because of its content rules. Your credits are back." in await told(
        theatre, again, "content rules"
    )


async def test_a_refusal_is_explained_in_chinese(theatre: Theatre) -> None:
    mia = chinese_mia(theatre)

    answer = await mia.slash(
        "/video image",
        image=picture(),
        end_image=picture(name="end.png"),
        prompt="The ball rolls away.",
        mode="professional",
        audio=True,
    )
    words = await told(theatre, answer, "现在还不能制作")

    assert "Kling 2.6 不能在一个片段里同时使用声音和尾帧；请选择其中一项。" in words
    assert not [line for line in words.splitlines() if ENGLISH_SENTENCE.search(line) and "ball" not in line]


async def test_too_many_clips_are_refused_in_chinese(theatre: Theatre) -> None:
    jobs = theatre.settings.jobs.model_copy(update={"waiting_per_person": 3})
    theatre.settings = theatre.settings.model_copy(update={"jobs": jobs})
    await theatre.restart_bot()
    await theatre.give("Mia", 1000)
    mia = chinese_mia(theatre)

    card = await shown(theatre, await mia.slash("/video text", prompt=PROMPT, outputs=4, **CHEAP), button="确认")
    answer = await mia.press(card, next(one for one in buttons_of(card) if one.startswith("确认")))

    assert "一次最多只能请求 3 个片段。没有扣除积分" in await told(theatre, answer, "请减少片段数量")
    assert await theatre.jobs("Mia") == []


async def test_a_picture_that_cannot_be_used_is_refused_in_chinese(theatre: Theatre) -> None:
    mia = chinese_mia(theatre)

    answer = await mia.slash("/video image", image=picture(size=(960, 100)), prompt="The ball rolls away.")

    assert "图片为 960 x 100 像素，一边最多是另一边的 2.5 倍。请裁剪。" in await told(theatre, answer, "像素")


async def test_what_a_prompt_lacks_is_said_in_chinese(theatre: Theatre) -> None:
    mia = chinese_mia(theatre)

    words = await told(theatre, await mia.slash("/prompt check", text='A girl sings: "La la la."'), "演唱还缺少")

    assert "演唱还缺少：风格、伴奏" in words
