/** The poster of a release: one sheet of A4 for a village board. What to do first, in huge type, then whom to call, then how to verify. */
import { wallMinute } from '../../src/lib/clock.ts'
import { plainText } from '../../src/lib/html.ts'
import type { BlockName, Language, Part } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { Level, Title } from './bits.tsx'
import { publicContacts } from './facts.tsx'
import { documentOf } from './layout.tsx'
import { languagePath, type Shown } from './pick.ts'
import { type Fitted, fitToSheet, type Room } from './poster-fit.ts'
import { Qr } from './qr.tsx'
import { frameOf, named, type Site, shownTitle, tagOf } from './site.ts'

/** `trial`: a sheet by which a channel is tried, and the page it is printed from. */
export type PosterProps = { site: Site; edition: Shown; language: Language; trial?: { back: string } }

export const posterPath = (edition: Shown, language: Language): string => `${languagePath(edition, language)}poster/`

/** Room for the words on the sheet in points: 210 × 297 mm less edges, head and foot. Mongolian lines run down and advance across. */
const LEVEL: Room = { along: 510, across: 560 }
const UPRIGHT: Room = { along: 540, across: 500 }
/** A band of an exercise, a test or a sample takes its height from the words. */
const BAND = 40

const lines = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const DETAILS: readonly BlockName[] = ['whenWhere', 'facts', 'actions']

/** What the poster says, as much of it as one sheet holds. */
export function posterWords({ site, edition, language }: PosterProps): Fitted {
  const part = edition.content.parts[language] as Part
  const bands = (site.mode === 'live' ? 0 : BAND) + (site.mark ? BAND : 0)
  const room =
    language === 'mn-Mong-CN'
      ? { ...UPRIGHT, along: UPRIGHT.along - bands }
      : { ...LEVEL, across: LEVEL.across - bands }
  const said = part.summary ? [part.summary] : []
  return fitToSheet(
    {
      title: shownTitle(site, frameOf(language), part.title),
      advice: lines(part.blocks.advice),
      calls: publicContacts(edition.content.core).flatMap((c) => (c.phone ? [`${c.label} ${c.phone}`] : [])),
      details: [...said, ...DETAILS.flatMap((name) => lines(part.blocks[name])), ...lines(plainText(part.body))],
    },
    room,
  )
}

/** The poster as a page of its own. Pure: the same edition gives the same bytes. */
export const posterDocument = (p: PosterProps): string => documentOf(<PosterPage {...p} />)

function PosterPage(p: PosterProps) {
  const { site, edition, language } = p
  const lang = frameOf(language)
  const part = edition.content.parts[language] as Part
  return (
    <html lang={tagOf(lang)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${t(lang, 'poster.title')} · ${shownTitle(site, lang, part.title)}`}</title>
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="canonical" href={site.publicUrl + languagePath(edition, language)} />
        <link rel="icon" type="image/png" href={site.icon} />
        <link rel="stylesheet" href={site.css} />
        <link rel="stylesheet" href={site.paper} />
        <script src={site.js} />
      </head>
      <body class="poster-page">
        <div class="poster-bar no-print">
          <a href={p.trial?.back ?? languagePath(edition, language)}>
            {t(lang, p.trial ? 'office.test.kit' : 'poster.back')}
          </a>
          <span>{t(lang, p.trial ? 'office.test.kit.print' : 'poster.note')}</span>
          <button type="button" data-print hidden>
            {t(lang, 'poster.print')}
          </button>
        </div>
        <main id="main">
          <PosterSheet {...p} />
        </main>
      </body>
    </html>
  )
}

/** The sheet alone, for a package to be passed on. Its stylesheet is the site's. */
export function PosterSheet(p: PosterProps) {
  const { site, edition, language } = p
  const lang = frameOf(language)
  const words = posterWords(p)
  const upright = language === 'mn-Mong-CN'
  return (
    <article class="sheet" data-release={edition.releaseNumber} data-edition={edition.id} data-step={words.step}>
      <div class="poster">
        <Marks site={site} lang={lang} />
        <header>
          <span class="poster-agency">{named(edition.agency.name, lang)}</span>
          <span class="poster-kind">
            {edition.content.core.warningLevel ? <Level level={edition.content.core.warningLevel} lang={lang} /> : null}{' '}
            {t(lang, `public.kind.${edition.kind}`)}
          </span>
        </header>
        <section class={`poster-words s${words.step}${upright ? ' upright' : ''}`} lang={language}>
          <Said words={words} lang={lang} upright={upright} />
        </section>
        <Foot {...p} lang={lang} more={words.more} />
      </div>
    </article>
  )
}

function Marks({ site, lang }: { site: Site; lang: Lang }) {
  return (
    <>
      {site.mode === 'live' ? null : (
        <p class={`band ${site.mode}`}>
          <strong>{t(lang, `public.mode.${site.mode}`)}</strong> {t(lang, `public.mode.${site.mode}.note`)}
        </p>
      )}
      {site.mark ? (
        <p class="band sample">
          <strong>{site.mark}</strong> {t(lang, 'public.mark')}
        </p>
      ) : null}
    </>
  )
}

/** With something to do, that comes first and the title after it; without, the title is what there is to say. */
function Said({ words, lang, upright }: { words: Fitted; lang: Lang; upright: boolean }) {
  const title = (
    <h1>
      <Title text={words.title} />
    </h1>
  )
  return (
    <>
      {words.advice.length ? (
        <>
          <h2 lang={upright ? 'zh-CN' : undefined}>{t(lang, 'public.advice')}</h2>
          <ul class="poster-advice">
            {words.advice.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      {title}
      {words.calls.map((call) => (
        <p class="poster-call">{call}</p>
      ))}
      {words.details.map((text) => (
        <p class="poster-detail">{text}</p>
      ))}
    </>
  )
}

function Foot({ site, edition, language, lang, more }: PosterProps & { lang: Lang; more: boolean }) {
  const { core } = edition.content
  const address = site.publicUrl + languagePath(edition, language)
  const at = (iso: string) => wallMinute(iso, site.offset)
  return (
    <footer>
      <Qr text={address} label={t(lang, 'poster.scan')} />
      <div>
        <p class="poster-scan">
          {more ? `${t(lang, 'poster.more')} · ` : ''}
          {t(lang, 'poster.scan')}
        </p>
        <p class="poster-asof">
          {t(lang, core.asOf ? 'public.asOf' : 'public.published')} {at(core.asOf ?? edition.publishedAt)}
          {core.expiresAt ? ` · ${t(lang, 'public.expires')} ${at(core.expiresAt)}` : ''}
        </p>
        <p>
          {t(lang, 'poster.verify')} <strong>{edition.releaseNumber}</strong> ·{' '}
          {t(lang, 'public.edition', { number: edition.number })} · {t(lang, 'poster.print-hash')}{' '}
          {edition.hash.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ')}
        </p>
        <p class="poster-address">{address}</p>
        <p>{t(lang, 'print.latest')}</p>
      </div>
    </footer>
  )
}
