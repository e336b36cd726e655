/** A test of what is carried by hand: what to print and to pass on, and the form to tick it off. */
import { type Kit, kitTexts } from '../../../templates/kit/kit.ts'
import { OWN_NAME } from '../../../templates/page/site.ts'
import { IssueList, NoEnter } from './bits.tsx'
import { Choices, type Form, Line } from './controls.tsx'
import { Page, say } from './frame.tsx'
import { KitTextBox } from './kit.tsx'

export type ManualTestProps = Form & { kits: Kit[]; channels: string[] }

export function ManualTestPage(p: ManualTestProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('office.test.kit')}>
      <p>
        <a href="/desk/outlets">{T('desk.outlets')}</a>
      </p>
      <h1>{T('office.test.kit')}</h1>
      <p class="quiet">{T('office.test.kit.what')}</p>
      <p class="d-buttons">
        <a class="button" href="/desk/outlets/manual/test/sheet">
          {T('office.test.kit.sheet')}
        </a>
      </p>
      {p.kits.map((kit) => (
        <section class="d-kit" aria-label={`${T('office.test.kit')} ${OWN_NAME[kit.language]}`}>
          <h2 class="d-rule" lang={kit.language}>
            {OWN_NAME[kit.language]}
          </h2>
          {kitTexts.map((name) => (
            <KitTextBox f={p.f} kit={kit} name={name} />
          ))}
        </section>
      ))}
      <h2 class="d-rule">{T('office.test.kit.tick')}</h2>
      <Tick {...p} />
    </Page>
  )
}

function Tick(p: ManualTestProps) {
  const T = say(p.f)
  const named = p.channels.length ? T('office.test.kit.channels', { names: p.channels.join(T('desk.list-comma')) }) : ''
  const arrived = (['yes', 'no'] as const).map((value) => ({ value, label: T(`office.test.kit.${value}`) }))
  return (
    <form method="post" action="/desk/outlets/manual/test" novalidate>
      <NoEnter />
      <IssueList f={p.f} issues={p.issues} />
      <Line form={p} name="where" max={60} hint={`${T('office.test.kit.where')}${named}`} />
      <Choices form={p} name="arrived" options={arrived} radio />
      <button type="submit" class="primary">
        {T('office.test.kit.do')}
      </button>
    </form>
  )
}
