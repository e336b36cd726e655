/** The few pages the edge has of its own, in both languages, and the note on a copy. */

import { edgeCss } from '../../templates/page/style-edge.ts'
import { edgeWord } from '../../templates/words/edge.ts'
import { wallMinute } from '../lib/clock.ts'
import { PAGE_CSP } from '../lib/page-csp.ts'
import { SAFE } from '../store/site-rules.ts'

const STYLE = '/_edge/page.css'
type Key = Parameters<typeof edgeWord>[1]
const both = (key: Key): string => `<span>${edgeWord('zh', key)}</span> <span lang="en">${edgeWord('en', key)}</span>`

const document = (title: Key, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${edgeWord('zh', title)} · ${edgeWord('en', title)}</title><link rel="stylesheet" href="${STYLE}"></head><body><main><h1>${both(title)}</h1>${body}</main></body></html>`

const paragraph = (key: Key): string => `<p>${edgeWord('zh', key)}</p><p lang="en">${edgeWord('en', key)}</p>`

const link = (href: string, key: Key): string => `<li><a href="${href}">${both(key)}</a></li>`
const home = `<ul>${link('/', 'edge.down.home')}</ul>`

const PAGES = {
  404: () => document('edge.missing.title', paragraph('edge.missing.body') + home),
  410: () => document('edge.gone.title', paragraph('edge.gone.body') + home),
  503: () =>
    document(
      'edge.down.title',
      `${paragraph('edge.down.body')}${paragraph('edge.down.still')}<ul>${link('/', 'edge.down.home')}${link('/all/', 'edge.down.all')}${link('/feeds/', 'edge.down.feeds')}</ul>`,
    ),
}

export function pageOf(request: Request, status: keyof typeof PAGES, more: Record<string, string> = {}): Response {
  const headers = {
    ...SAFE,
    'content-security-policy': PAGE_CSP,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    ...more,
  }
  return new Response(request.method === 'HEAD' ? null : PAGES[status](), { status, headers })
}

/** The style sheet of these pages, or null where something else was asked for. */
export const styleOf = (request: Request, path: string): Response | null =>
  path === STYLE
    ? new Response(request.method === 'HEAD' ? null : edgeCss, {
        headers: { ...SAFE, 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      })
    : null

/** Says in a page of the site, before everything else, of what time the copy is. In the language of the page. */
export function withNote(html: string, at: string, offset: string): string {
  const lang = /<html lang="zh/.test(html) ? 'zh' : 'en'
  const words = edgeWord(lang, 'edge.note', { at: `${wallMinute(at, offset)} (UTC${offset})` })
  const note = `<div class="band copy" role="note"><strong>${edgeWord(lang, 'edge.note.strong')}</strong> ${words}</div>`
  const placed = html.replace(/<header class="top">/, (opening) => opening + note)
  return placed === html ? html.replace(/<body[^>]*>/, (opening) => opening + note) : placed
}
