"""Synonyms of enum values, for hints in error messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from almanac.load.errors import LONGEST_WORD, ascii_spelling
from almanac.records import (
    Absent,
    Audience,
    Badge,
    Certainty,
    EventKind,
    Kind,
    Modality,
    Rank,
    Role,
    Scope,
    TrainingUse,
    ZeroRetention,
)

E = TypeVar("E", bound=StrEnum)

# In lower case, with dashes for spaces and underscores. If two words share a synonym, the hint names the first allowed.
SYNONYMS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Absent: {
        Absent.NOT_STATED: "unspecified unstated not-given not-mentioned empty blank - – — 未说明 未提及 未注明",
        Absent.UNKNOWN: "? tbd tba not-recorded not-known not-found not-stated unspecified undisclosed 未知 不详",
        Absent.NONE: "nil no nothing 无 没有",
        Absent.NOT_APPLICABLE: "n/a na inapplicable not-relevant does-not-apply 不适用",
    },
    Kind: {
        Kind.CHAT: "chatbot conversation dialogue gpt 聊天 对话",
        Kind.COMPLETION: "text-completion 补全",
        Kind.CODE: "codex programming 代码",
        Kind.EDIT: "编辑",
        Kind.BASE: "foundation pretrained raw 基础模型",
        Kind.EMBEDDING: "vector vectors 嵌入 向量",
        Kind.MODERATION: "content-filter safety 审核 内容审核",
        Kind.IMAGE: "dall-e drawing image-generation picture 图像 图片",
        Kind.TEXT_TO_SPEECH: "tts speech-synthesis voice 语音合成 文本转语音",
        Kind.SPEECH_TO_TEXT: "asr stt speech-recognition transcription whisper 转录 语音识别 语音转文本",
        Kind.REASONING: "thinking o-series 推理",
        Kind.REALTIME: "live streaming 实时",
        Kind.AUDIO: "sound 音频",
        Kind.VIDEO: "film sora 视频",
        Kind.SEARCH: "web-search 搜索",
        Kind.DEEP_RESEARCH: "深度研究",
        Kind.COMPUTER_USE: "agent operator 计算机使用",
        Kind.UNKNOWN: "? n/a none not-recorded not-stated other tbd 未知",
    },
    Badge: {
        Badge.NEW: "added recent 新 新增",
        Badge.UPDATED: "changed improved revised 更新 已更新",
        Badge.LEGACY: "obsolete old outdated 旧版 遗留",
        Badge.PREVIEW: "alpha beta early-access experimental 预览 预览版 测试版",
        Badge.UNSUPPORTED: "invalid not-supported unavailable 不支持 不受支持",
    },
    Modality: {
        Modality.TEXT: "language string words 文本 文字",
        Modality.IMAGE: "photo picture vision visual 图像 图片",
        Modality.AUDIO: "sound speech voice 音频 语音",
        Modality.VIDEO: "film movie 视频",
        Modality.PDF: "document file 文档",
        Modality.EMBEDDING: "vector vectors 嵌入 向量",
        Modality.SCORES: "categories classification moderation 分数",
    },
    Scope: {
        Scope.ALL: "both complete everything full 全部",
        Scope.INFERENCE: "api prediction requests usage use 推理 请求",
        Scope.FINE_TUNING: "base-model 微调",
        Scope.FINE_TUNED: "custom-models fine-tunes 微调模型",
        Scope.TRAINING: "fine-tuning-jobs new-fine-tuning 训练",
    },
    Role: {
        Role.REPLACEMENT: "default main primary recommended successor 替代",
        Role.ALTERNATIVE: "choice option optional or 备选",
        Role.LISTED: "all and several 列出",
    },
    TrainingUse: {
        TrainingUse.NEVER: "disable disabled false no none not-used off 从不 否",
        TrainingUse.UNLESS_OPTED_IN: "if-opted-in opt-in opted-in opt-in-only with-consent 选择加入",
    },
    ZeroRetention: {
        ZeroRetention.ELIGIBLE: "allowed available enable enabled possible supported true yes 可申请 是",
        ZeroRetention.ELIGIBLE_EXCEPT: "except limited mostly partial partly some with-exceptions 部分",
        ZeroRetention.ELIGIBLE_WITH_LIMITATIONS: "limitations with-limitations 有限制",
        ZeroRetention.NOT_ELIGIBLE: "disable disabled false impossible never no none not-available not-supported "
        "unavailable unsupported 不可申请 否",
        ZeroRetention.NOT_APPLICABLE: "- n/a na inapplicable not-relevant nothing-kept 不适用",
        ZeroRetention.PENDING: "open tbd to-be-confirmed undecided 未定",
    },
    EventKind: {
        EventKind.MOVED: "brought-forward date-changed delayed extended postponed rescheduled 改期 推迟 延期",
        EventKind.REPLACEMENT_CHANGED: "new-replacement replaced 替代变更",
        EventKind.WITHDRAWN: "cancelled canceled dropped removed retracted revoked 撤回 取消",
        EventKind.RESTORED: "reinstated relisted resumed returned 恢复 重新列出",
        EventKind.ACCESS_LIMITED: "closed-to-new-users existing-users-only limited restricted 限制访问",
        EventKind.CORRECTED: "amended erratum fixed typo 更正 修正",
    },
    Audience: {Audience.EXISTING_USERS: "current-users existing-customers old-users 现有用户"},
    Certainty: {
        Certainty.OBSERVED: "actual certain confirmed present seen 已确认",
        Certainty.PLANNED: "announced expected future intended scheduled 计划",
    },
    Rank: {
        Rank.OFFICIAL: "first-party openai original primary publisher 官方",
        Rank.ARCHIVED: "copy history mirror wayback 存档",
        Rank.SECONDARY: "blog press third-party unofficial 第三方 非官方",
    },
}


def meant(kind: type[E], written: str, allowed: Collection[E]) -> E | None:
    """The allowed word of which `written` is a synonym or a variant in case, width or dashes."""
    if len(written) > LONGEST_WORD:
        return None
    folded = re.sub(r"[\s_-]+", "-", (ascii_spelling(written) or written).strip().casefold())
    for word in allowed:
        if folded == word.value:
            return word
    for closed, synonyms in SYNONYMS.get(kind, {}).items():
        if closed in allowed and folded in synonyms.split():
            return kind(closed)
    return None


def means_absent(written: str) -> bool:
    """Whether a word is a synonym for an absent value."""
    return meant(Absent, written, list(Absent)) is not None
