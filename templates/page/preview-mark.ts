/** A document as it would go out, marked as a preview: everything it needs stands in it, nothing in it acts, and its whole face says what it is. Pure. */
import { escapeHtml } from '../../src/lib/html.ts'
import { type Lang, t } from '../words/index.ts'
import { mongolianFace } from './held.ts'
import { paperCss, paperCssName, siteCss, siteCssName } from './style.ts'

export type Look = 'auto' | 'light' | 'dark'
export type Marking = { lang: Lang; look: Look /** As the printer lays it out. */; paper?: boolean }

/** Fonts and stylesheets are written into it, so that its frame needs no right to fetch anything. */
export function marked(html: string, m: Marking): string {
  const whole = html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b[^>]*>/g, (link) => sheetFor(link, m))
    .replace(/<head>/, '<head><base target="_blank"><meta name="robots" content="noindex, nofollow">')
    .replace(/<title>/, () => `<title>${escapeHtml(words(m.lang))} `)
    .replace(/<\/head>/, () => `<style>${markCss(m.lang)}${m.paper ? SHEET : ''}</style></head>`)
    .replace(/<body\b[^>]*>/, (body) => `${body}<div class="pv-band">${escapeHtml(words(m.lang))}</div>`)
    .replace(/<\/body>/, '<div class="pv-mark" aria-hidden="true"></div></body>')
  return lookAs(withFace(whole), m)
}

/** Words that are not HTML, on a page of their own. */
export const markedText = (text: string, m: Marking): string =>
  marked(
    `<!doctype html><html lang="${m.lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title></title></head><body><pre style="white-space:pre-wrap;overflow-wrap:anywhere;margin:1rem;font:15px/1.6 ui-monospace,monospace">${escapeHtml(text)}</pre></body></html>`,
    m,
  )

const words = (lang: Lang): string => t(lang, 'desk.preview.mark')

function sheetFor(link: string, { paper }: Marking): string {
  const name = /href="[^"]*\/([^"/]+\.css)"/.exec(link)?.[1]
  if (name === siteCssName) return `<style>${siteCss}</style>`
  if (name === paperCssName) return `<style${paper ? '' : ' media="print"'}>${paperCss}</style>`
  return ''
}

/** Heavy, so only where there is something to read in it. */
function withFace(html: string): string {
  if (!/[\u1800-\u18af\u202f]/.test(html)) return html.replace(/@font-face\{[^}]*\}/g, '')
  const { name, bytes } = mongolianFace()
  return html.replace(`url(${name})`, () => `url(data:font/woff2;base64,${Buffer.from(bytes).toString('base64')})`)
}

/** Always true, never true: they stand where a condition may be one of several. */
const [ALWAYS, NEVER] = ['(min-width:0)', '(max-width:0)']

function lookAs(html: string, { look, paper }: Marking): string {
  const scheme =
    look === 'auto' ? html : html.replace(/\(prefers-color-scheme:\s*dark\)/g, look === 'dark' ? ALWAYS : NEVER)
  return paper ? scheme.replaceAll('@media print', `@media ${ALWAYS}`) : scheme
}

/** The words again and again on the slant, over everything: a photograph of any part of it shows them. */
function markCss(lang: Lang): string {
  const tile = `<svg xmlns="http://www.w3.org/2000/svg" width="340" height="220"><text x="170" y="120" transform="rotate(-24 170 110)" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="30" fill="#a8231a" fill-opacity=".15">${escapeHtml(words(lang))}</text></svg>`
  return `.pv-mark{position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:url("data:image/svg+xml,${encodeURIComponent(tile)}");-webkit-print-color-adjust:exact;print-color-adjust:exact}.pv-band{writing-mode:horizontal-tb;background:#5b3a8c;color:#fff;font:700 14px/1.5 sans-serif;text-align:center;padding:4px 8px}`
}

/** A4 with the margins of its form, on a screen. */
const SHEET = `html{background:#777!important}body{box-sizing:border-box;width:210mm;min-height:297mm;margin:0 auto!important;padding:18mm 20mm!important;background:#fff!important;color:#000}body.paper-official{padding:37mm 26mm 35mm 28mm!important}body.poster-page{padding:0!important}.pv-band{margin:0 0 4mm}.paper-official .pv-band{margin:-37mm -26mm 28mm -28mm}.no-print{display:none!important}`
