/** The preview of a release: one part for each outlet, its pages and mails in frames, on a phone and on a desk side by side. */
import type { Look } from '../../../templates/page/preview-mark.ts'
import { OWN_NAME } from '../../../templates/page/site.ts'
import type { Language } from '../../desk/content.ts'
import type { Previewed } from '../preview.ts'
import { About, Empty, Hash, State } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type PreviewProps = {
  f: Frame
  release: { number: string; kind: string; lane: string; mode: string; state: string }
  title: string
  /** null: nothing is waiting to go out. */
  revision: { ordinal: number; hash: string } | null
  languages: Language[]
  language: Language
  look: Look
  documents: Previewed[]
  publicHref: string | null
}

export function PreviewPage(p: PreviewProps) {
  const T = say(p.f)
  const { release } = p
  return (
    <Page f={p.f} title={`${T('desk.preview')} ${release.number}`} wide>
      <p class="d-sub">
        <About f={p.f} {...release} />
        <State f={p.f} state={release.state} />
        {p.revision ? (
          <>
            <b>{T('desk.revision', { n: p.revision.ordinal })}</b> <Hash hash={p.revision.hash} />
          </>
        ) : null}
      </p>
      <h1>
        {T('desk.preview')} · {p.title || release.number}
      </h1>
      {p.revision ? <Shown {...p} /> : <Nothing {...p} />}
    </Page>
  )
}

function Nothing({ f, publicHref, release }: PreviewProps) {
  const T = say(f)
  return (
    <Empty>
      {T('desk.preview.nothing')} <a href={`/desk/releases/${release.number}`}>{T('desk.preview.back')}</a>
      {publicHref ? (
        <>
          {' · '}
          <a href={publicHref}>{T('desk.public-page')}</a>
        </>
      ) : null}
    </Empty>
  )
}

function Shown(p: PreviewProps) {
  const T = say(p.f)
  return (
    <>
      <p class="pv-what">
        <b class="chip changed">{T('desk.preview.mark')}</b> {T('desk.preview.what')}
      </p>
      <div class="pv-tools">
        <Choice
          label={T('desk.preview.language')}
          options={p.languages.map((l) => ({
            href: here(p, { language: l }),
            words: OWN_NAME[l],
            now: l === p.language,
            lang: l,
          }))}
        />
        <Choice
          label={T('desk.preview.look')}
          options={(['auto', 'light', 'dark'] as const).map((look) => ({
            href: here(p, { look }),
            words: T(`desk.preview.look.${look}`),
            now: look === p.look,
          }))}
        />
        <a class="button" href={`/desk/releases/${p.release.number}`}>
          {T('desk.preview.back')}
        </a>
      </div>
      <nav class="pv-tabs" aria-label={T('desk.preview.outlets')}>
        <ul>
          {p.documents.map((d) => (
            <li>
              <a href={`#pv-${d.name}`}>{T(`desk.preview.doc.${d.name}`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {p.documents.map((d) => (
        <Document {...p} d={d} />
      ))}
      <p class="hint">{T('desk.preview.differs')}</p>
    </>
  )
}

const here = (p: PreviewProps, over: { language?: Language; look?: Look }): string =>
  `/desk/releases/${p.release.number}/preview?${queryOf({ ...p, ...over })}`
const queryOf = ({ language, look }: { language: Language; look: Look }): string =>
  `language=${language}${look === 'auto' ? '' : `&look=${look}`}`

function Choice(p: { label: string; options: { href: string; words: string; now: boolean; lang?: string }[] }) {
  return (
    <nav aria-label={p.label}>
      <span>{p.label}</span>
      {p.options.map((o) => (
        <a href={o.href} aria-current={o.now ? 'true' : undefined} lang={o.lang}>
          {o.words}
        </a>
      ))}
    </nav>
  )
}

type DocumentProps = PreviewProps & { d: Previewed }

function Document(p: DocumentProps) {
  const { d, f } = p
  const T = say(f)
  const address = `/desk/releases/${p.release.number}/preview/${d.outlet}.${d.name}?${queryOf(p)}&lang=${f.lang}`
  return (
    <section class={`pv-doc ${d.shape}`} id={`pv-${d.name}`} aria-labelledby={`pv-${d.name}-head`} tabindex={-1}>
      <h2 class="d-rule" id={`pv-${d.name}-head`}>
        {T(`desk.preview.doc.${d.name}`)} <span class="quiet small">{T(`desk.outlet.${d.outlet}`)}</span>
        {d.chosen ? null : <span class="chip changed">{T('desk.preview.not-chosen')}</span>}
        <a class="pv-alone" href={address}>
          {T('desk.preview.alone')}
          <span class="visually-hidden"> {T(`desk.preview.doc.${d.name}`)}</span>
        </a>
      </h2>
      {d.subject ? (
        <p>
          {T('desk.preview.subject')} <strong lang={p.language}>{d.subject}</strong>
        </p>
      ) : null}
      {d.segments ? <p class="num">{T('kit.sms.segments', { n: d.segments })}</p> : null}
      <Body {...p} address={address} />
    </section>
  )
}

function Body({ d, f, address, language }: DocumentProps & { address: string }) {
  const T = say(f)
  const name = T(`desk.preview.doc.${d.name}`)
  const framed = (width: 'phone' | 'desk' | 'sheet') => (
    <figure class={`pv-frame ${width}`}>
      <figcaption>{T(`desk.preview.width.${width}`)}</figcaption>
      <div>
        <iframe
          src={address}
          title={`${name} · ${T(`desk.preview.width.${width}`)}`}
          sandbox=""
          loading="lazy"
        ></iframe>
      </div>
    </figure>
  )
  switch (d.shape) {
    case 'page':
    case 'mail':
      return (
        <div class="pv-pair">
          {framed('phone')}
          {framed('desk')}
        </div>
      )
    case 'sheet':
      return framed('sheet')
    case 'notification':
      return <Notification body={d.body} language={language} />
    default:
      return (
        <section class="pv-text" tabindex={0} aria-label={name}>
          <pre lang={d.shape === 'text' ? language : undefined}>{d.shape === 'source' ? legible(d.body) : d.body}</pre>
        </section>
      )
  }
}

/** A line for each element or member: what is sent has none. */
const legible = (source: string): string =>
  source.startsWith('{') ? JSON.stringify(JSON.parse(source), null, 2) : source.replaceAll('><', '>\n<')

/** Much as a phone shows it: which site, the title, two or three lines. */
function Notification({ body, language }: { body: string; language: Language }) {
  const { title, body: words, url } = JSON.parse(body) as { title: string; body: string; url: string }
  return (
    <div class="pv-push" lang={language}>
      <p class="small quiet">{new URL(url).host}</p>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{words}</p>
    </div>
  )
}
