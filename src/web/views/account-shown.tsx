/** What is shown once: the square to scan, and codes for the envelope. */
import { Qr } from '../../../templates/page/qr.tsx'
import type { Issue } from '../../lib/errors.ts'
import { Secret } from './account-parts.tsx'
import { At } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ')

/** With the square the first time; a wrong code later finds it scanned already. */
export function ScanPage(p: { f: Frame; uri?: string; key?: string; issues?: Issue[] }) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('account.totp')}>
      <div class="d-narrow a-scan">
        <h1>{T('account.totp')}</h1>
        {p.uri && p.key ? (
          <>
            <p>{T('account.scan.lead')}</p>
            <Qr text={p.uri} label={T('account.scan.qr')} />
            <p>
              <a href={p.uri}>{T('account.scan.here')}</a>
            </p>
            <p>
              {T('account.scan.key')}
              <br />
              <code>{inFours(p.key)}</code>
            </p>
          </>
        ) : (
          <p>
            {T('account.scan.again')} <a href="/desk/account">{T('account.scan.anew')}</a>
          </p>
        )}
        <form method="post" action="/desk/account/totp/confirm">
          <Secret
            f={p.f}
            id="scan-factor"
            name="factor"
            label={T('account.scan.code')}
            hint={T('account.scan.code.hint')}
            issues={p.issues ?? []}
            code
          />
          <button type="submit" class="primary">
            {T('account.scan.do')}
          </button>
        </form>
      </div>
    </Page>
  )
}

/** One sheet: fold, seal, sign over the flap. */
export function PaperPage(p: { f: Frame; codes: string[]; email: string }) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('account.paper')} plain>
      <div class="d-narrow a-paper">
        <h1>{T('account.paper')}</h1>
        <p class="notice warn a-screen">{T('account.paper.once')}</p>
        <p>
          {p.f.who?.name} · {p.email}
          <br />
          {p.f.lang === 'en' ? p.f.who?.agencyEn : p.f.who?.agencyZh} · <At f={p.f} at={p.f.now} />
        </p>
        <ol class="a-codes">
          {p.codes.map((code) => (
            <li>
              <code>{`${code.slice(0, 5)} ${code.slice(5)}`}</code>
            </li>
          ))}
        </ol>
        <ul class="small">
          <li>{T('account.paper.rule.1')}</li>
          <li>{T('account.paper.rule.2')}</li>
          <li>{T('account.paper.rule.3')}</li>
        </ul>
        <p class="a-screen">
          {T('account.paper.print')} <a href="/desk/account">{T('account.paper.back')}</a>
        </p>
      </div>
    </Page>
  )
}
