/** The forwarding kit at the desk: texts to copy, and the channels worked by hand, each ticked off by whoever saw to it. */
import type { Child } from 'hono/jsx'
import { type Kit, type KitText, kitTexts, textIn } from '../../../templates/kit/kit.ts'
import { OWN_NAME } from '../../../templates/page/site.ts'
import type { ChannelStanding } from '../../delivery/manual-record.ts'
import { About, At, Empty, figure, IssueList, NoEnter, Refused } from './bits.tsx'
import { type Form, Line, Moment } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type KitProps = Form & {
  release: { number: string; title: string; kind: string; lane: string; mode: string }
  edition: { number: number; word: string; publishedAt: string }
  kits: Kit[]
  channels: ChannelStanding[]
  /** The edition every channel is to carry. */
  owed: number
  names: Map<string, string>
  mayRecord: boolean
  mayKeep: boolean
  mayRoll: boolean
  /** The channel whose form was refused. */
  open?: string
  refused?: string
}

export function KitPage(p: KitProps) {
  const T = say(p.f)
  const { release, edition } = p
  return (
    <Page f={p.f} title={`${T('kit.title')} ${release.number}`} wide>
      <p class="d-sub">
        <About f={p.f} {...release} />
        <span>
          {T('public.edition', { number: edition.number })} · {T(`public.type.${edition.word}`)}{' '}
          <At f={p.f} at={edition.publishedAt} />
        </span>
      </p>
      <h1>
        {T('kit.title')} · {release.title}
      </h1>
      <p class="d-buttons d-by-hand">
        <a class="button" href={`/desk/releases/${release.number}`}>
          {T('kit.back')}
        </a>
        {p.mayRoll ? (
          <a class="button" href={`/desk/releases/${release.number}/acknowledgements`}>
            {T('roll.title')}
          </a>
        ) : null}
      </p>
      <Refused why={p.refused} />
      <Wrong {...p} />
      <div class="d-columns d-kit">
        <div>
          {p.kits.map((kit) => (
            <KitTexts {...p} kit={kit} />
          ))}
        </div>
        <div class="d-side">
          <Channels {...p} />
        </div>
      </div>
    </Page>
  )
}

/** Before everything: who still shows the public what was put right. */
function Wrong(p: KitProps) {
  const wrong = p.channels.filter((c) => c.standing === 'wrong')
  if (wrong.length === 0) return null
  const T = say(p.f)
  return (
    <div class="notice warn" role="alert" id="wrong">
      <p>
        <strong>{T('kit.wrong', { n: wrong.length, number: p.owed })}</strong>
      </p>
      <ul>
        {wrong.map((c) => (
          <li>
            {c.channel.name}
            {T('kit.wrong.last', { number: Math.max(...c.records.map((r) => r.edition)) })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function KitTexts(p: KitProps & { kit: Kit }) {
  const { kit, f, release } = p
  const T = say(f)
  return (
    <section aria-label={`${T('kit.title')} ${OWN_NAME[kit.language]}`}>
      <h2 class="d-rule" lang={kit.language}>
        {OWN_NAME[kit.language]}
      </h2>
      {kitTexts.map((name) => (
        <KitTextBox
          f={f}
          kit={kit}
          name={name}
          about={name === 'sms' ? <SmsCount {...p} /> : null}
          download={`/desk/releases/${release.number}/kit/${name}-${kit.language}.txt`}
        />
      ))}
      <h3>{T('kit.poster')}</h3>
      <p>
        {kit.poster ? <a href={kit.poster}>{T('kit.poster.open')}</a> : T('kit.poster.none')} ·{' '}
        <a href={kit.url}>{T('desk.public-page')}</a>
      </p>
      <p class="visually-hidden">{release.number}</p>
    </section>
  )
}

type TextBox = { f: Frame; kit: Kit; name: KitText; about?: Child; download?: string }

/** One text of a kit with its button to copy; `about` stands over it, `download` is the address of its file. */
export function KitTextBox({ f, kit, name, about, download }: TextBox) {
  const T = say(f)
  const id = `${name}-${kit.language}`
  const label = `${T(`kit.text.${name}`)} · ${OWN_NAME[kit.language]}`
  return (
    <div class="d-kit-text">
      <h3 id={`${id}-head`}>{T(`kit.text.${name}`)}</h3>
      {about}
      <section
        class={kit.language === 'mn-Mong-CN' && name !== 'sms' ? 'mongolian' : undefined}
        tabindex={0}
        aria-label={label}
      >
        <pre id={id} lang={kit.language}>
          {textIn(kit, name)}
        </pre>
      </section>
      <p class="d-buttons">
        <button type="button" hidden data-copy={`#${id}`} data-copied={T('kit.copied')}>
          {T('kit.copy')}
          <span class="visually-hidden"> {label}</span>
        </button>
        {download ? (
          <a class="button" href={download} download="">
            {T('kit.download')}
            <span class="visually-hidden"> {label}</span>
          </a>
        ) : null}
      </p>
    </div>
  )
}

function SmsCount({ kit, f }: KitProps & { kit: Kit }) {
  const T = say(f)
  const { segments, units, each, alphabet, left } = kit.sms
  return (
    <p class="small">
      <strong class="num">{T('kit.sms.segments', { n: segments })}</strong>{' '}
      <span class="quiet">{T('kit.sms.units', { units, each, alphabet })}</span>
      {left ? <span class="due"> {T('kit.sms.left', { n: left })}</span> : null}
    </p>
  )
}

function Channels(p: KitProps) {
  const T = say(p.f)
  const done = p.channels.filter((c) => c.standing === 'carried').length
  return (
    <section id="channels">
      <h2>{T('kit.channels')}</h2>
      <p class="small quiet">{T('kit.channels.what')}</p>
      {p.channels.length === 0 ? (
        <Empty>{T('kit.channels.empty')}</Empty>
      ) : (
        <p class="num">
          <strong>
            {figure(done)} / {figure(p.channels.length)}
          </strong>{' '}
          {T('kit.channels.done', { number: p.owed })}
        </p>
      )}
      <IssueList f={p.f} issues={p.issues} />
      <ul class="d-ticks">
        {p.channels.map((c) => (
          <Channel {...p} line={c} />
        ))}
      </ul>
      {p.mayKeep ? (
        <p>
          <a href="/desk/office/channels">{T('kit.channels.keep')}</a>
        </p>
      ) : null}
    </section>
  )
}

const SHAPE = { carried: '✓', wrong: '✕', none: '○' } as const

function Channel(p: KitProps & { line: ChannelStanding }) {
  const { channel, standing, records } = p.line
  const T = say(p.f)
  return (
    <li class={standing}>
      <p>
        <span aria-hidden="true">{SHAPE[standing]}</span> <strong>{channel.name}</strong>{' '}
        <span class="chip">{T(`kit.standing.${standing}`)}</span>
      </p>
      {records.map((r) => (
        <div class="small record">
          <span>{T('public.edition', { number: r.edition })}</span>
          <At f={p.f} at={r.carried_at} short />
          <span>
            {T('kit.by-hand')} · {T('kit.by', { name: p.names.get(r.member_id) ?? '' })}
          </span>
          {r.link ? (
            <a href={r.link} rel="noopener noreferrer">
              {T('kit.link')}
              <span class="visually-hidden"> {channel.name}</span>
            </a>
          ) : null}
          {r.note ? <span class="quiet">{r.note}</span> : null}
          {p.mayRecord ? (
            <form method="post" action={`/desk/releases/${p.release.number}/kit/${r.id}/undo`}>
              <button type="submit" class="link">
                {T('kit.undo')}
                <span class="visually-hidden">
                  {' '}
                  {channel.name} {T('public.edition', { number: r.edition })}
                </span>
              </button>
            </form>
          ) : null}
        </div>
      ))}
      {p.mayRecord && standing !== 'carried' && channel.ended_at === null ? <TickForm {...p} /> : null}
    </li>
  )
}

/** Names carry the channel, so that every form of the page has fields of its own. */
function TickForm(p: KitProps & { line: ChannelStanding }) {
  const { id, name } = p.line.channel
  const T = say(p.f)
  return (
    <details open={p.open === id}>
      <summary>
        {T('kit.tick')}
        <span class="visually-hidden"> {name}</span>
      </summary>
      <form method="post" action={`/desk/releases/${p.release.number}/kit/record`} novalidate>
        <NoEnter />
        <input type="hidden" name="channelId" value={id} />
        <Moment form={p} name={`${id}.carriedAt`} label={T('field.carriedAt')} />
        <Line form={p} name={`${id}.link`} label={T('field.link')} type="url" placeholder="https://" />
        <Line form={p} name={`${id}.note`} label={T('field.note')} max={500} />
        <button type="submit" class="primary">
          {T('kit.tick.do', { number: p.edition.number })}
        </button>
      </form>
    </details>
  )
}
