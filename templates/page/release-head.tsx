/** The head of a release: what changed, level and kind, source and times, the choice of languages. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { Language, Part } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { EditionChip, Level, OverNotice, Paragraphs, When } from './bits.tsx'
import { changeWordOf } from './change-word.ts'
import { isOver } from './expiry.ts'
import { languagePath, languagesIn, type Shown } from './pick.ts'
import { RelayedFrom } from './relayed.tsx'
import { CarriedFrom } from './repost.tsx'
import { named, OWN_NAME, type Site } from './site.ts'

/** One language of a release, and the language of the frame around it. */
export type PartProps = { site: Site; edition: Shown; language: Language; part: Part; lang: Lang }

/** What changed comes before everything; a later reader still learns that there was a correction. */
export function ChangeNotice(p: PartProps) {
  const { edition, lang, site } = p
  const corrected = edition.history.findLast((h) => h.type === 'correction' && (!h.as || h.as === 'false-alarm'))
  return (
    <>
      <OverNotice site={site} core={edition.content.core} lang={lang} />
      {edition.type === 'correction' || edition.type === 'erratum' || edition.type === 'addition' ? (
        <LatestChange {...p} />
      ) : null}
      {corrected && edition.type !== 'correction' ? (
        <div class="notice warn" role="note">
          <p>{t(lang, 'public.change.before', { at: wallMinute(corrected.publishedAt, site.offset) })}</p>
        </div>
      ) : null}
    </>
  )
}

function LatestChange({ edition, part, language, lang, site }: PartProps) {
  const { number } = edition
  const type = changeWordOf(edition)
  const wrong = type === 'correction' || type === 'false-alarm'
  return (
    <div class={wrong ? 'notice warn' : 'notice'} role="note">
      <p>
        <strong>{t(lang, `public.change.${type}`, { number })}</strong>{' '}
        <When at={edition.publishedAt} offset={site.offset} />
      </p>
      {part.changeNote ? (
        <div lang={language} class="change">
          <Paragraphs text={part.changeNote} />
        </div>
      ) : null}
      {wrong ? <p class="quiet">{t(lang, 'public.change.earlier')}</p> : null}
    </div>
  )
}

export function Chips({ edition, lang, site }: PartProps) {
  const { core } = edition.content
  return (
    <ul class="chips">
      {core.warningLevel ? (
        <li>
          <Level level={core.warningLevel} lang={lang} over={isOver(core, site.asOf)} />
        </li>
      ) : null}
      {isOver(core, site.asOf) ? <li class="chip changed">{t(lang, 'public.over')}</li> : null}
      <li class="chip">{t(lang, `public.kind.${edition.kind}`)}</li>
      {core.urgency === 'critical' ? <li class="chip changed">{t(lang, 'public.urgency.critical')}</li> : null}
      {edition.areas.slice(0, 4).map((a) => (
        <li class="chip">{named(a.name, lang)}</li>
      ))}
      {edition.type === 'first' ? null : (
        <li>
          <EditionChip number={edition.number} type={changeWordOf(edition)} lang={lang} />
        </li>
      )}
    </ul>
  )
}

export function Source({ edition, lang, site }: PartProps) {
  return (
    <p class="source">
      {t(lang, 'public.source')} {named(edition.agency.name, lang)} ·{' '}
      <span class="nb">
        {t(lang, 'public.published')} <When at={edition.firstPublishedAt} offset={site.offset} />
      </span>
      {edition.number > 1 ? (
        <>
          {' · '}
          <span class="nb">
            {t(lang, 'public.updated')} <When at={edition.publishedAt} offset={site.offset} />
          </span>
        </>
      ) : null}
      <CarriedFrom repost={edition.content.core.repostOf} lang={lang} offset={site.offset} />
      <RelayedFrom edition={edition} lang={lang} />
    </p>
  )
}

/** The release's languages, each in its own name; shown only when there is a choice. */
export function Tongues({ edition, language, lang }: PartProps) {
  const languages = languagesIn(edition.content)
  if (languages.length < 2) return null
  return (
    <ul class="tongues" aria-label={t(lang, 'public.nav.language')}>
      {languages.map((l) => (
        <li>
          {l === language ? (
            <span lang={l} aria-current="true">
              {OWN_NAME[l]}
            </span>
          ) : (
            <a href={languagePath(edition, l)} lang={l} hreflang={l}>
              {OWN_NAME[l]}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
