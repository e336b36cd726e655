/** Chinese text as it is read aloud: figures in words, telephone and road numbers digit by digit, no brackets, no addresses of the net. */

const DIGITS = '零一二三四五六七八九'
const PLACES = ['', '十', '百', '千']
const GROUPS = ['', '万', '亿', '万亿']

/** 105 → 一百零五. Up to sixteen digits; more are read one by one. */
export function cardinal(figures: string): string {
  const n = figures.replace(/^0+(?=\d)/, '')
  if (n === '0') return '零'
  if (n.length > 16) return digits(n)
  let said = ''
  let gap = false
  for (let group = Math.ceil(n.length / 4) - 1; group >= 0; group--) {
    const four = n.slice(Math.max(0, n.length - 4 * (group + 1)), n.length - 4 * group)
    const here = fourDigits(four)
    if (here === '') {
      gap = said !== ''
      continue
    }
    const short = said !== '' && (gap || four.startsWith('0'))
    said += (short ? '零' : '') + here + GROUPS[group]
    gap = false
  }
  // 一十八 is read 十八 where it begins a number.
  return said.replace(/^一十/, '十')
}

function fourDigits(four: string): string {
  let said = ''
  let gap = false
  for (const [i, d] of [...four].entries()) {
    if (d === '0') {
      gap = said !== ''
      continue
    }
    said += (gap ? '零' : '') + DIGITS[Number(d)] + PLACES[four.length - 1 - i]
    gap = false
  }
  return said
}

/** One by one; `yao` reads 1 as 幺, as in telephone and road numbers. */
export const digits = (figures: string, yao = false): string =>
  [...figures].map((d) => (yao && d === '1' ? '幺' : DIGITS[Number(d)])).join('')

/** A telephone number in its groups, a pause between them: 0482-1234567 → 零四八二，幺二三四五六七. */
export const telephone = (number: string): string =>
  number
    .replace(/^\+?86[- ]?/, '')
    .split(/转/)
    .map((half) =>
      half
        .split(/\D+/)
        .filter(Boolean)
        .flatMap(inFours)
        .map((g) => digits(g, true))
        .join('，'),
    )
    .join('，转，')

/** Eleven digits of a mobile number are said 3-4-4. */
const inFours = (group: string): string[] =>
  group.length === 11 ? [group.slice(0, 3), group.slice(3, 7), group.slice(7)] : [group]

const clock = (hour: string, minute: string): string =>
  `${cardinal(hour)}点${minute === '00' ? '整' : `${minute.startsWith('0') ? '零' : ''}${cardinal(minute)}分`}`
export const day = (year: string, month: string, date: string): string =>
  `${digits(year)}年${cardinal(month)}月${cardinal(date)}日`

/** 2 before a word of measure is 两. */
const MEASURES = /^(个|名|人|户|公里|千米|小时|次|条|座|辆|台|天|米|处|家|批|支|组|吨|年|间|所|架|顶)/
function number(figures: string, after: string): string {
  const [whole = '', part] = figures.replaceAll(',', '').split('.')
  const read = whole.length > 1 && whole.startsWith('0') ? digits(whole) : cardinal(whole)
  if (part !== undefined) return `${read}点${digits(part)}`
  return whole === '2' && MEASURES.test(after) ? '两' : read
}

const UNITS: Record<string, string> = {
  'km²': '平方公里',
  km: '公里',
  'm²': '平方米',
  '㎡': '平方米',
  '℃': '摄氏度',
  mm: '毫米',
  cm: '厘米',
  kg: '公斤',
  m: '米',
}
const FIGURE = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
const CALLED = String.raw`(?<=(?:电话|热线|拨打|致电|拨|号码|手机|专线)[^\d\n。；]{0,8})`

type Rule = [pattern: string, read: (m: string[], after: string) => string]
/** In this order at every place of the text, so that no figure is read twice. */
const RULES: Rule[] = [
  [String.raw`(?:详见|网址|全文|链接|见)?[:：]?\s*https?:\/\/[^\s，。；）)】]+`, () => ''],
  [String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`, () => ''],
  [String.raw`〔(\d{4})〕\s*第?(\d+)号`, ([, y = '', n = '']) => `${digits(y)}年第${cardinal(n)}号`],
  [String.raw`(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)`, ([, y = '', m = '', d = '']) => day(y, m, d)],
  [String.raw`(?<!\d)(\d{4})(?=年)`, ([, y = '']) => digits(y)],
  [
    String.raw`(?<![\d.])(?:\+86[- ]?)?(?:0\d{2,3}[- ]\d{5,8}(?:(?:-|转)\d{1,5})?|1[3-9]\d-?\d{4}-?\d{4}|[48]00-\d{3}-?\d{4})(?![\d.])`,
    ([all = '']) => telephone(all),
  ],
  [String.raw`${CALLED}(?<!\d)\d{3,12}(?!\d)`, ([all = '']) => telephone(all)],
  [String.raw`(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?!\d)`, ([, h = '', m = '']) => clock(h, m)],
  [String.raw`(?<=国道|省道|县道|乡道|高速|公路)[A-Z]?(\d+)`, ([, n = '']) => digits(n, true)],
  [String.raw`(?<![A-Za-z])([GSXY])(\d{2,4})(?!\d)`, ([, letter = '', n = '']) => letter + digits(n, true)],
  [String.raw`(?<![\d.])(\d+)\/(\d+)(?![\d/])`, ([, a = '', b = '']) => `${cardinal(b)}分之${cardinal(a)}`],
  [String.raw`(${FIGURE})\s*[%％]`, ([, n = '']) => `百分之${number(n, '')}`],
  [String.raw`(?<![\d])[-−－](?=\d+(?:\.\d+)?\s*(?:℃|度|摄氏度))`, () => '零下'],
  [String.raw`(?<=\d\s*)[-–—~～]+(?=\s*\d)`, () => '至'],
  [
    String.raw`(${FIGURE})(?:\s*(km²|km|m²|㎡|℃|mm|cm|kg|m)(?![A-Za-z²]))?`,
    ([, n = '', unit], after) => number(n, unit ? (UNITS[unit] ?? '') : after.trimStart()) + (unit ? UNITS[unit] : ''),
  ],
  ['[Ⅰ-Ⅻ]', ([all = '']) => cardinal(String(all.charCodeAt(0) - 0x215f))],
  ['[”“‘’"『』「」《》〈〉<>]', () => ''],
  [String.raw`[()（）\[\]【】〔〕{}｛｝［］]`, () => '，'],
  [String.raw`[—–―]+|\s-\s`, () => '，'],
  [String.raw`[•·▲▼●○■□★☆※*#_|^~\\]`, () => ''],
]
const ALL = new RegExp(RULES.map(([pattern]) => `(?:${pattern})`).join('|'), 'gu')
const EACH = RULES.map(([pattern, read]) => [new RegExp(pattern, 'uy'), read] as const)

/** The text as an announcer reads it. */
export function spokenZh(text: string): string {
  const read = text.normalize('NFC').replace(ALL, (all: string, ...rest: unknown[]) => {
    const whole = rest.at(-1) as string
    const at = rest.at(-2) as number
    for (const [pattern, say] of EACH) {
      pattern.lastIndex = at
      const m = pattern.exec(whole)
      if (m && m[0].length === all.length) return say(m as unknown as string[], whole.slice(at + all.length))
    }
    return all
  })
  return tidy(read)
}

/** No pause before or after another one, and none at either end of a line. */
export const tidy = (text: string): string =>
  text
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?([，。！？；：、]) ?/g, '$1')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/，+/g, '，')
    .replace(/，(?=[。！？；：、\n]|$)/g, '')
    .replace(/(?<=[。！？；：、]|^)，/gm, '')
    .replace(/。+/g, '。')
    .replace(/^[\s，]+|[\s，]+$/gm, '')
