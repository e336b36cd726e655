/** Facts about a release: as of and next, what it is and from whom, its editions, its receipt. */
import type { Contact, Core, Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { When } from './bits.tsx'
import type { Shown } from './pick.ts'
import { RelayLine } from './relay.tsx'
import { named, pathTo, type Site } from './site.ts'

export const publicContacts = (core: Core): Contact[] => core.contacts.filter((c) => c.audience === 'public')
export const pressContacts = (core: Core): Contact[] => core.contacts.filter((c) => c.audience === 'press')

/** 截至 · 下次发布 · 有效期至. Without `asOf` the time of publication says how fresh the words are. */
export function AsOf(p: { site: Site; core: Core; lang: Lang; published?: string }) {
  const { core, lang, site } = p
  const [before, after] = t(lang, 'public.before').split('{at}')
  if (!core.asOf && !core.nextUpdateAt && !core.expiresAt && !p.published) return null
  return (
    <dl class="asof">
      {core.asOf ? <Fact name={t(lang, 'public.asOf')} at={core.asOf} offset={site.offset} /> : null}
      {!core.asOf && p.published ? (
        <Fact name={t(lang, 'public.published')} at={p.published} offset={site.offset} />
      ) : null}
      {core.nextUpdateAt ? (
        <div>
          <dt>{t(lang, 'public.nextUpdate')}</dt>
          <dd>
            {before}
            <When at={core.nextUpdateAt} offset={site.offset} />
            {after}
          </dd>
        </div>
      ) : null}
      {core.expiresAt ? <Fact name={t(lang, 'public.expires')} at={core.expiresAt} offset={site.offset} /> : null}
    </dl>
  )
}

const Fact = (p: { name: string; at: string; offset: string }) => (
  <div>
    <dt>{p.name}</dt>
    <dd>
      <When at={p.at} offset={p.offset} />
    </dd>
  </div>
)

/** Number, agency, document number and the rest, as a government site lists them (信息公开目录). */
export function FactList({ site, edition, lang }: { site: Site; edition: Shown; lang: Lang }) {
  const { core } = edition.content
  const path = (p: string) => pathTo(site, lang, p)
  return (
    <dl class="facts">
      <Item name={t(lang, 'public.facts.number')}>{edition.releaseNumber}</Item>
      <Item name={t(lang, 'public.facts.agency')}>
        <a href={path(`/agencies/${edition.agency.slug}/`)}>{named(edition.agency.name, lang)}</a>
      </Item>
      {core.indexNumber ? <Item name={t(lang, 'public.facts.index')}>{core.indexNumber}</Item> : null}
      {core.documentNumber ? <Item name={t(lang, 'public.facts.document')}>{core.documentNumber}</Item> : null}
      {core.formedOn ? (
        <Item name={t(lang, 'public.facts.formed')}>
          <time datetime={core.formedOn}>{core.formedOn}</time>
        </Item>
      ) : null}
      {core.displayUntil ? (
        <Item name={t(lang, 'gov.display.period')}>
          <When at={edition.firstPublishedAt} offset={site.offset} /> {t(lang, 'gov.display.to')}{' '}
          <When at={core.displayUntil} offset={site.offset} />
        </Item>
      ) : null}
      <Item name={t(lang, 'public.facts.kind')}>
        <a href={path(`/kinds/${edition.kind}/`)}>{t(lang, `public.kind.${edition.kind}`)}</a>
      </Item>
      {edition.topics.length ? (
        <Item name={t(lang, 'public.facts.topics')}>
          {edition.topics.map((topic, i) => (
            <>
              {i > 0 ? ' · ' : ''}
              <a href={path(`/topics/${topic.slug}/`)}>{named(topic.name, lang)}</a>
            </>
          ))}
        </Item>
      ) : null}
      {edition.areas.length ? (
        <Item name={t(lang, 'public.facts.areas')}>
          {edition.areas.map((area, i) => (
            <>
              {i > 0 ? ' · ' : ''}
              <a href={path(`/areas/${area.code}/`)} data-area={area.code}>
                {named(area.name, lang)}
              </a>
            </>
          ))}
        </Item>
      ) : null}
    </dl>
  )
}

function Item(p: { name: string; children: unknown }) {
  return (
    <>
      <dt>{p.name}</dt>
      <dd>{p.children as string}</dd>
    </>
  )
}

/** The release's journey so far: every edition with its time; the one on this page is the current station. */
export function EditionLine({ site, edition, lang }: { site: Site; edition: Edition; lang: Lang }) {
  const last = edition.history.length - 1
  return (
    <RelayLine
      lang={lang}
      offset={site.offset}
      quietStates
      stations={edition.history.map((h, i) => ({
        name: `${t(lang, 'public.edition', { number: h.number })} · ${t(lang, `public.type.${h.as ?? h.type}`)}`,
        at: h.publishedAt,
        state: i === last ? ('now' as const) : ('done' as const),
      }))}
    />
  )
}

/** Short fingerprint and seal, with the whole of both behind the link. */
export function Receipt({ edition, lang }: { edition: Edition; lang: Lang }) {
  return (
    <section>
      <h2>{t(lang, 'public.receipt')}</h2>
      <p class="small quiet">{t(lang, 'public.receipt.why')}</p>
      <dl class="facts">
        <Item name={t(lang, 'public.receipt.hash')}>
          <code>{edition.hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')}…</code>
        </Item>
        <Item name={t(lang, 'public.receipt.seal')}>
          <code>{edition.seal.slice(-16)}</code>
        </Item>
      </dl>
      <p class="small-links">
        <a href={`${edition.address}receipt.json`}>{t(lang, 'public.receipt.link')}</a>
        {edition.mode === 'live' ? (
          <>
            {' · '}
            <a href={pathTo(edition, lang, '/verify/')}>{t(lang, 'verify.title')}</a>
          </>
        ) : null}
      </p>
    </section>
  )
}
