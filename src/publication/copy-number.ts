/** The number of one copy shown to one reader: short enough to be read out, with no letters that are mistaken for figures. Pure but for chance. */
import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** 50 random bits: KQ7M2-F9D4X. A number made up names nobody, and from one nobody learns of the next. */
export function newCopyNumber(): string {
  const text = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join('')
  return `${text.slice(0, 5)}-${text.slice(5)}`
}

/** As somebody typed it off a picture: small letters, blanks, O for 0, I and L for 1. null: no number of ours. */
export function copyNumberIn(typed: string): string | null {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return text.length === LENGTH && [...text].every((c) => LETTERS.includes(c))
    ? `${text.slice(0, 5)}-${text.slice(5)}`
    : null
}
