/** The page of a release in one language: change first, then what to do, then the details, then the proof. */
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import { restOf } from '../../src/lib/placed.ts'
import type { BlockName, Language, Part } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { Attachments, Body, filePath, Related, type RelatedLink } from './article.tsx'
import { Advice, Calls, Paragraphs, Title } from './bits.tsx'
import { ConferenceFacts } from './conference.tsx'
import { DocumentHead, ValidityBanner } from './document-head.tsx'
import { AsOf, pressContacts, publicContacts } from './facts.tsx'
import { Layout } from './layout.tsx'
import { releaseData } from './news-article.ts'
import { AttachmentNote, Imprint, isOfficial, OfficialHead, PaperFoot, PublicNote } from './paper.tsx'
import { languagePath, languagesIn, type Shown } from './pick.ts'
import type { FileHref } from './placed.ts'
import { ChangeNotice, Chips, type PartProps, Source, Tongues } from './release-head.tsx'
import { Side } from './release-side.tsx'
import { dayOf, frameOf, named, type Site, shownTitle } from './site.ts'
import { type Validity, validityOf } from './validity.ts'

export type ReleaseProps = {
  site: Site
  edition: Shown
  language: Language
  related: RelatedLink[]
  /** Whether it still holds; what its own edition says where nothing else is known. */
  validity?: Validity
}
type Inner = PartProps & { related: RelatedLink[]; validity?: Validity; fileHref?: FileHref }

export function ReleasePage(p: ReleaseProps) {
  const lang = frameOf(p.language)
  const part = p.edition.content.parts[p.language] as Part
  const inner: Inner = { ...p, part, lang }
  const languages = languagesIn(p.edition.content)
  const path = languagePath(p.edition, p.language)
  const title = shownTitle(p.site, lang, part.title)
  const other = languages.find((l) => frameOf(l) !== lang)
  return (
    <Layout
      site={p.site}
      lang={lang}
      title={title}
      path={path}
      other={other ? languagePath(p.edition, other) : undefined}
      alternates={languages.length > 1 ? alternatesOf(p.edition, languages) : []}
      description={part.summary ?? part.blocks.facts?.split('\n')[0]}
      article={{
        published: withOffset(p.edition.firstPublishedAt, p.site.offset),
        modified: withOffset(p.edition.publishedAt, p.site.offset),
        section: t(lang, `public.kind.${p.edition.kind}`),
        tags: p.edition.topics.map((topic) => named(topic.name, lang)),
        language: p.language,
      }}
      jsonLd={releaseData(inner, title, path)}
      paper={paperOf(inner)}
      gov={{
        column: t(lang, `public.kind.${p.edition.kind}`),
        article: {
          title,
          // 发布日期 stands still through every later edition, as it does on the page; when it last changed is said beside it.
          at: wallMinute(p.edition.firstPublishedAt, p.site.offset),
          source: named(p.edition.content.core.repostOf?.agencyName ?? p.edition.agency.name, lang),
          keywords: [
            t(lang, `public.kind.${p.edition.kind}`),
            ...[...p.edition.topics, ...p.edition.areas].map((face) => named(face.name, lang)),
          ],
          description: part.summary ?? part.blocks.facts?.split('\n')[0],
          url: p.site.publicUrl + path,
        },
      }}
    >
      <Article {...inner} title={title} />
    </Layout>
  )
}

/** GB/T 9704 is a form for Chinese text; a translation of an official document is printed like any other page. */
const paperOf = ({ edition, part, language }: Inner): 'official' | 'columns' | undefined => {
  if (language === 'mn-Mong-CN') return 'columns'
  return language === 'zh-CN' && isOfficial(edition, part) ? 'official' : undefined
}

const alternatesOf = (edition: Shown, languages: Language[]) => [
  ...languages.map((l) => ({ tag: l as string, path: languagePath(edition, l) })),
  { tag: 'x-default', path: edition.address },
]

function Article(p: Inner & { title: string }) {
  const { edition, language, lang, site } = p
  const official = isOfficial(edition, p.part)
  return (
    <article
      class={official ? 'release official' : 'release'}
      data-release={edition.releaseNumber}
      data-edition={edition.id}
      data-number={edition.number}
      data-type={edition.type}
      data-kind={edition.kind}
      data-language={language}
      data-hash={edition.hash}
    >
      <ValidityBanner site={site} lang={lang} validity={holds(p)} />
      <ChangeNotice {...p} />
      <div class="columns">
        <div>
          {edition.kind === 'policy' ? <DocumentHead {...p} validity={holds(p)} /> : null}
          {language === 'mn-Mong-CN' ? <MongolianText {...p} /> : <PlainText {...p} official={official} />}
          <Attachments site={site} files={restOf(edition.content.attachments, p.part.body)} lang={lang} />
          <Press {...p} />
          <Related site={site} links={p.related} lang={lang} />
          {paperOf(p) === 'official' ? null : <PaperFoot {...p} />}
        </div>
        <Side {...p} />
      </div>
    </article>
  )
}

const holds = ({ validity, edition, site }: Inner): Validity =>
  validity ?? validityOf(edition, [], (iso) => dayOf(iso, site.offset))

/** The text alone, exactly as a reader gets it: for those who decide on it. `fileHref`: where its files are before they are public. */
export function ReleaseText(p: Omit<ReleaseProps, 'related'> & { fileHref?: FileHref }) {
  const lang = frameOf(p.language)
  const part = p.edition.content.parts[p.language] as Part
  const inner: Inner = { ...p, related: [], part, lang }
  const title = shownTitle(p.site, lang, part.title)
  const official = isOfficial(p.edition, part)
  return (
    <article
      class={official ? 'release official' : 'release'}
      lang={p.language === 'mn-Mong-CN' ? 'zh-CN' : p.language}
    >
      <ChangeNotice {...inner} />
      {p.language === 'mn-Mong-CN' ? (
        <MongolianText {...inner} title={title} />
      ) : (
        <PlainText {...inner} title={title} official={official} />
      )}
      <Press {...inner} />
    </article>
  )
}

/** Chinese and English: head, advice, blocks, body, in reading order. */
function PlainText(p: Inner & { title: string; official: boolean }) {
  const { core } = p.edition.content
  return (
    <>
      <header>
        {p.official ? <OfficialHead {...p} /> : null}
        <Chips {...p} />
        {p.official && core.documentNumber ? (
          <p class="letterhead" lang="zh-CN">
            {core.documentNumber}
          </p>
        ) : null}
        <h1>
          <Title text={p.title} />
        </h1>
        <Source {...p} />
        <AsOf site={p.site} core={core} lang={p.lang} />
        <Tongues {...p} />
      </header>
      <ConferenceFacts site={p.site} edition={p.edition} lang={p.lang} />
      <Advice text={p.part.blocks.advice} contacts={publicContacts(core)} language={p.language} heading="h2" />
      {p.part.summary && !p.official ? <p class="summary">{p.part.summary}</p> : null}
      <Details {...p} />
    </>
  )
}

/** Mongolian: the frame stays Chinese and level; title and text run in columns, left to right, that scroll sideways. */
function MongolianText(p: Inner & { title: string }) {
  const { core } = p.edition.content
  return (
    <>
      <header>
        <Chips {...p} />
        <Source {...p} />
        <AsOf site={p.site} core={core} lang={p.lang} />
        <Tongues {...p} />
        <p class="small quiet">{t(p.lang, 'public.mongolian.frame')}</p>
      </header>
      <ConferenceFacts site={p.site} edition={p.edition} lang={p.lang} />
      <div class="mongolian-calls">
        <Calls contacts={publicContacts(core)} />
      </div>
      <section class="mongolian" lang={p.language} tabindex={0} aria-label={t(p.lang, 'public.mongolian')}>
        <h1>{p.title}</h1>
        <Advice text={p.part.blocks.advice} contacts={[]} language={p.language} heading="h2" />
        {p.part.summary ? <p class="summary">{p.part.summary}</p> : null}
        <Details {...p} />
      </section>
    </>
  )
}

const DETAILS: readonly BlockName[] = ['claim', 'whenWhere', 'facts', 'actions', 'cause']

function Details(p: Inner) {
  const { part, edition, lang, language } = p
  const official = paperOf(p) === 'official'
  const headingLang = language === 'mn-Mong-CN' ? 'zh-CN' : undefined
  return (
    <>
      {DETAILS.filter((name) => part.blocks[name]).map((name) => (
        <section class="block">
          <h2 lang={headingLang}>{t(lang, `public.block.${name}`)}</h2>
          <div data-block={name}>
            <Paragraphs text={part.blocks[name] as string} />
          </div>
        </section>
      ))}
      {part.addressees ? <p class="addressees">{part.addressees}</p> : null}
      <Body
        html={part.body}
        lang={lang}
        files={edition.content.attachments}
        href={p.fileHref ?? ((file) => filePath(p.site, file))}
      />
      {official ? <AttachmentNote {...p} /> : null}
      {part.signature ? (
        <p class={[...part.signature].length > MOST_CENTRED ? 'signature long' : 'signature'}>
          <span>{part.signature}</span>
          {edition.content.core.formedOn ? (
            <span class="formed">
              <time datetime={edition.content.core.formedOn}>{formedOn(edition.content.core.formedOn, lang)}</time>
            </span>
          ) : null}
        </p>
      ) : null}
      {official ? (
        <>
          <PublicNote {...p} />
          <Imprint {...p} />
        </>
      ) : null}
    </>
  )
}

/** A longer name of an office, centred over its date, would leave the sheet: the date then stands under its end. */
const MOST_CENTRED = 14

/** 成文日期 in Arabic numerals, full year, no leading zeros (GB/T 9704-2012 7.3.5.4). */
export function formedOn(day: string, lang: Lang): string {
  const [year, month, date] = day.split('-').map(Number)
  return lang === 'zh' ? `${year}年${month}月${date}日` : day
}

function Press({ edition, lang }: Inner) {
  const contacts = pressContacts(edition.content.core)
  if (contacts.length === 0) return null
  return (
    <section class="after">
      <h2>{t(lang, 'public.press')}</h2>
      <Calls contacts={contacts} />
    </section>
  )
}
