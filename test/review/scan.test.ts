/** Hits: what a reviewer has to look at, and masking. */
import { describe, expect, test } from 'vitest'
import { sanitise, textToHtml } from '../../src/lib/html.ts'
import { isIdentityCard, passesLuhn } from '../../src/review/personal.ts'
import { maskPersonal, parseWordList, scan, startingWords } from '../../src/review/scan.ts'
import { firstReport, notice } from './content.ts'

// Numbers made for the test: right check digits, no person.
const ID = identity('15990119900307001')
const CARD = '6222020000000000000'.slice(0, 18) + luhnDigit('622202000000000000')

function identity(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, w, i) => total + w * Number(first17[i]), 0)
  return first17 + '10X98765432'[sum % 11]
}
function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, d, i) => {
    const n = Number(d) * (i % 2 === 0 ? 2 : 1)
    return total + (n > 9 ? n - 9 : n)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}

const hits = (text: string, words = [] as Parameters<typeof scan>[1]) =>
  scan(notice({ title: '公告', body: textToHtml(text) }), words)
const rules = (text: string) => hits(text).map((h) => `${h.rule} ${h.text}`)

describe('personal data', () => {
  test('check digits are checked', () => {
    expect(isIdentityCard(ID)).toBe(true)
    expect(isIdentityCard(ID.slice(0, 17) + (ID[17] === '0' ? '1' : '0'))).toBe(false)
    expect(isIdentityCard(identity('15990119900230001'))).toBe(false)
    expect(passesLuhn(CARD)).toBe(true)
    expect(passesLuhn(CARD.slice(0, -1) + ((Number(CARD.at(-1)) + 1) % 10))).toBe(false)
  })

  test.each([
    [`身份证${ID}。`, `id-number ${ID}`],
    [`卡号${CARD}`, `bank-card ${CARD}`],
    ['手机13800138000', 'mobile 13800138000'],
    ['手机138-0013-8000', 'mobile 138-0013-8000'],
    ['手机１３８００１３８０００', 'mobile １３８００１３８０００'],
    ['护照E12345678', 'passport E12345678'],
    ['车牌蒙A12345', 'plate 蒙A12345'],
    ['车牌蒙AD12345', 'plate 蒙AD12345'],
    ['家住幸福路幸福小区3号楼2单元501室', 'address 家住幸福路幸福小区3号楼2单元501室'],
    ['宝音嘎查12号', 'address 宝音嘎查12号'],
    ['受伤者为一名6岁女童', 'minor 6岁'],
    ['一名十二周岁学生', 'minor 十二周岁'],
  ])('%s is a hit', (text, expected) => expect(rules(text)).toContain(expected))

  test.each([
    '新华大街1号',
    '3周岁以上儿童接种',
    '60岁老人',
    '编号123456789012345678',
    '2026年11月23日',
    '索引号000014349/2017-00110',
    '3月138日',
  ])('%s is none', (text) => expect(hits(text).filter((h) => h.scanner === 'personal')).toEqual([]))

  test('a declared contact’s phone is no hit, wherever it stands; another mobile is', () => {
    const content = firstReport(
      { contacts: [{ label: '值班（示例）', phone: '138 0013 8000', audience: 'public' }] },
      { ...firstReport().parts['zh-CN']!, body: '<p>13800138000，13900139000</p>' },
    )
    expect(
      scan(content, [])
        .filter((h) => h.rule === 'mobile')
        .map((h) => h.text),
    ).toEqual(['13900139000'])
  })

  test('a masked text keeps what may be shown', () => {
    const mask = (text: string) => maskPersonal(text, hits(text).find((h) => h.scanner === 'personal')!)
    expect(mask(`身份证${ID}。`)).toBe(`身份证159901********${ID.slice(-4)}。`)
    expect(mask('手机138-0013-8000')).toBe('手机138-****-8000')
    expect(mask('手机13800138000')).toBe('手机138****8000')
    expect(mask('+86 13800138000')).toBe('+86 138****8000')
    expect(mask(`卡号${CARD}`)).toBe(`卡号${'*'.repeat(CARD.length - 4)}${CARD.slice(-4)}`)
    expect(mask('护照E12345678')).toBe('护照E******78')
    expect(mask('蒙A12345')).toBe('蒙A***45')
    expect(mask('宝音嘎查12号')).toBe('宝音嘎查***')
    expect(mask('一名6岁女童')).toBe('一名*岁女童')
  })

  test('masking reaches every occurrence, in links and across tags, and leaves the HTML whole', () => {
    const html = '<p>138<b>0013</b>8000，<a href="tel:13800138000" rel="noopener">13800138000</a></p>'
    const hit = scan(notice({ body: html }), []).find((h) => h.rule === 'mobile')!
    const masked = maskPersonal(html, hit)
    expect(masked).not.toMatch(/0013/)
    expect(scan(notice({ body: sanitise(masked).html }), []).filter((h) => h.rule === 'mobile')).toEqual([])
  })

  test('a mask that finds nothing to hide says so', () => {
    const [hit] = hits('手机13800138000')
    expect(() => maskPersonal('别的文字', hit!)).toThrow(/no longer/)
    expect(() => maskPersonal('内部', hits('内部')[0]!)).toThrow(/not personal/)
  })
})

describe('words about secrecy', () => {
  test.each(['依法保护商业秘密', '应当保守秘密', '采用秘密投票', '加强内部审计'])(
    '%s is a hit that blocks nothing',
    (text) => {
      expect(hits(text)).toMatchObject([{ scanner: 'secrecy', severity: 'notice' }])
    },
  )

  test('a mark is one hit that blocks, not two', () => {
    expect(hits('机密★1年')).toMatchObject([{ rule: 'secrecy-mark', severity: 'block', text: '机密★' }])
  })
})

describe('keys of hits', () => {
  const key = (text: string, nth = 0) => hits(text)[nth]!.key

  test('stand while the text stands, also when words are put before it', () => {
    expect(key('加强内部审计')).toBe(key('前面加一句话。加强内部审计'))
  })

  test('tell occurrences, fields and languages apart', () => {
    const twice = hits('内部，内部').map((h) => h.key)
    expect(new Set(twice).size).toBe(2)
    expect(twice[0]).toBe(key('内部'))
    expect(scan(notice({ title: '内部', body: '' }), [])[0]!.key).not.toBe(key('内部'))
  })
})

describe('the word list', () => {
  test('is read row by row, and each bad row is named by its number', () => {
    const csv =
      '词,建议,提示/阻断\n布署,部署,提示\n\n# 注\n,空,提示\n绝对安全,,严重\n只有两列,提示\n"带,逗号","引""号",阻断\n布署,再来,提示\n"没关,上,提示'
    const { entries, issues } = parseWordList(csv)
    expect(entries).toEqual([
      { word: '布署', suggestion: '部署', severity: 'notice' },
      { word: '带,逗号', suggestion: '引"号', severity: 'block' },
    ])
    expect(issues.map((i) => `${i.field} ${i.code}`)).toEqual([
      'row.5 wordlist-empty',
      'row.6 wordlist-severity',
      'row.7 wordlist-columns',
      'row.9 wordlist-repeated',
      'row.10 wordlist-columns',
    ])
  })

  test('the one that is shipped reads without a fault', () => {
    expect(startingWords().length).toBeGreaterThan(15)
  })

  test('a hit carries the suggestion and how grave it is; the longest word wins', () => {
    const { entries } = parseWordList('安全,,提示\n绝对安全,写明措施,阻断')
    expect(hits('现场绝对安全，安全', entries)).toMatchObject([
      { scanner: 'word', text: '绝对安全', severity: 'block', suggestion: '写明措施' },
      { text: '安全', severity: 'notice' },
    ])
  })

  test('Latin words are found whole and in any case', () => {
    const { entries } = parseWordList('test,,提示')
    expect(hits('A TEST in the latest', entries).map((h) => h.text)).toEqual(['TEST'])
  })

  test('500 words in a body of 20,000 characters take under 50 ms', () => {
    const entries = Array.from({ length: 500 }, (_, i) => ({
      word: `词${String.fromCodePoint(0x4e00 + i)}${i}`,
      suggestion: '',
      severity: 'notice' as const,
    }))
    const content = notice({ body: textToHtml('草原防火工作要抓紧抓实。'.repeat(1667)) })
    const time = () => {
      const start = performance.now()
      scan(content, entries)
      return performance.now() - start
    }
    time()
    const without = Math.min(
      ...[1, 2, 3].map(() => {
        const start = performance.now()
        scan(content, [])
        return performance.now() - start
      }),
    )
    expect(Math.min(time(), time(), time()) - without).toBeLessThan(50)
  })
})
