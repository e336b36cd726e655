/** One agency: its names and the places it speaks for, the chain its releases travel, and a new one below it. */
import type { Chains } from '../../staff/chain.ts'
import { NoEnter } from './bits.tsx'
import { ChainForm, chainWords } from './chain-form.tsx'
import { type Form, Line } from './controls.tsx'
import type { AreaChoice } from './draft.tsx'
import { first } from './fields.ts'
import { say } from './frame.tsx'
import { OfficeScreenPage } from './office-parts.tsx'
import { PlacePicker } from './place-picker.tsx'

export type AgencyProps = Form & {
  agency: { id: string; name: string; slug: string; own: boolean; areas: string; chains: Chains }
  family: { id: string; name: string; depth: number }[]
  /** Places it may speak for: its parent's, or all where it has none. */
  choices: AreaChoice[]
  /** Places an agency below it may speak for. */
  below: AreaChoice[]
  /** A change of chains that waits for its second person, as a sentence per lane. */
  waiting: { by: string; chains: Chains }[]
  preview: Chains | null
  manage: boolean
  /** Which form was sent. */
  sent: 'names' | 'chains' | 'new' | null
  refused?: string
}

/** Fields of one form, so that what was typed into another does not stand in it. */
const own = (p: AgencyProps, form: AgencyProps['sent'], stored: Map<string, string[]>): Form => ({
  f: p.f,
  fields: p.sent === form ? p.fields : stored,
  issues: p.sent === form ? p.issues : [],
})

export function AgencyPage(
  p: AgencyProps & { stored: { names: Map<string, string[]>; chains: Map<string, string[]> } },
) {
  const T = say(p.f)
  return (
    <OfficeScreenPage form={p} screen="agency" whose={p.agency.name} refused={p.refused}>
      {p.family.length > 1 ? (
        <nav aria-label={T('desk.agencies')}>
          <ul class="d-tree d-across">
            {p.family.map((a) => (
              <li>
                <a href={`/desk/office/agency?agency=${a.id}`} aria-current={a.id === p.agency.id ? 'page' : undefined}>
                  {a.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <section>
        <h2 class="d-rule">{T('office.agency.names')}</h2>
        {p.manage ? <Names form={own(p, 'names', p.stored.names)} p={p} /> : <p>{p.agency.areas}</p>}
      </section>
      <section>
        <h2 class="d-rule">{T('desk.chains')}</h2>
        {(['routine', 'flash'] as const).map((lane) => (
          <p>{chainWords(p.f.lang, lane, p.agency.chains[lane])}</p>
        ))}
        {p.waiting.map((w) => (
          <div class="notice">
            <p>
              <strong>{T('office.chain.waits', { name: w.by })}</strong>
            </p>
            {(['routine', 'flash'] as const).map((lane) => (
              <p>{chainWords(p.f.lang, lane, w.chains[lane])}</p>
            ))}
            <p>
              <a href={`/desk/office?agency=${p.agency.id}#changes`}>{T('office.chain.to-changes')}</a>
            </p>
          </div>
        ))}
        {p.manage ? (
          <details class="d-fold" open={p.sent === 'chains'}>
            <summary>{T('office.chain.change')}</summary>
            <ChainForm form={own(p, 'chains', p.stored.chains)} agencyId={p.agency.id} preview={p.preview} />
          </details>
        ) : null}
      </section>
      {p.manage ? (
        <section>
          <h2 class="d-rule">{T('office.agency.below')}</h2>
          <details class="d-fold" open={p.sent === 'new'}>
            <summary>{T('office.agency.new')}</summary>
            <NewAgency form={own(p, 'new', new Map())} p={p} />
          </details>
        </section>
      ) : null}
    </OfficeScreenPage>
  )
}

function Names({ form, p }: { form: Form; p: AgencyProps }) {
  const T = say(form.f)
  return (
    <form method="post" action={`/desk/office/agency/${p.agency.id}`} novalidate>
      <NoEnter />
      <p class="hint">{T('office.agency.slug', { slug: p.agency.slug })}</p>
      <div class="d-grid">
        <Line form={form} name="nameZh" label={T('office.name.zh')} lang="zh-CN" />
        <Line form={form} name="nameEn" label={T('office.name.en')} lang="en" />
      </div>
      <PlacePicker form={form} name="areaCodes" areas={p.choices} label={T('office.agency.areas')} />
      <button type="submit">{T('office.save')}</button>
    </form>
  )
}

/** Its fields carry a prefix of their own: both forms stand on one page. */
function NewAgency({ form, p }: { form: Form; p: AgencyProps }) {
  const T = say(form.f)
  return (
    <form method="post" action="/desk/office/agency" novalidate>
      <NoEnter />
      <input type="hidden" name="parentId" value={p.agency.id} />
      <p class="hint">{T('office.agency.new.what', { name: p.agency.name })}</p>
      <div class="d-grid">
        <Line form={form} name="new.nameZh" label={T('office.name.zh')} lang="zh-CN" />
        <Line form={form} name="new.nameEn" label={T('office.name.en')} lang="en" />
        <Line form={form} name="new.slug" label={T('office.agency.slug.label')} hint={T('office.agency.slug.hint')} />
      </div>
      <details class="d-place-fold" open={first(form.fields, 'new.nameZh') !== ''}>
        <summary>{T('office.agency.areas')}</summary>
        <PlacePicker form={form} name="new.areaCodes" areas={p.below} label={T('office.agency.areas')} />
      </details>
      <button type="submit" class="primary">
        {T('office.agency.new.do')}
      </button>
    </form>
  )
}
