/** How members come in: first setup, and the page behind an invitation. In the frame of the public site, because nobody is signed in yet. */
import { type Lang, t } from '../words/index.ts'
import { When } from './bits.tsx'
import { Issues, type ShownIssue } from './issues.tsx'
import { type Own, OwnPage } from './subscription.tsx'

/** What was typed, by field name; a password never comes back. */
export type Typed = Record<string, string>
type Field = {
  lang: Lang
  name: string
  label: string
  params?: Record<string, string>
  optional?: boolean
  typed: Typed
  hint?: string
  list?: string
  type?: string
  autocomplete?: string
  pattern?: string
  maxlength?: number
}

function TextField(p: Field) {
  const hint = p.hint ? `${p.name}-hint` : undefined
  return (
    <div class="field">
      <label for={p.name}>{t(p.lang, p.label, p.params)}</label>
      <input
        id={p.name}
        name={p.name}
        type={p.type ?? 'text'}
        required={!p.optional}
        maxlength={p.maxlength ?? 160}
        minlength={p.type === 'password' ? 12 : undefined}
        value={p.type === 'password' ? undefined : p.typed[p.name]}
        autocomplete={p.autocomplete ?? 'off'}
        pattern={p.pattern}
        list={p.list}
        aria-describedby={hint}
      />
      {p.hint ? (
        <p class="hint" id={hint}>
          {t(p.lang, p.hint)}
        </p>
      ) : null}
    </div>
  )
}

/** `unlisted`: codes that were typed and are in no list of areas; each may be given its name. */
type SetupProps = Own & { token: string; typed?: Typed; issues?: ShownIssue[]; unlisted?: string[] }

export function SetupPage({ token, typed = {}, issues = [], unlisted = [], ...own }: SetupProps) {
  const { lang } = own
  const field = { lang, typed }
  return (
    <OwnPage {...own} title={t(lang, 'setup.title')}>
      <p>{t(lang, 'setup.lead')}</p>
      <form method="post" action={`/setup?lang=${lang}`}>
        <input type="hidden" name="token" value={token} />
        <Issues lang={lang} issues={issues} />
        <fieldset>
          <legend>
            <h2>{t(lang, 'setup.agency')}</h2>
          </legend>
          <TextField {...field} name="nameZh" label="setup.agency.nameZh" maxlength={120} />
          <TextField {...field} name="nameEn" label="setup.agency.nameEn" />
          <TextField
            {...field}
            name="slug"
            label="setup.agency.slug"
            hint="setup.agency.slug.hint"
            pattern="[a-z0-9][a-z0-9\-]*"
            maxlength={63}
          />
          <TextField
            {...field}
            name="areaCodes"
            label="setup.agency.areaCodes"
            hint="setup.agency.areaCodes.hint"
            pattern="[0-9 ,，、]+"
            maxlength={1400}
          />
          {unlisted.map((code) => (
            <TextField
              {...field}
              name={`areaName.${code}`}
              label="setup.agency.areaName"
              params={{ code }}
              optional
              maxlength={80}
            />
          ))}
        </fieldset>
        <fieldset>
          <legend>
            <h2>{t(lang, 'setup.admin')}</h2>
          </legend>
          <TextField {...field} name="name" label="setup.name" autocomplete="name" maxlength={80} />
          <TextField {...field} name="email" label="setup.email" type="email" autocomplete="username" maxlength={254} />
          <NewPassword {...field} />
        </fieldset>
        <button type="submit" class="primary">
          {t(lang, 'setup.button')}
        </button>
      </form>
    </OwnPage>
  )
}

const NewPassword = (p: { lang: Lang; typed: Typed }) => (
  <TextField
    {...p}
    name="password"
    label="setup.password"
    hint="setup.password.hint"
    type="password"
    autocomplete="new-password"
    maxlength={128}
  />
)

/** `until`: UTC ISO, when the link is good no longer. `origin`: the one place passkeys are good at. */
type InvitationProps = Own & {
  agency: string
  name: string
  email: string
  until: string
  origin: string
  issues?: ShownIssue[]
}

export function InvitationPage({ agency, name, email, until, origin, issues = [], ...own }: InvitationProps) {
  const { lang, here } = own
  return (
    <OwnPage {...own} title={t(lang, 'invitation.title')} script="/assets/passkey.js">
      <p>{t(lang, 'invitation.lead', { agency, name, email })}</p>
      <p>
        {t(lang, 'account.invitation.until')} <When at={until} offset={own.site.offset} />
      </p>
      <h2>{t(lang, 'account.invitation.by-password')}</h2>
      <form method="post" action={`${here}?lang=${lang}`}>
        <Issues lang={lang} issues={issues} />
        <div class="field">
          <label for="email">{t(lang, 'setup.email')}</label>
          <input id="email" type="email" name="email" value={email} autocomplete="username" readonly />
        </div>
        <NewPassword lang={lang} typed={{}} />
        <button type="submit" class="primary">
          {t(lang, 'invitation.button')}
        </button>
      </form>
      <h2>{t(lang, 'account.invitation.by-passkey')}</h2>
      <p>{t(lang, 'account.invitation.by-passkey.lead')}</p>
      <div
        data-passkey="invitation"
        data-at={`${here}/passkey`}
        data-origin={origin}
        data-unable={t(lang, 'account.passkey.unable')}
        data-failed={t(lang, 'account.passkey.failed')}
        data-elsewhere={t(lang, 'account.passkey.elsewhere', { origin })}
      >
        <button type="button" hidden>
          {t(lang, 'account.passkey.make')}
        </button>
        <p role="status" />
        <noscript>
          <p class="hint">{t(lang, 'account.passkey.no-script')}</p>
        </noscript>
      </div>
    </OwnPage>
  )
}

/** All set: sign in. */
export function CameInPage({ about, email, ...own }: Own & { about: 'setup' | 'invitation'; email: string }) {
  const { lang } = own
  return (
    <OwnPage {...own} title={t(lang, `${about}.done.title`)}>
      <p role="status">{t(lang, `${about}.done.lead`, { email })}</p>
      <p>
        <a class="button primary" href={`/desk/login?lang=${lang}`}>
          {t(lang, 'setup.signIn')}
        </a>
      </p>
    </OwnPage>
  )
}
