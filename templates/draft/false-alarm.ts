/** 误发更正: words the text for a false alarm starts from, and words it may never hold. Data. */
import type { Language } from '../../src/desk/content.ts'

/** What went out was no alert at all: it says what was wrong and what to do, and no more. Mongolian is left to those who write it. */
export const FALSE_ALARM_START: Partial<Record<Language, { wrong: string; advice: string }>> = {
  'zh-CN': {
    wrong: '该信息系误发，所述情况没有发生。',
    advice: '请勿按该信息行动，也不要转发；已转发的，请一并转发本更正。以本更正为准。',
  },
  en: {
    wrong: 'It was sent in error: what it describes has not happened.',
    advice:
      'Do not act on it or pass it on. If you have passed it on, please pass on this correction too. This correction stands.',
  },
}

/**
 * Words that say a danger is over. A false alarm had none, and 险情解除, 解除预警 and 终止响应 are acts of their own: mixed up,
 * they tell people in a real danger beside it that they are safe.
 */
export const NOT_IN_FALSE_ALARM: Partial<Record<Language, RegExp>> = {
  'zh-CN':
    /险情(?:已|得到|基本)?(?:解除|排除|消除|结束)|警报(?:已)?(?:解除|取消)|解除|终止响应|危险(?:已)?过去|(?:已|现已)?恢复安全/,
  en: /\ball[- ]clear\b|\blift(?:ed|s|ing)?\b|\bstood down\b|\bstand(?:s|ing)? down\b|\bno longer (?:in force|dangerous)\b|\b(?:danger|emergency|threat) (?:is|has) (?:over|passed|ended)\b|\bsafe to return\b/i,
}

/** What a text has to say in some way: that the thing was sent in error. */
export const SAYS_SENT_IN_ERROR: Partial<Record<Language, RegExp>> = {
  'zh-CN': /误发|误报|错发|有误|不属实|没有发生|并未发生|未发生/,
  en: /\berror\b|\bmistake\b|\bfalse\b|\bhas not happened\b|\bdid not happen\b|\bwrong\b/i,
}
