/** What stands on paper alone: marks on every sheet, the head and foot of an official document (GB/T 9704-2012), the foot of any other. */
import { wallMinute } from '../../src/lib/clock.ts'
import { restOf } from '../../src/lib/placed.ts'
import type { Part } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { languagePath, type Shown } from './pick.ts'
import { Qr } from './qr.tsx'
import type { PartProps } from './release-head.tsx'
import { named, type Site } from './site.ts'

/** 公文: policies, and whatever carries a document number or is addressed to offices. */
export const isOfficial = (edition: Shown, part: Part): boolean =>
  edition.kind === 'policy' || edition.content.core.documentNumber !== undefined || part.addressees !== undefined

/** Repeated by the browser on every printed sheet, so that no page of an exercise or a sample can be taken for the real thing. */
export function PrintMark({ site, lang }: { site: Site; lang: Lang }) {
  const words = [site.mode === 'live' ? '' : t(lang, `public.mode.${site.mode}`), site.mark].filter(Boolean)
  if (words.length === 0) return null
  return (
    <div class="print-mark print-only" aria-hidden="true">
      {words.map((word) => (
        <span>{word}</span>
      ))}
    </div>
  )
}

/** Longest line of the office's name at each size in points; a longer one is set in 22 pt and wraps. */
const NAME_SIZES = [
  [10, 42],
  [13, 32],
  [17, 25],
] as const

/** 发文机关标志: the issuing office as it signs, else the agency that publishes. Size is free, so it is the largest that stands in one line. */
export function OfficialHead({ part, edition, lang }: PartProps) {
  const name = part.signature?.trim() || named(edition.agency.name, lang)
  const size = NAME_SIZES.find(([most]) => [...name].length <= most)?.[1] ?? 22
  return (
    <>
      <p class={`p-office print-only s${size}`}>{name}</p>
      {edition.content.core.documentNumber ? null : <p class="p-rule print-only" />}
    </>
  )
}

/** 附件说明 (7.3.4): one line below the text; numbered where there are several, without full stops. */
export function AttachmentNote({ edition, part, lang }: PartProps) {
  const files = restOf(edition.content.attachments, part.body)
  if (files.length === 0) return null
  return (
    <div class="p-attached print-only">
      <span>{t(lang, 'print.attachments')}</span>
      <span>
        {files.map((file, i) => (
          <span>
            {files.length > 1 ? `${i + 1}. ` : ''}
            {file.title || file.name}
          </span>
        ))}
      </span>
    </div>
  )
}

/** 附注: 此件公开发布, unless the text says so itself. */
export function PublicNote({ part, lang }: PartProps) {
  if (/此件(主动)?公开|此件依申请/.test(part.body)) return null
  return <p class="p-note print-only">{t(lang, 'print.public-note')}</p>
}

/** 2026年11月22日 of a UTC time: no leading zeros (7.3.5.4). */
function dayWords(iso: string, offset: string, lang: Lang): string {
  const day = wallMinute(iso, offset).slice(0, 10)
  const [year, month, date] = day.split('-').map(Number)
  return lang === 'zh' ? `${year}年${month}月${date}日` : day
}

function Copy({ site, edition, language, lang }: PartProps) {
  const address = site.publicUrl + languagePath(edition, language)
  return (
    <div class="p-copy">
      <Qr text={address} label={t(lang, 'print.qr')} />
      <div>
        <span>{t(lang, 'print.record', { number: edition.releaseNumber, edition: edition.number })}</span>
        <span>{t(lang, 'print.at', { at: wallMinute(edition.publishedAt, site.offset) })}</span>
        <span>{t(lang, 'print.latest')}</span>
        <span class="p-address">{address}</span>
      </div>
    </div>
  )
}

/**
 * 版记 with its three rules (0.35, 0.25, 0.35 mm). The service knows who published and when, and neither copies nor printing: so it
 * says 发布, never 印发, and names no 抄送机关.
 */
export function Imprint(p: PartProps) {
  const { edition, lang, site } = p
  return (
    <div class="p-imprint print-only">
      <Copy {...p} />
      <div class="p-issued">
        <span>{named(edition.agency.name, lang)}</span>
        <span>{t(lang, 'print.published', { at: dayWords(edition.publishedAt, site.offset, lang) })}</span>
      </div>
    </div>
  )
}

/** The foot of every other release on paper. */
export const PaperFoot = (p: PartProps) => (
  <div class="p-foot print-only">
    <Copy {...p} />
  </div>
)
