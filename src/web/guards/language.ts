/** The language of an answer: asked for in the address, kept in a cookie, preferred by the browser; else Chinese. */
import { getCookie } from 'hono/cookie'
import type { Req } from '../env.ts'

export function languageOf(c: Req): 'zh' | 'en' {
  for (const said of [c.req.query('lang'), getCookie(c, 'lang')]) if (said === 'zh' || said === 'en') return said
  return preferred(c.req.header('accept-language') ?? '')
}

/** The first of Chinese and English by weight (RFC 9110 §12.5.4). */
function preferred(header: string): 'zh' | 'en' {
  const asked = header
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/\s*;\s*q=/)
      return { tag: tag.slice(0, 2), q: q === undefined ? 1 : Number(q) || 0 }
    })
    .filter((a) => a.q > 0 && (a.tag === 'zh' || a.tag === 'en'))
    .sort((a, b) => b.q - a.q)
  return asked[0]?.tag === 'en' ? 'en' : 'zh'
}
