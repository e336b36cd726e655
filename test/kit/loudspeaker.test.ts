/** A loudspeaker script is heard and not seen: twice, figures in words, no brackets, no addresses. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kitOf } from '../../templates/kit/kit.ts'
import { cardinal, spokenZh, telephone } from '../../templates/kit/spoken-zh.ts'
import { edition, english, part } from '../channels/sample-edition.ts'

const CONFIG = { publicUrl: 'https://press.example', site: { nameZh: '', nameEn: '', offset: '+08:00', mark: '' } }

/** Reads a Chinese numeral back, by another way than it was made. */
function value(said: string): number {
  const digit = (c: string) => '零一二三四五六七八九'.indexOf(c)
  let [total, section, last] = [0, 0, 0]
  for (const c of said) {
    if (digit(c) >= 0) last = digit(c)
    else if ('十百千'.includes(c)) {
      section += (last || 1) * 10 ** ('十百千'.indexOf(c) + 1)
      last = 0
    } else {
      total = c === '亿' ? (total + section + last) * 1e8 : total + (section + last) * 1e4
      ;[section, last] = [0, 0]
    }
  }
  return total + section + last
}

describe('figures in words', () => {
  test.each([
    ['0', '零'],
    ['10', '十'],
    ['18', '十八'],
    ['105', '一百零五'],
    ['1050', '一千零五十'],
    ['10005', '一万零五'],
    ['52310', '五万二千三百一十'],
    ['100500', '十万零五百'],
    ['100000000', '一亿'],
    ['1000001', '一百万零一'],
  ])('%s is %s', (figures, said) => expect(cardinal(figures)).toBe(said))

  test('are the number they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (n) => {
        expect(value(cardinal(String(n)))).toBe(n)
      }),
      { numRuns: 3_000 },
    )
  })

  test.each([
    ['2026年11月24日14:30', '二零二六年十一月二十四日十四点三十分'],
    ['2026-12-01起', '二零二六年十二月一日起'],
    ['14:00', '十四点整'],
    ['9:05', '九点零五分'],
    ['请拨打12345', '请拨打幺二三四五'],
    ['0482-1234567转8', '零四八二，幺二三四五六七，转，八'],
    ['手机13812345678', '手机幺三八，幺二三四，五六七八'],
    ['国道331线18—41公里', '国道三三幺线十八至四十一公里'],
    ['面积约3.5km²', '面积约三点五平方公里'],
    ['占12%，气温-15℃', '占百分之十二，气温零下十五摄氏度'],
    ['2名、12名、52,310人', '两名、十二名、五万二千三百一十人'],
    ['示政办字〔2026〕41号', '示政办字二零二六年第四十一号'],
    ['【演练】草原火灾（示例）', '演练，草原火灾，示例'],
    ['详见 https://press.example/a/1 。', '。'],
  ])('%s', (text, said) => expect(spokenZh(text)).toBe(said))

  test('a mobile number is said three, four, four', () =>
    expect(telephone('13800000000')).toBe('幺三八，零零零零，零零零零'))

  const odd = fc.string({
    unit: fc.constantFrom(...'0123456789年月日:-.,%/（）【】〔〕()[]《》“”火灾电话 km℃\nⅡ', 'https://a.b/c1'),
    maxLength: 60,
  })
  test('leave no figure, bracket or address, whatever is written', () => {
    fc.assert(
      fc.property(odd, (text) => {
        expect(spokenZh(text)).not.toMatch(/[0-9（）【】〔〕()[\]《》“”]|https?:/)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('the script', () => {
  const zh = kitOf(CONFIG, edition(), 'zh-CN').loudspeaker
  test('is said twice, between a call to listen and an end', () => {
    expect(zh).toMatch(/^各位居民，请注意收听。\n/)
    expect(zh).toMatch(/\n播送完毕。$/)
    const [first = '', second = ''] = zh.split('\n下面再播送一遍。\n')
    expect(second.replace(/\n播送完毕。$/, '')).toBe(first.replace('各位居民，请注意收听。\n', ''))
    expect(zh.match(/下风向十公里内居民听从转移安排/g)).toHaveLength(2)
    expect(zh.match(/零零零，零零零幺二三四五/g)).toHaveLength(2)
  })
  test('holds nothing that can only be seen', () => expect(zh).not.toMatch(/[0-9（）【】()]|https?:/))
  test('of an exercise says so before and after each time', () => {
    const drill = kitOf(CONFIG, edition({ mode: 'exercise' }), 'zh-CN').loudspeaker
    expect(drill.match(/这是演练，不是真实情况。/g)).toHaveLength(8)
  })
  test('of a correction says that what was read out before was wrong', () => {
    const right = kitOf(
      CONFIG,
      edition({ type: 'correction' }, { 'zh-CN': part({ changeNote: '公里数有误。' }) }),
      'zh-CN',
    )
    expect(right.loudspeaker).toContain('此前播送的内容有误')
    expect(right.loudspeaker).toContain('公里数有误。')
  })
  test('in English spells telephone numbers', () => {
    const en = kitOf(CONFIG, edition({}, { 'zh-CN': part(), en: english() }), 'en').loudspeaker
    expect(en).toContain('Telephone: 0 0 0, 0 0 0 1 2 3 4 5.')
    expect(en).toContain('Once again.')
    expect(en).not.toMatch(/[()[\]]|https?:/)
  })
})
