/** Instructions that cannot both be followed in one place, and their CAP terms. Data: either side of a pair, in each language. */
import type { CapTerms, Language } from '../../src/desk/content.ts'

type Side = { words: Partial<Record<Language, RegExp>>; cap?: NonNullable<CapTerms['responseType']>[] }
export type Opposite = { name: string; one: Side; other: Side }

/** “不要撤离” does not tell anybody to leave. */
const NOT = '(?<!不要|不得|请勿|切勿|无需|不必|禁止|暂不|不)'

export const OPPOSITES: readonly Opposite[] = [
  {
    name: 'leave-stay',
    one: {
      words: {
        'zh-CN': new RegExp(`${NOT}(?:立即|迅速|马上|紧急|有序)?(?:撤离|转移|疏散|撤出)`),
        en: /(?<!do not |don't |not )\b(?:evacuate|leave (?:the area|home|at once|now|immediately)|move out)\b/i,
      },
      cap: ['Evacuate'],
    },
    other: {
      words: {
        'zh-CN':
          /就地避险|就地避难|就地掩蔽|(?:留在|待在|呆在)(?:家|室内|原地|屋内|室)|不要(?:外出|出门|离开)|请勿(?:外出|出门|离开)|闭门不出|关闭门窗|不要撤离|无需撤离/,
        en: /\bshelter in place\b|\b(?:stay|remain) (?:at home|indoors|inside|where you are|put)\b|\bdo not (?:go out|leave|evacuate)\b/i,
      },
      cap: ['Shelter'],
    },
  },
  {
    name: 'open-shut',
    one: {
      words: { 'zh-CN': /(?:开窗|打开门窗|保持通风|通风换气)/, en: /\bopen (?:the )?windows\b|\bventilate\b/i },
    },
    other: {
      words: {
        'zh-CN': /(?:关闭门窗|关好门窗|紧闭门窗|停止通风)/,
        en: /\b(?:close|shut) (?:the )?(?:doors and )?windows\b/i,
      },
    },
  },
  {
    name: 'drink-not',
    one: { words: { 'zh-CN': /可以?(?:正常)?饮用|可放心饮用/, en: /\bsafe to drink\b|\bmay drink\b/i } },
    other: {
      words: {
        'zh-CN': /(?:不要|请勿|切勿|禁止|暂停|停止)(?:直接)?饮用|煮沸后(?:再)?饮用/,
        en: /\bdo not drink\b|\bboil (?:the )?water\b/i,
      },
    },
  },
  {
    name: 'return-keep-out',
    one: {
      words: {
        'zh-CN': /可以?(?:安全)?(?:返回|返家|回家|复工|复课)/,
        en: /\b(?:may|can) return\b|\bsafe to return\b/i,
      },
    },
    other: {
      words: {
        'zh-CN': /(?:不要|请勿|切勿|禁止|不得)(?:返回|返家|回家|进入)/,
        en: /\bdo not (?:return|enter|go back)\b|\bkeep out\b/i,
      },
    },
  },
]
