/** The lists readers choose from, at the desk: topics with their order, and areas with what a file would change. */
import type { AreaPlan } from '../../audience/area-csv.ts'
import { At, Empty, figure, NoEnter } from './bits.tsx'
import { type Form, Line, Text } from './controls.tsx'
import { say } from './frame.tsx'
import { OfficeScreenPage } from './office-parts.tsx'

export type TopicLine = {
  slug: string
  nameZh: string
  nameEn: string
  position: number
  retiredAt: string | null
}
export type TopicsProps = Form & { topics: TopicLine[]; manage: boolean; refused?: string }

export function TopicsPage(p: TopicsProps) {
  const T = say(p.f)
  return (
    <OfficeScreenPage form={p} screen="topics" refused={p.refused}>
      {p.manage ? null : <p class="notice">{T('office.top-only')}</p>}
      {p.topics.length === 0 ? <Empty>{T('office.topics.empty')}</Empty> : null}
      <ul class="d-set">
        {p.topics.map((t) => (
          <li class={t.retiredAt ? 'quiet' : undefined} id={`topic-${t.slug}`}>
            <div>
              <strong>{t.nameZh}</strong> · {t.nameEn} <code class="quiet">{t.slug}</code>
              {t.retiredAt ? (
                <p>
                  {T('office.topics.retired')} <At f={p.f} at={t.retiredAt} />
                </p>
              ) : null}
            </div>
            {p.manage ? <TopicForms {...p} topic={t} /> : null}
          </li>
        ))}
      </ul>
      {p.manage ? (
        <section>
          <h2 class="d-rule">{T('office.topics.add')}</h2>
          <form method="post" action="/desk/office/topics" class="d-narrow" novalidate>
            <NoEnter />
            <Line form={p} name="slug" label={T('office.topics.slug')} hint={T('office.topics.slug.hint')} />
            <Line form={p} name="nameZh" label={T('office.name.zh')} lang="zh-CN" />
            <Line form={p} name="nameEn" label={T('office.name.en')} lang="en" />
            <Line
              form={p}
              name="position"
              label={T('office.topics.position')}
              inputmode="numeric"
              hint={T('office.topics.position.hint')}
            />
            <button type="submit" class="primary">
              {T('office.topics.add.do')}
            </button>
          </form>
        </section>
      ) : null}
    </OfficeScreenPage>
  )
}

/** Each topic's form knows only its own fields: what was refused for another stays with that other. */
function TopicForms(p: TopicsProps & { topic: TopicLine }) {
  const { topic: t } = p
  const T = say(p.f)
  const mine = p.fields.get('of')?.[0] === t.slug
  const form: Form = {
    f: p.f,
    fields: mine
      ? p.fields
      : new Map([
          [`nameZh.${t.slug}`, [t.nameZh]],
          [`nameEn.${t.slug}`, [t.nameEn]],
          [`position.${t.slug}`, [String(t.position)]],
        ]),
    issues: mine ? p.issues : [],
  }
  return (
    <details open={mine}>
      <summary>
        {T('office.change')}
        <span class="visually-hidden"> {t.nameZh}</span>
      </summary>
      <form method="post" action={`/desk/office/topics/${t.slug}`} novalidate>
        <NoEnter />
        <div class="d-grid">
          <Line form={form} name={`nameZh.${t.slug}`} label={T('office.name.zh')} lang="zh-CN" />
          <Line form={form} name={`nameEn.${t.slug}`} label={T('office.name.en')} lang="en" />
          <Line form={form} name={`position.${t.slug}`} label={T('office.topics.position')} inputmode="numeric" />
        </div>
        <p class="hint">{T(t.retiredAt ? 'office.topics.revive.what' : 'office.topics.retire.what')}</p>
        <p class="d-buttons">
          <button type="submit" name="do" value="save">
            {T('office.save')}
          </button>
          <button type="submit" name="do" value={t.retiredAt ? 'revive' : 'retire'}>
            {T(t.retiredAt ? 'office.topics.revive' : 'office.topics.retire')}
          </button>
        </p>
      </form>
    </details>
  )
}

export type AreaLine = { code: string; nameZh: string; nameEn: string; nameMn: string; within: string; depth: number }
export type AreasProps = Form & {
  areas: AreaLine[]
  total: number
  query: string
  manage: boolean
  plan?: AreaPlan
  refused?: string
}

export function AreasPage(p: AreasProps) {
  const T = say(p.f)
  return (
    <OfficeScreenPage form={p} screen="areas" refused={p.refused}>
      {p.manage ? <ImportAreas {...p} /> : <p class="notice">{T('office.top-only')}</p>}
      <section>
        <h2 class="d-rule">{T('office.areas.list', { n: figure(p.total) })}</h2>
        <form method="get" action="/desk/office/areas" class="d-filter">
          <div class="field">
            <label for="f-q">{T('office.areas.find')}</label>
            <input id="f-q" name="q" type="search" value={p.query} />
          </div>
          <button type="submit">{T('office.find')}</button>
          <a href="/desk/office/areas.csv">{T('office.areas.csv')}</a>
        </form>
        {p.areas.length === 0 ? <Empty>{T('office.areas.none')}</Empty> : null}
        <section class="scroll" aria-label={T('office.areas')} tabindex={0}>
          <table class="d-table d-places">
            <thead>
              <tr>
                <th scope="col">{T('office.areas.code')}</th>
                <th scope="col">{T('office.name.zh')}</th>
                <th scope="col">{T('office.name.en')}</th>
                <th scope="col">{T('office.name.mn')}</th>
                <th scope="col">{T('office.areas.within')}</th>
              </tr>
            </thead>
            <tbody>
              {p.areas.map((a) => (
                <tr>
                  <td>
                    <code>{a.code}</code>
                  </td>
                  <td class={`depth-${a.depth}`}>{a.nameZh}</td>
                  <td>{a.nameEn}</td>
                  <td lang="mn-Mong">{a.nameMn}</td>
                  <td>{a.within}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {p.areas.length < p.total ? <p class="quiet">{T('office.areas.more', { n: p.areas.length })}</p> : null}
      </section>
    </OfficeScreenPage>
  )
}

function ImportAreas(p: AreasProps) {
  const T = say(p.f)
  const { plan } = p
  const changes = plan ? plan.added.length + plan.changed.length : 0
  return (
    <details class="d-fold" open={p.fields.size > 0}>
      <summary>{T('office.areas.import')}</summary>
      <form method="post" action="/desk/office/areas" enctype="multipart/form-data" novalidate>
        <p class="hint">{T('office.areas.import.what')}</p>
        <div class="field">
          <label for="areas-file">{T('office.csv.file')}</label>
          <input id="areas-file" name="file" type="file" accept=".csv,text/csv" />
        </div>
        <Text form={p} name="csv" label={T('office.csv.text')} rows={8} />
        {plan ? <Plan f={p.f} plan={plan} /> : null}
        <p class="d-buttons">
          <button type="submit" name="do" value="check">
            {T('office.csv.check')}
          </button>
          {changes ? (
            <button type="submit" name="do" value="write" class="primary">
              {T('office.areas.write', { n: changes })}
            </button>
          ) : null}
        </p>
      </form>
    </details>
  )
}

/** So many lines of what would change are shown; the figures count them all. */
const SHOWN = 100

function Plan({ f, plan }: { f: Form['f']; plan: AreaPlan }) {
  const T = say(f)
  const { added, changed, same, twins } = plan
  return (
    <div class="notice" role="status">
      <p>
        <strong>{T('office.areas.plan', { added: added.length, changed: changed.length, same })}</strong>
      </p>
      <ul
        class="d-plan"
        tabindex={0}
        aria-label={T('office.areas.plan', { added: added.length, changed: changed.length, same })}
      >
        {added.slice(0, SHOWN).map((a) => (
          <li>
            <ins>{T('office.areas.new')}</ins> <code>{a.code}</code> {a.nameZh}
            {a.parent ? <span class="quiet"> ← {a.parent}</span> : null}
          </li>
        ))}
        {changed.slice(0, SHOWN).map(({ before, after }) => (
          <li>
            <code>{after.code}</code>{' '}
            <del>{[before.name_zh, before.name_en, before.name_mn, before.parent].filter(Boolean).join(' · ')}</del>{' '}
            <ins>
              {[after.nameZh, after.nameEn, after.nameMn ?? before.name_mn, after.parent].filter(Boolean).join(' · ')}
            </ins>
          </li>
        ))}
      </ul>
      {twins.length ? (
        <>
          <p>
            <strong>{T('office.areas.twins')}</strong>
          </p>
          <ul class="d-plan">
            {twins.slice(0, SHOWN).map((t) => (
              <li>
                {t.name}: {t.places.map((x) => `${x.within || '—'}（${x.code}）`).join(T('desk.list-comma'))}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
