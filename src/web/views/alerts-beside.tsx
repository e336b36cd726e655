/** 同一地区正在生效的其他预警: what the public is told there already, beside what is about to be said, contradictions marked. */
import { named } from '../../../templates/page/site.ts'
import { CONTRADICTIONS, type Contradiction, type Running } from '../../review/alerts.ts'
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type Beside = {
  running: Running
  /** Path of its public page. */
  href: string
  areas: string
  rules: Contradiction['rule'][]
}

export function AlertsBeside({ f, alerts }: { f: Frame; alerts: Beside[] }) {
  if (alerts.length === 0) return null
  const T = say(f)
  const against = alerts.filter((a) => a.rules.length > 0).length
  return (
    <section class="d-beside" aria-labelledby="beside">
      <h2 id="beside">
        {T('alerts.beside')}{' '}
        <span class={against ? 'late' : 'quiet'}>
          {against ? T('alerts.against', { n: against }) : T('alerts.none-against')}
        </span>
      </h2>
      <ul>
        {[...alerts]
          .sort((a, b) => b.rules.length - a.rules.length)
          .map((a) => (
            <Alert f={f} alert={a} />
          ))}
      </ul>
      {against ? <p class="hint">{T('alerts.answer')}</p> : null}
    </section>
  )
}

function Alert({ f, alert }: { f: Frame; alert: Beside }) {
  const T = say(f)
  const { running, href, areas, rules } = alert
  const { core, parts } = running.content
  const part = (f.lang === 'en' ? parts.en : undefined) ?? parts['zh-CN']
  const until = core.cap?.expires ?? core.expiresAt
  return (
    <li class={rules.length ? 'against' : undefined}>
      {rules.length ? (
        <p class="late">
          {CONTRADICTIONS.filter((r) => rules.includes(r))
            .map((r) => T(`scan.${r}`))
            .join(T('desk.list-comma'))}
        </p>
      ) : null}
      <p>
        <a href={href}>{part?.title ?? running.number}</a>{' '}
        {core.warningLevel ? <b>{T(`public.level.${core.warningLevel}`)}</b> : null}
      </p>
      <p class="small quiet">
        {core.relayOf?.station ?? named(running.agency, f.lang)} · {T(`public.kind.${core.kind}`)} · {areas} ·{' '}
        <At f={f} at={running.publishedAt} short />
        {until ? (
          <>
            {' '}
            – <At f={f} at={until} short />
          </>
        ) : null}
      </p>
      {part?.blocks.advice ? <p class="advice">{part.blocks.advice}</p> : null}
    </li>
  )
}
