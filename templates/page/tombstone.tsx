/** What stands where something stood: number, time and, for a withdrawal, the approved reason. Never a title, a name or a body. */
import type { Edition, Language } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { Paragraphs, When } from './bits.tsx'
import { goneAt, goneWord } from './display.ts'
import { Layout } from './layout.tsx'
import { isShown } from './pick.ts'
import { named, OWN_NAME, pathTo, type Site } from './site.ts'

type Gone = { site: Site; edition: Edition; path: string; lang: Lang }

/** The page of a withdrawn or taken-down release, at one of its addresses. */
export function Tombstone(p: Gone & { language: Language }) {
  if (p.edition.ended) return <DisplayEnded {...p} ended={p.edition.ended} />
  const withdrawn = p.edition.type === 'withdrawal'
  const what = goneWord(p.edition)
  const reason = withdrawn ? reasonFor(p.edition, p.language) : null
  return (
    <Frame {...p} title={t(p.lang, `public.gone.${what}`)}>
      <article
        class="gone"
        data-release={p.edition.releaseNumber}
        data-edition={p.edition.id}
        data-number={p.edition.number}
        data-type={what}
      >
        <h1>{t(p.lang, `public.gone.${what}`)}</h1>
        <dl class="facts">
          <dt>{t(p.lang, 'public.facts.number')}</dt>
          <dd>{p.edition.releaseNumber}</dd>
          {withdrawn ? (
            <>
              <dt>{t(p.lang, 'public.published')}</dt>
              <dd>
                <When at={p.edition.firstPublishedAt} offset={p.site.offset} />
              </dd>
            </>
          ) : null}
          <dt>{t(p.lang, `public.gone.at.${what}`)}</dt>
          <dd>
            <When at={p.edition.publishedAt} offset={p.site.offset} />
          </dd>
        </dl>
        {reason ? (
          <div class="notice">
            <h2>{t(p.lang, 'public.gone.reason')}</h2>
            <div class="reason" lang={reason.language}>
              <Paragraphs text={reason.text} />
            </div>
          </div>
        ) : null}
        {withdrawn ? (
          <>
            <p>{t(p.lang, 'public.gone.unused')}</p>
            <p>
              <a href={`${p.edition.address}receipt.json`}>{t(p.lang, 'public.receipt.link')}</a>
            </p>
          </>
        ) : null}
      </article>
    </Frame>
  )
}

/** 公示期已满: number, agency and period; a title only where the configuration keeps it, since it may hold a name. */
function DisplayEnded(p: Gone & { ended: NonNullable<Edition['ended']> }) {
  const { edition, ended, lang, site } = p
  const title = ended.titles[lang === 'en' ? 'en' : 'zh-CN'] ?? ended.titles['zh-CN']
  return (
    <Frame {...p} title={t(lang, 'public.gone.ended')}>
      <article
        class="gone"
        data-release={edition.releaseNumber}
        data-edition={edition.id}
        data-number={edition.number}
        data-type="ended"
      >
        <h1>{t(lang, 'public.gone.ended')}</h1>
        {title ? <p class="summary">{title}</p> : null}
        <dl class="facts">
          <dt>{t(lang, 'public.facts.number')}</dt>
          <dd>{edition.releaseNumber}</dd>
          <dt>{t(lang, 'public.facts.agency')}</dt>
          <dd>{named(edition.agency.name, lang)}</dd>
          <dt>{t(lang, 'gov.display.period')}</dt>
          <dd>
            <When at={edition.firstPublishedAt} offset={site.offset} /> {t(lang, 'gov.display.to')}{' '}
            <When at={ended.until} offset={site.offset} />
          </dd>
        </dl>
        <p>{t(lang, 'gov.display.gone')}</p>
        <p>
          <a href={`${edition.address}receipt.json`}>{t(lang, 'public.receipt.link')}</a>
        </p>
      </article>
    </Frame>
  )
}

/** The reason in the reader's language, else in Chinese, else in any. */
function reasonFor(edition: Edition, language: Language): { language: Language; text: string } | null {
  const order: Language[] = [language, 'zh-CN', 'en', 'mn-Mong-CN']
  for (const l of order) {
    const text = edition.content?.parts[l]?.withdrawalReason
    if (text) return { language: l, text }
  }
  return null
}

/** An attachment that is no longer offered. Its name is not repeated: names tell. What took its place is on the release's page. */
export function FileTombstone(p: Gone) {
  return (
    <Frame {...p} title={t(p.lang, 'public.gone.file')}>
      <article class="gone">
        <h1>{t(p.lang, 'public.gone.file')}</h1>
        <dl class="facts">
          <dt>{t(p.lang, 'public.facts.number')}</dt>
          <dd>{p.edition.releaseNumber}</dd>
          <dt>{t(p.lang, 'public.gone.at.file')}</dt>
          <dd>
            <When at={goneAt(p.edition)} offset={p.site.offset} />
          </dd>
        </dl>
        {isShown(p.edition) ? (
          <>
            <p>{t(p.lang, 'public.gone.file.superseded')}</p>
            <p>
              <a href={p.edition.address}>{t(p.lang, 'public.gone.latest')}</a>
            </p>
          </>
        ) : null}
      </article>
    </Frame>
  )
}

/** A language that a later edition no longer has: its old text must not stay at its address. */
export function LanguageGone(p: Gone & { language: Language }) {
  return (
    <Frame {...p} title={t(p.lang, 'public.gone.language')}>
      <article class="gone">
        <h1>{t(p.lang, 'public.gone.language')}</h1>
        <p>
          {p.edition.releaseNumber} · <span lang={p.language}>{OWN_NAME[p.language]}</span> ·{' '}
          <When at={p.edition.publishedAt} offset={p.site.offset} />
        </p>
        <p>
          <a href={p.edition.address}>{t(p.lang, 'public.gone.latest')}</a>
        </p>
      </article>
    </Frame>
  )
}

function Frame(p: Gone & { title: string; children: unknown }) {
  return (
    <Layout site={p.site} lang={p.lang} title={p.title} path={p.path} noindex>
      {p.children as string}
      <p>
        <a href={pathTo(p.site, p.lang, '/')}>{t(p.lang, 'public.home')}</a>
      </p>
    </Layout>
  )
}
