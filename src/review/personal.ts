/** Personal data in running text, and its masking (R-091: identity card 6+4, phone 3+4, bank card last 4, address to the village). */

import type { Found } from '../desk/secrecy.ts'
import { asciiDigits } from '../lib/figures.ts'

export type PersonalRule = 'id-number' | 'mobile' | 'bank-card' | 'passport' | 'plate' | 'address' | 'minor'
type Rule = { rule: PersonalRule; pattern: RegExp; test?: (found: string) => boolean }

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const RULES: Rule[] = [
  { rule: 'id-number', pattern: /(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])/g, test: isIdentityCard },
  {
    rule: 'bank-card',
    pattern: /(?<![\d.])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.])/g,
    test: (s) => passesLuhn(s) && !isIdentityCard(s),
  },
  { rule: 'mobile', pattern: /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g },
  { rule: 'passport', pattern: /(?<![A-Za-z0-9])(?:[EGDSP]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]E\d{7})(?![A-Za-z0-9])/g },
  {
    rule: 'plate',
    pattern: new RegExp(
      `[${PROVINCES}][A-HJ-NP-Z][·•. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])`,
      'g',
    ),
  },
  {
    rule: 'address',
    pattern:
      /[\p{Script=Han}\d]{2,24}?(?:\d{1,4}|[A-Z一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|单元)[\p{Script=Han}\dA-Z]{0,10}?\d{1,5}(?:室|户|号)|[\p{Script=Han}]{1,12}(?:村|嘎查|社区|屯)(?:\d{1,3}组|[一二三四五六七八九十]{1,3}组)?\d{1,4}号/gu,
  },
  {
    rule: 'minor',
    pattern:
      /(?<![\d.])(?:\d|1[0-3])周?岁(?!以[上下]|至|到|[-—~])|(?<=[^\d十]|^)(?:[一二三四五六七八九]|十[一二三]?)周?岁(?!以[上下]|至|到)/g,
  },
]

/** Found personal data as ranges of the text. `phones` are declared contacts and hotlines, digits only: they are no hits. */
export function personalData(text: string, phones: string[]): (Found & { rule: PersonalRule })[] {
  const plain = asciiDigits(text)
  const found: (Found & { rule: PersonalRule })[] = []
  for (const { rule, pattern, test } of RULES)
    for (const m of plain.matchAll(pattern)) {
      const here = { rule, start: m.index, end: m.index + m[0].length }
      if (test && !test(m[0])) continue
      if (rule === 'mobile' && phones.includes(m[0].replace(/\D/g, '').slice(-11))) continue
      if (!found.some((f) => here.start < f.end && here.end > f.start)) found.push(here)
    }
  return found.sort((a, b) => a.start - b.start)
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An 18-digit resident identity number: birth date that exists, in the years 1900 to 2099, check digit ISO 7064 MOD 11-2 (GB 11643-1999). */
export function isIdentityCard(s: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(s)) return false
  const birth = `${s.slice(6, 10)}-${s.slice(10, 12)}-${s.slice(12, 14)}`
  const day = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== birth) return false
  if (birth < '1900' || birth >= '2100') return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(s[i]), 0)
  return '10X98765432'[sum % 11] === s[17]!.toUpperCase()
}

/** Whether 16 to 19 digits end in their Luhn check digit (ISO/IEC 7812-1). */
export function passesLuhn(s: string): boolean {
  const digits = s.replace(/\D/g, '')
  if (digits.length < 16 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const n = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (n > 9 ? n - 9 : n)
  }, 0)
  return sum % 10 === 0
}

/** The found text with what identifies hidden. Its own length may change for an address. */
export function masked(rule: PersonalRule, found: string): string {
  switch (rule) {
    case 'id-number':
      return hide(found, 6, 4)
    case 'mobile':
      return hide(found, found.replace(/\D/g, '').length - 8, 4)
    case 'bank-card':
      return hide(found, 0, 4)
    case 'passport':
      return hide(found, 1, 2)
    case 'plate':
      return hide(found, 2, 2)
    case 'address':
      return toVillage(found)
    case 'minor':
      return found.replace(/^[\d一二三四五六七八九十０-９]+/, '*')
    default:
      return rule satisfies never
  }
}

/** An address up to its last village, street or estate. */
function toVillage(address: string): string {
  const end = [...address.matchAll(/村|嘎查|社区|屯|路|街|巷|小区|花园|苑/g)].at(-1)
  return end ? `${address.slice(0, end.index + end[0].length)}***` : '***'
}

/** Stars in place of letters and digits, all but the first `head` and last `tail` of them; spaces and dashes stay. */
function hide(s: string, head: number, tail: number): string {
  const total = s.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  let nth = 0
  return s.replace(/[\p{L}\p{N}]/gu, (c) => {
    nth++
    return nth <= head || nth > total - tail ? c : '*'
  })
}
