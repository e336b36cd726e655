/** What a password must be: long, not one character over and over, and on no list of passwords that were found out elsewhere. */
import { invalid, issue } from '../lib/errors.ts'

export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128
/** Shorter pieces are part of many honest words. */
const PIECE = 4

/** Length over rules of composition (NIST SP 800-63B §5.1.1.2). @throws Refusal `invalid`: password-* on `field` */
export async function assertPassword(password: string, email: string, field = 'password'): Promise<void> {
  const length = [...password].length
  if (length < MIN_PASSWORD) throw invalid([issue(field, 'password-short', { min: MIN_PASSWORD })])
  if (password.length > MAX_PASSWORD) throw invalid([issue(field, 'password-long', { max: MAX_PASSWORD })])
  const plain = password.toLowerCase()
  const [before = ''] = email.toLowerCase().split('@')
  if (
    new Set(password).size < 5 ||
    plain === email.toLowerCase() ||
    (before.length >= 5 && bare(plain) === bare(before))
  )
    throw invalid([issue(field, 'password-simple')])
  if (isCommon(plain, await common())) throw invalid([issue(field, 'password-common')])
}

let list: Promise<ReadonlySet<string>> | null = null
/** Some fifty thousand passwords out of known breaches, commonest first; they leave no machine and are read when first needed. */
const common = (): Promise<ReadonlySet<string>> => {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(String)),
  )
  return list
}

const LOOKALIKE: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const unmasked = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LOOKALIKE[sign] ?? sign)
/** Without figures and marks at either end, which is where people add them. */
const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** On the list itself, dressed up with figures, or two of the list put together. `plain` is in lower case. Pure. */
export function isCommon(plain: string, known: ReadonlySet<string>): boolean {
  const forms = new Set([plain, unmasked(plain), bare(plain), bare(unmasked(plain)), unmasked(bare(plain))])
  // A short word among many marks is carried by the marks.
  return [...forms].some((form) => form.length * 2 >= plain.length && isOneOrTwo(form, known))
}

function isOneOrTwo(text: string, known: ReadonlySet<string>): boolean {
  if (known.has(text)) return true
  for (let at = PIECE; at <= text.length - PIECE; at++)
    if (known.has(text.slice(0, at)) && known.has(text.slice(at))) return true
  return false
}
