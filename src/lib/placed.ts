/** Pictures set into the text of a body: how one is written, found, shown and typed. Pure, and without a parser: also for the browser. */

/** `sha256` names an attached file of the same release; `alt` is its description in the language of the text; `caption` is HTML of words. */
export type Placed = { sha256: string; alt: string; caption: string }
/** An attached file as far as a token names it: by its place in the list. */
export type Offered = { sha256: string; name: string; title: string; type: string }

/** Exactly as the sanitiser writes it, so that no parser is needed to find one. */
const PLACED =
  /<figure><img data-sha256="([0-9a-f]{64})" alt="([^"]*)" \/>(?:<figcaption>((?:(?!<\/figcaption>).)*)<\/figcaption>)?<\/figure>/gs

const escaped = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const plain = (s: string): string =>
  s.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** One picture as the body holds it. */
export const placedHtml = ({ sha256, alt, caption }: Placed): string =>
  `<figure><img data-sha256="${sha256}" alt="${escaped(alt)}" />${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`

/** Every picture of a sanitised body replaced by what `show` makes of it. */
export const withPlaced = (html: string, show: (p: Placed) => string): string =>
  html.replace(PLACED, (_, sha256: string, alt: string, caption: string | undefined) =>
    show({ sha256, alt: plain(alt), caption: caption ?? '' }),
  )

/** The pictures of a sanitised body in reading order. */
export function placedIn(html: string): Placed[] {
  const found: Placed[] = []
  withPlaced(html, (p) => {
    found.push(p)
    return ''
  })
  return found
}

/** Another file in the place of one: masked, it keeps where it stands, its description and its caption. */
export const replacePlaced = (html: string, from: string, to: string): string =>
  withPlaced(html, (p) => placedHtml(p.sha256 === from ? { ...p, sha256: to } : p))

/** What a reader of words alone is told: 图 where the description is Chinese, its own word in each language. */
export function inWords(alt: string): string {
  if (/\p{Script=Mongolian}/u.test(alt)) return `[ᠵᠢᠷᠤᠭ᠄ ${alt}]`
  return /\p{Script=Han}/u.test(alt) || alt === '' ? `［图：${alt}］` : `[Picture: ${alt}]`
}

/** `[图1]`, `[图1：` or `[图1｜`: how a token opens. The rest is taken apart by hand: a pattern for all of it tries every way to share out blanks. */
const OPENING = /^(?:图片?|pictures?)\s*(\d{1,2})(?!\d)/iu

/** `[图1]`, `［图1：大坝全景｜图注］`, `[Picture 1: The dam | Caption]`: a paragraph that is a token and nothing else. */
function tokenParts(line: string): { n: number; alt: string; caption: string } | null {
  const token = line.trim()
  if (!/^[[［]/.test(token) || !/[\]］]$/.test(token)) return null
  const inner = token.slice(1, -1).trim()
  const m = OPENING.exec(inner)
  const rest = m && inner.slice(m[0].length).trim()
  if (!m || rest === null || (rest !== '' && !/^[:：|｜]/.test(rest))) return null
  const bar = rest.search(/[|｜]/)
  const [said, caption] = bar === -1 ? [rest, ''] : [rest.slice(0, bar), rest.slice(bar + 1)]
  return { n: Number(m[1]), alt: said.slice(1).trim(), caption: caption.trim() }
}

const isPicture = (file: { type: string }): boolean => /^image\/(png|jpeg)$/.test(file.type)
const TOKEN_PARAGRAPH = /<(p|td|th)((?: [^<>]*)?)>([^<>]{1,3000})<\/\1>/g

/** The picture a line names, or null. Without words of its own the description is the title of the file. */
export function tokenIn(line: string, files: readonly Offered[]): Placed | null {
  const token = tokenParts(line)
  const file = token && files[token.n - 1]
  if (!token || !file || !isPicture(file)) return null
  const title = file.title === file.name ? '' : file.title
  return { sha256: file.sha256, alt: (token.alt || title).replace(/\s+/g, ' '), caption: escaped(token.caption) }
}

/** Paragraphs, and cells, that are tokens become the pictures they name; what names none stays as it was typed. */
export const fromTokens = (html: string, files: readonly Offered[]): string =>
  html.replace(TOKEN_PARAGRAPH, (whole, tag: string, attributes: string, inner: string) => {
    const found = tokenIn(plain(inner), files)
    if (!found) return whole
    return tag === 'p' ? placedHtml(found) : `<${tag}${attributes}>${placedHtml(found)}</${tag}>`
  })

/** A token on a line of its own is a paragraph of its own, also where nobody left a blank line. */
export const partTokens = (text: string, files: readonly Offered[]): string =>
  text
    .split('\n')
    .map((line) => (tokenIn(line, files) ? `\n${line}\n` : line))
    .join('\n')

/** Lines that look like tokens and name no picture. */
export const strayTokens = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => tokenParts(line) !== null)

/** The line a picture is typed as; null where it cannot be: not in the list, marks in its caption. */
export function tokenOf(p: Placed, files: readonly Offered[], word: string): string | null {
  const at = files.findIndex((f) => f.sha256 === p.sha256)
  const caption = plain(p.caption)
  if (at === -1 || /<|>/.test(p.caption) || /[|｜\]］\n]/.test(p.alt) || /[\]］\n]/.test(caption)) return null
  const line = `[${word}${at + 1}${p.alt ? `：${p.alt}` : ''}${caption ? `｜${caption}` : ''}]`
  const back = tokenIn(line, files)
  return back && back.alt === p.alt && back.caption === p.caption ? line : null
}

/** Pictures of the list that stand in the text of every one of these bodies: nobody needs to see them below it again. */
export function restOf<F extends { sha256: string }>(files: readonly F[], body: string): F[] {
  const placed = new Set(body.includes('data-sha256') ? placedIn(body).map((p) => p.sha256) : [])
  return placed.size ? files.filter((f) => !placed.has(f.sha256)) : [...files]
}
