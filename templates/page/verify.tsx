/** 验真: the page where anyone asks whether a release is ours and still stands, its answer, and how to check without us. */
import type { Language } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { When } from './bits.tsx'
import type { ChangeWord } from './change-word.ts'
import { bothLanguages, Layout } from './layout.tsx'
import { pathTo, type Site } from './site.ts'

type Brief = { number: number; type: ChangeWord; at: string }
type Said = { language: Language; text: string }
export type ShownVerdict =
  | { state: 'unknown' | 'forged' | 'nothing-asked' }
  | {
      state: 'latest' | 'superseded' | 'withdrawn' | 'taken-down' | 'ended'
      number: string
      address: string
      mode: string
      edition: number
      latest: Brief
      history: Brief[]
      title?: Said
      changeNote?: Said
      text?: {
        agrees: boolean
        whole: boolean
        same: number
        lines: number
        first: { line: number; before: string; given: string; says: string } | null
      }
    }
export type VerifyProps = { site: Site; lang: Lang; claim?: string; text?: string; verdict?: ShownVerdict }

/** Without a verdict it is a file like any other; the answer is the same page with the verdict on top. */
export function VerifyPage(p: VerifyProps) {
  const { site, lang } = p
  const name = t(lang, 'verify.title')
  const answer = p.verdict !== undefined
  return (
    <Layout
      site={site}
      lang={lang}
      title={name}
      path={answer ? '/verify/check' : pathTo(site, lang, '/verify/')}
      other={pathTo(site, lang === 'zh' ? 'en' : 'zh', '/verify/')}
      alternates={answer ? [] : bothLanguages(site, '/verify/')}
      description={t(lang, 'verify.lead')}
      noindex={answer}
    >
      <div class="prose">
        <div class="page-head">
          <h1>{name}</h1>
          <p>{t(lang, 'verify.lead')}</p>
        </div>
        {p.verdict ? <Answer {...p} verdict={p.verdict} /> : null}
        <Forms {...p} />
        <Offline {...p} />
      </div>
    </Layout>
  )
}

function Forms({ lang, claim, text }: VerifyProps) {
  return (
    <>
      <form method="get" action="/verify/check">
        <h2>{t(lang, 'verify.by-number')}</h2>
        <input type="hidden" name="lang" value={lang} />
        <div class="field">
          <label for="number">{t(lang, 'verify.number')}</label>
          <input
            id="number"
            name="number"
            required
            maxlength={4000}
            autocomplete="off"
            value={text ? undefined : claim}
            aria-describedby="number-hint"
          />
          <p class="hint" id="number-hint">
            {t(lang, 'verify.number.hint')}
          </p>
        </div>
        <button type="submit" class="primary">
          {t(lang, 'verify.ask')}
        </button>
      </form>
      <form method="post" action={`/verify/check?lang=${lang}`}>
        <h2>{t(lang, 'verify.by-text')}</h2>
        <div class="field">
          <label for="text">{t(lang, 'verify.text')}</label>
          <textarea id="text" name="text" required maxlength={100000} rows={6} aria-describedby="text-hint">
            {text ?? ''}
          </textarea>
          <p class="hint" id="text-hint">
            {t(lang, 'verify.text.hint')}
          </p>
        </div>
        <div class="field">
          <label for="of">{t(lang, 'verify.text.number')}</label>
          <input id="of" name="number" maxlength={4000} autocomplete="off" value={text ? claim : undefined} />
        </div>
        <button type="submit" class="primary">
          {t(lang, 'verify.compare')}
        </button>
      </form>
    </>
  )
}

function Answer({ site, lang, verdict }: VerifyProps & { verdict: ShownVerdict }) {
  if (verdict.state === 'nothing-asked') return null
  if (!('number' in verdict))
    return (
      <section class="verdict bad" role="status">
        <h2>{t(lang, `verify.${verdict.state}`)}</h2>
        <p>{t(lang, `verify.${verdict.state}.why`)}</p>
      </section>
    )
  const { state, text } = verdict
  const differs = text !== undefined && !text.agrees
  const tone = differs || state === 'withdrawn' || state === 'taken-down' ? 'bad' : state === 'latest' ? 'good' : 'old'
  return (
    <section class={`verdict ${tone}`} role="status">
      <h2>{t(lang, differs ? 'verify.differs' : text ? `verify.text.${state}` : `verify.${state}`)}</h2>
      {verdict.mode === 'live' ? null : (
        <p>
          <strong>{t(lang, `public.mode.${verdict.mode}.note`)}</strong>
        </p>
      )}
      {text ? <TextVerdict lang={lang} text={text} /> : null}
      <Facts site={site} lang={lang} verdict={verdict} />
    </section>
  )
}

type Standing = Extract<ShownVerdict, { number: string }>

function TextVerdict({ lang, text }: { lang: Lang; text: NonNullable<Standing['text']> }) {
  const { first } = text
  if (!first)
    return <p>{text.lines === 0 ? t(lang, 'verify.no-lines') : t(lang, text.whole ? 'verify.whole' : 'verify.part')}</p>
  return (
    <>
      <p>{t(lang, 'verify.differs.why', { same: text.same, lines: text.lines })}</p>
      <dl class="facts difference">
        <dt>{t(lang, 'verify.differs.given', { line: first.line })}</dt>
        <dd>
          {first.before ? `…${first.before}` : null}
          <mark>{first.given || t(lang, 'verify.differs.end')}</mark>…
        </dd>
        {first.says ? (
          <>
            <dt>{t(lang, 'verify.differs.says')}</dt>
            <dd>
              …{first.before}
              <mark>{first.says}</mark>…
            </dd>
          </>
        ) : null}
      </dl>
    </>
  )
}

function Facts({ site, lang, verdict }: { site: Site; lang: Lang; verdict: Standing }) {
  const { state, latest, edition, number, address, title, changeNote, history } = verdict
  const gone = state === 'withdrawn' || state === 'taken-down'
  return (
    <dl class="facts">
      <dt>{t(lang, 'public.facts.number')}</dt>
      <dd>
        <a href={address}>{number}</a>
      </dd>
      {title ? (
        <>
          <dt>{t(lang, 'verify.release')}</dt>
          <dd lang={title.language}>
            <a href={address}>{title.text}</a>
          </dd>
        </>
      ) : null}
      {state === 'superseded' ? (
        <>
          <dt>{t(lang, 'verify.yours')}</dt>
          <dd>{t(lang, 'public.edition', { number: edition })}</dd>
        </>
      ) : null}
      <dt>
        {t(
          lang,
          gone ? `public.gone.at.${state === 'withdrawn' ? 'withdrawal' : 'takedown'}` : 'verify.latest-edition',
        )}
      </dt>
      <dd>
        {gone
          ? null
          : `${t(lang, 'public.edition', { number: latest.number })} · ${t(lang, `public.type.${latest.type}`)} · `}
        <When at={latest.at} offset={site.offset} />
      </dd>
      {changeNote && state === 'superseded' ? (
        <>
          <dt>{t(lang, 'verify.changed')}</dt>
          <dd lang={changeNote.language}>{changeNote.text}</dd>
        </>
      ) : null}
      {history.length > 1 ? (
        <>
          <dt>{t(lang, 'public.record')}</dt>
          <dd>
            <ol class="plain">
              {history.map((h) => (
                <li>
                  {t(lang, 'public.edition', { number: h.number })} · {t(lang, `public.type.${h.type}`)} ·{' '}
                  <When at={h.at} offset={site.offset} />
                </li>
              ))}
            </ol>
          </dd>
        </>
      ) : null}
    </dl>
  )
}

/** Checks the seal of a receipt with the public keys and nothing of ours; Node alone is needed. Held by a test that runs it. */
export const offlineCheck = (publicUrl: string): string => `curl -sO ${publicUrl}/.well-known/jwks.json
curl -sO ${publicUrl}/releases/2026-000042/receipt.json
node -e '
const { readFileSync } = require("fs"), { createPublicKey, verify } = require("crypto")
const read = (file) => JSON.parse(readFileSync(file))
const [head, body, mark] = read("receipt.json").seal.split(".")
const bytes = (text) => Buffer.from(text, "base64url")
const { kid } = JSON.parse(bytes(head))
const key = createPublicKey({ key: read("jwks.json").keys.find((k) => k.kid === kid), format: "jwk" })
console.log(verify(null, Buffer.from(head + "." + body), key, bytes(mark)), JSON.parse(bytes(body)))'`

function Offline({ site, lang }: VerifyProps) {
  return (
    <section class="offline">
      <h2>{t(lang, 'verify.offline')}</h2>
      <ol>
        <li>{t(lang, 'verify.offline.1')}</li>
        <li>
          {t(lang, 'verify.offline.2')} <a href="/.well-known/jwks.json">jwks.json</a>
        </li>
        <li>{t(lang, 'verify.offline.3')}</li>
      </ol>
      <section class="scroll" tabindex={0} aria-label={t(lang, 'verify.offline.commands')}>
        <pre>
          <code>{offlineCheck(site.publicUrl)}</code>
        </pre>
      </section>
      <p class="quiet">{t(lang, 'verify.offline.limits')}</p>
    </section>
  )
}
