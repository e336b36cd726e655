/** Parts of a release below its head: the body, attachments, related releases. */
import { filePathIn, isPicture } from '../../src/lib/file-path.ts'
import { sanitise } from '../../src/lib/html.ts'
import type { Attachment } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { type FileHref, withPictures } from './placed.ts'
import { rootOf, type Site } from './site.ts'

/** A link to another release: `word` is the key of what it is to this one. */
export type RelatedLink = { word: string; text: string; href: string; tag: string }

/** Sanitised once more, whatever was stored; pictures get their address, wide tables scroll inside a frame of their own. */
export function Body(p: { html: string; lang: Lang; files: Attachment[]; href: FileHref }) {
  if (p.html.trim() === '') return null
  const label = t(p.lang, 'public.table')
  const html = withPictures(sanitise(p.html).html, p.files, p.href)
    .replaceAll('<table', `<section class="scroll" tabindex="0" aria-label="${label}"><table`)
    .replaceAll('</table>', '</table></section>')
  return <div class="body" dangerouslySetInnerHTML={{ __html: html }} />
}

/** Path of an attachment, percent-encoded as a request line carries it. */
export const filePath = (site: Pick<Site, 'mode'>, file: Pick<Attachment, 'sha256' | 'name'>): string =>
  filePathIn(rootOf(site.mode), file)

/** 1,234 B · 12 kB · 3.4 MB */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** A picture stands above its own title, which says what is on it; nobody loads it before it is scrolled to. */
export function Attachments(p: { site: Site; files: Attachment[]; lang: Lang }) {
  if (p.files.length === 0) return null
  return (
    <section class="after">
      <h2>{t(p.lang, 'public.attachments')}</h2>
      <ul class="files">
        {p.files.map((file) => (
          <li>
            {isPicture(file) ? <img src={filePath(p.site, file)} alt={file.title} loading="lazy" /> : null}
            <a href={filePath(p.site, file)} download={file.name} data-sha256={file.sha256}>
              {file.title || file.name}
            </a>{' '}
            <small class="quiet">
              {file.name} · {sizeOf(file.bytes)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Related(p: { site: Site; links: RelatedLink[]; lang: Lang }) {
  if (p.links.length === 0) return null
  return (
    <section class="after">
      <h2>{t(p.lang, 'public.related')}</h2>
      <dl class="facts">
        {p.links.map((link) => (
          <>
            <dt>{t(p.lang, link.word)}</dt>
            <dd>
              <a href={link.href} lang={link.tag}>
                {link.text}
              </a>
            </dd>
          </>
        ))}
      </dl>
    </section>
  )
}
