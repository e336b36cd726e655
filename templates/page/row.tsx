/** A release as a row of a list, and as the large notice on top of the home and incident pages. */
import type { Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { Advice, EditionChip, Level, Title, When } from './bits.tsx'
import { changeWordOf } from './change-word.ts'
import { goneAt, goneWord } from './display.ts'
import { isOver } from './expiry.ts'
import { AsOf, publicContacts } from './facts.tsx'
import { isShown, languagePath, languagesIn, pickPart, type Shown } from './pick.ts'
import { dayName, dayOf, named, OWN_NAME, pathTo, type Site, shownTitle } from './site.ts'

/** Title as a link to the language the reader gets, marked with that language. */
export function titleFor(site: Site, edition: Shown, lang: Lang): { text: string; href: string; tag: string } {
  const { language, part } = pickPart(edition.content, lang === 'en' ? 'en' : 'zh-CN')
  return { text: shownTitle(site, lang, part.title), href: languagePath(edition, language), tag: language }
}

/** `at` is the time the list is ordered by. */
export function Row(p: { site: Site; edition: Edition; lang: Lang; at: string }) {
  const { edition, site } = p
  return (
    <li class="row">
      <When at={p.at} offset={site.offset} short />
      <div>{isShown(edition) ? <Headline {...p} edition={edition} /> : <GoneLine {...p} />}</div>
    </li>
  )
}

function Headline({ site, edition, lang }: { site: Site; edition: Shown; lang: Lang }) {
  const title = titleFor(site, edition, lang)
  const { part, language } = pickPart(edition.content, lang === 'en' ? 'en' : 'zh-CN')
  const { core } = edition.content
  const others = languagesIn(edition.content)
  return (
    <>
      <h3>
        <a href={title.href} lang={title.tag}>
          {title.text}
        </a>
      </h3>
      {part.summary ? <p lang={language}>{part.summary}</p> : null}
      <ul class="chips">
        {core.warningLevel ? (
          <li>
            <Level level={core.warningLevel} lang={lang} over={isOver(core, site.asOf)} />
          </li>
        ) : null}
        {isOver(core, site.asOf) ? <li class="chip changed">{t(lang, 'public.over')}</li> : null}
        <Chip text={t(lang, `public.kind.${edition.kind}`)} />
        {core.documentNumber ? <Chip text={core.documentNumber} lang="zh-CN" /> : null}
        {others.length > 1 ? (
          <Chip
            text={others
              .filter((l) => l !== language)
              .map((l) => OWN_NAME[l])
              .join(' · ')}
          />
        ) : null}
        {edition.type === 'first' ? null : (
          <li>
            <EditionChip number={edition.number} type={changeWordOf(edition)} lang={lang} />
          </li>
        )}
        <li class="by">{named(edition.agency.name, lang)}</li>
      </ul>
    </>
  )
}

const Chip = (p: { text: string; lang?: string }) => (
  <li class="chip" lang={p.lang}>
    {p.text}
  </li>
)

/** Number, what became of it, and when; nothing else. */
function GoneLine({ site, edition, lang }: { site: Site; edition: Edition; lang: Lang }) {
  const what = goneWord(edition)
  const title = edition.ended?.titles[lang === 'en' ? 'en' : 'zh-CN'] ?? edition.ended?.titles['zh-CN']
  return (
    <>
      <h3>
        <a href={edition.address}>{title ? `${title}（${edition.releaseNumber}）` : edition.releaseNumber}</a>
      </h3>
      <p>
        {t(lang, `public.gone.${what}`)} <When at={goneAt(edition)} offset={site.offset} />
      </p>
    </>
  )
}

/** Rows under a heading per day, in the order given. */
export function Days(p: { site: Site; lang: Lang; editions: Edition[]; at: (e: Edition) => string }) {
  const days = Map.groupBy(p.editions, (e) => dayOf(p.at(e), p.site.offset))
  return (
    <>
      {[...days.values()].map((editions) => (
        <section>
          <h2 class="day">{dayName(p.at(editions[0] as Edition), p.site.offset, p.lang)}</h2>
          <ol class="rows">
            {editions.map((edition) => (
              <Row site={p.site} edition={edition} lang={p.lang} at={p.at(edition)} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

/** The latest word on something that is going on: level, title and times; what to do stands beside it, on a phone right below. */
export function Hero({ site, edition, lang }: { site: Site; edition: Shown; lang: Lang }) {
  const title = titleFor(site, edition, lang)
  const { part, language } = pickPart(edition.content, lang === 'en' ? 'en' : 'zh-CN')
  const { core } = edition.content
  const over = isOver(core, site.asOf)
  return (
    <section class={`hero ${over ? '' : (core.warningLevel ?? '')}`}>
      <div class="hero-head">
        <ul class="chips">
          {core.warningLevel ? (
            <li>
              <Level level={core.warningLevel} lang={lang} over={over} />
            </li>
          ) : null}
          {over ? <li class="chip changed">{t(lang, 'public.over')}</li> : null}
          <Chip text={t(lang, `public.kind.${edition.kind}`)} />
          {edition.areas.map((a) => (
            <Chip text={named(a.name, lang)} />
          ))}
        </ul>
        <h2>
          <a href={title.href} lang={title.tag}>
            <Title text={title.text} />
          </a>
        </h2>
      </div>
      <div class="hero-advice" lang={language}>
        <Advice text={part.blocks.advice} contacts={publicContacts(core)} language={language} heading="h3" />
      </div>
      <div class="hero-rest">
        {part.summary ? (
          <p class="summary" lang={language}>
            {part.summary}
          </p>
        ) : null}
        <AsOf site={site} core={core} lang={lang} published={edition.publishedAt} />
        {edition.incident ? (
          <p class="more">
            <a href={pathTo(site, lang, `/incidents/${encodeURIComponent(edition.incident.number)}/`)}>
              {t(lang, 'public.incident.more')}
            </a>
          </p>
        ) : null}
      </div>
    </section>
  )
}
