/** A body with its pictures where they stand: from the files of its release, or in words where there is nothing to show. */
import { isPicture } from '../../src/lib/file-path.ts'
import { inWords, type Placed, withPlaced } from '../../src/lib/placed.ts'
import type { Attachment } from '../../src/publication/edition.ts'

/** Where a file is read; null where whoever reads this gets it in words. */
export type FileHref = (file: Attachment) => string | null

const escaped = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * Sanitised HTML with an address, and the room it takes, for every picture; `lazily`: nobody loads one before it is scrolled to.
 * A body without pictures comes back as it was.
 */
export const withPictures = (html: string, files: readonly Attachment[], href: FileHref, lazily = true): string =>
  withPlaced(html, (p) => {
    const file = files.find((f) => f.sha256 === p.sha256)
    const src = file && isPicture(file) ? href(file) : null
    if (!file || src === null) return inLine(p)
    const room = file.width && file.height ? ` width="${file.width}" height="${file.height}"` : ''
    const lazy = lazily ? ' loading="lazy" decoding="async"' : ''
    const caption = p.caption ? `<figcaption>${p.caption}</figcaption>` : ''
    return `<figure><img src="${escaped(src)}" alt="${escaped(p.alt)}"${room}${lazy} />${caption}</figure>`
  })

/** The same for mail and whoever sees no picture: its description, a way to it, its caption. */
export const picturesInWords = (html: string, link?: string): string => withPlaced(html, (p) => inLine(p, link))

function inLine({ alt, caption }: Placed, link?: string): string {
  const words = escaped(inWords(alt)).replaceAll('&quot;', '"')
  const said = link ? `<a href="${escaped(link)}" rel="noopener">${words}</a>` : words
  return `<p>${said}</p>${caption ? `<p>${caption}</p>` : ''}`
}
