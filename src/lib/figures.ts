/** Numbers, dates, times of day and phone numbers as they stand in running Chinese and English, in one comparable form. */

/** `value` is comparable between languages; `start` and `end` are offsets into the text that was given. */
export type Figure = { value: string; start: number; end: number }

/** Full-width and Mongolian digits as ASCII, same length, so that offsets stay good. */
export const asciiDigits = (text: string): string =>
  text
    .replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 0xff10))
    .replace(/[\u1810-\u1819]/g, (d) => String(d.charCodeAt(0) - 0x1810))
    .replace(/[：]/g, ':')

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DATES: { pattern: RegExp; read: (m: RegExpMatchArray) => [string | undefined, string, string] }[] = [
  { pattern: /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]/g, read: (m) => [m[1], m[2]!, m[3]!] },
  { pattern: /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, read: (m) => [m[1], m[2]!, m[3]!] },
  {
    pattern: new RegExp(`(?<![\\d.])(\\d{1,2})(?:st|nd|rd|th)? ${MONTH}(?:,? (\\d{4}))?(?![\\p{L}\\d])`, 'giu'),
    read: (m) => [m[3], month(m[2]!), m[1]!],
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?`, 'giu'),
    read: (m) => [m[3], month(m[1]!), m[2]!],
  },
]
const month = (name: string) => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)

/** Days named with month and day, as MM-DD: the year is often left out in one language and not in the other. */
export function datesIn(text: string): Figure[] {
  const plain = asciiDigits(text)
  return DATES.flatMap(({ pattern, read }) =>
    [...plain.matchAll(pattern)].flatMap((m) => {
      const [, mm, dd] = read(m)
      if (Number(mm) < 1 || Number(mm) > 12 || Number(dd) < 1 || Number(dd) > 31) return []
      return [{ value: `${mm.padStart(2, '0')}-${dd.padStart(2, '0')}`, start: m.index, end: m.index + m[0].length }]
    }),
  ).sort((a, b) => a.start - b.start)
}

const AFTER_NOON = /^(下午|傍晚|晚上|晚|夜间|p\.?m\.?)$/i
const CLOCK =
  /(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|晚)?\s?(?<![\d:.])(\d{1,2})(?:[:时点](\d{2})分?|时整?|点整?)(?![\d:])|(?<![\d:.])(\d{1,2})(?::(\d{2}))?\s?(a\.?m\.?|p\.?m\.?)(?!\p{L})/giu

/** Times of day as HH:MM on a 24-hour clock. */
export function timesIn(text: string): Figure[] {
  return [...asciiDigits(text).matchAll(CLOCK)].flatMap((m) => {
    const half = m[1] ?? m[6] ?? ''
    let hour = Number(m[2] ?? m[4])
    const minute = Number(m[3] ?? m[5] ?? 0)
    if (AFTER_NOON.test(half) && hour < 12) hour += 12
    if (/^a\.?m\.?$/i.test(half) && hour === 12) hour = 0
    if (hour > 24 || minute > 59) return []
    const value = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    return [{ value, start: m.index, end: m.index + m[0].length }]
  })
}

const PHONE =
  /(?<![\d.,-])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|(?:\+?86[- ]?)?0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?|[48]00[- ]?\d{3}[- ]?\d{4}|123(?:45|50|69|79|95|15|20|28)|12122|(?<=(?:电话|拨打|热线|call|dial|phone)\s?:?\s?)(?:110|119|120|122))(?!\d)/gi

/** Phone numbers, digits only and without the country code. Emergency numbers (119) only after a word that says so. */
export const phonesIn = (text: string): Figure[] =>
  [...asciiDigits(text).matchAll(PHONE)].map((m) => ({
    value: m[0].replace(/\D/g, '').replace(/^86(?=\d{10,})/, ''),
    start: m.index,
    end: m.index + m[0].length,
  }))

const SCALE: Record<string, number> = { 千: 1e3, 万: 1e4, 亿: 1e8, thousand: 1e3, million: 1e6, billion: 1e9 }
const NUMBER = /(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?/g

/**
 * Numbers that are not part of a date, a time of day or a phone number, with their scale worked out: 1.2万, 12,000 and
 * 12 thousand are all 12000. Chinese numerals are left alone: 一 is as often a word as a number.
 */
export function numbersIn(text: string): Figure[] {
  const plain = asciiDigits(text)
  const taken = [...datesIn(text), ...timesIn(text), ...phonesIn(text)]
  return [...plain.matchAll(NUMBER)].flatMap((m) => {
    const start = m.index
    let end = start + m[0].length
    if (taken.some((t) => start < t.end && end > t.start)) return []
    // 4月份 is a month, and the other language has a name for it.
    if (plain[end] === '月') return []
    const unit = /^(万亿|亿|万|千(?![米克瓦])|\s?(?:thousand|million|billion)\b)/i.exec(plain.slice(end))
    let value = Number(m[0].replaceAll(',', ''))
    if (unit) {
      value *= unit[0] === '万亿' ? 1e12 : SCALE[unit[0].trim().toLowerCase()]!
      end += unit[0].length
    }
    return [{ value: String(Number(value.toPrecision(15))), start, end }]
  })
}

/**
 * Every digit and numeral of a text in the order it stands, Arabic, Chinese and Mongolian: two texts with the same list
 * say the same numbers. Coarse on purpose: a changed 一 counts.
 */
export const numeralsIn = (text: string): string[] =>
  asciiDigits(text).match(
    /\d+(?:[.,:]\d+)*%?|[〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟]+|[ⅠⅡⅢⅣⅤⅥ①-⑳]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|half|dozen|no|none|first|second|third)\b/gi,
  ) ?? []

const HAN_DIGIT: Record<string, number> = {
  ...{ 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const HAN_UNIT: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** The value of a Chinese numeral below 100,000,000: 十二 → 12, 三千零五 → 3005, 二〇〇九 → 2009. NaN if it is none. */
export function hanNumber(numeral: string): number {
  if (/^[〇零一二三四五六七八九]+$/.test(numeral)) return Number([...numeral].map((c) => HAN_DIGIT[c]).join(''))
  const [high, low] = numeral.includes('万') ? numeral.split('万', 2) : [undefined, numeral]
  const section = (s: string): number => {
    let sum = 0
    let digit: number | undefined
    for (const c of s) {
      const unit = HAN_UNIT[c]
      if (unit) {
        sum += (digit ?? 1) * unit
        digit = undefined
      } else digit = HAN_DIGIT[c] ?? Number.NaN
    }
    return sum + (digit ?? 0)
  }
  return (high === undefined ? 0 : section(high) * 10_000) + section(low ?? '')
}

const ENGLISH = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** Numbers written as words, in the form of `numbersIn`: what may stand for a number that is digits in another language. */
export const spelledIn = (text: string): string[] => [
  ...(text.match(/[〇零一二三四五六七八九十百千万两]+/g) ?? []).map((n) => String(hanNumber(n))),
  ...(text.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((w) =>
    ENGLISH.includes(w) ? [String(ENGLISH.indexOf(w))] : [],
  ),
]
