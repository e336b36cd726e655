/** 找错: the form for a fault on a page, its receipt, and looking up what has become of it. Pages of one person, in no index. */
import { type Lang, t } from '../words/index.ts'
import { Paragraphs, When } from './bits.tsx'
import { Issues, type ShownIssue } from './issues.tsx'
import { type Own, OwnPage } from './subscription.tsx'

/** Kinds of fault in the order they are offered. */
export const FAULT_KINDS = ['wording', 'content', 'link', 'stale', 'access', 'other'] as const

export type FaultFields = { page: string; what: string; text: string; contact: string }
const at = (lang: Lang, path: string): string => (lang === 'en' ? `${path}?lang=en` : path)

export function FaultPage(p: Own & { fields: FaultFields; days: number; keepDays: number; issues?: ShownIssue[] }) {
  const { lang, fields } = p
  const T = (key: string, params?: Record<string, string | number>) => t(lang, `gov.fault.${key}`, params)
  return (
    <OwnPage site={p.site} lang={lang} here={p.here} title={T('title')}>
      <p>{T('lead', { days: p.days })}</p>
      <Issues lang={lang} issues={p.issues ?? []} />
      <form method="post" action={at(lang, '/fault/')}>
        <input type="hidden" name="page" value={fields.page} />
        <p class="fault-page">
          {T('page')} <a href={fields.page}>{fields.page}</a>
        </p>
        <fieldset class="field">
          <legend>{T('what')}</legend>
          {FAULT_KINDS.map((kind) => (
            <label class="choice">
              <input type="radio" name="what" value={kind} checked={kind === fields.what} required />
              {T(`what.${kind}`)}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="text">{T('text')}</label>
          <textarea id="text" name="text" rows={5} maxlength={2000} required aria-describedby="text-hint">
            {`\n${fields.text}`}
          </textarea>
          <p class="hint" id="text-hint">
            {T('text.hint')}
          </p>
        </div>
        <div class="field">
          <label for="contact">{T('contact')}</label>
          <input
            id="contact"
            name="contact"
            value={fields.contact}
            maxlength={120}
            autocomplete="email"
            aria-describedby="contact-hint"
          />
          <p class="hint" id="contact-hint">
            {T('contact.hint', { days: p.keepDays })}
          </p>
        </div>
        <p>
          <button type="submit" class="primary">
            {T('send')}
          </button>
        </p>
      </form>
      <p>
        <a href={at(lang, '/fault/look-up')}>{T('look-up')}</a>
      </p>
    </OwnPage>
  )
}

export function FaultTaken(p: Own & { number: string; code: string; dueAt: string | null; page: string }) {
  const { lang } = p
  const T = (key: string) => t(lang, `gov.fault.${key}`)
  return (
    <OwnPage site={p.site} lang={lang} here={p.here} title={T('taken')}>
      <dl class="facts ticket">
        <dt>{T('number')}</dt>
        <dd>{p.number}</dd>
        <dt>{T('code')}</dt>
        <dd>{p.code}</dd>
        {p.dueAt ? (
          <>
            <dt>{T('due')}</dt>
            <dd>
              <When at={p.dueAt} offset={p.site.offset} />
            </dd>
          </>
        ) : null}
      </dl>
      <p role="status">{T('keep')}</p>
      <p>
        <a href={at(lang, '/fault/look-up')}>{T('look-up')}</a>
      </p>
      <p>
        <a href={p.page}>{T('back')}</a>
      </p>
    </OwnPage>
  )
}

export function FaultLookUp(p: Own & { number: string; nothing?: boolean }) {
  const { lang } = p
  const T = (key: string) => t(lang, `gov.fault.${key}`)
  return (
    <OwnPage site={p.site} lang={lang} here={p.here} title={T('look-up')}>
      {p.nothing ? (
        <p class="notice warn" role="alert">
          {T('nothing')}
        </p>
      ) : null}
      <form method="post" action={at(lang, '/fault/look-up')}>
        <div class="field">
          <label for="number">{T('number')}</label>
          <input id="number" name="number" value={p.number} placeholder="F2026-00001" autocomplete="off" required />
        </div>
        <div class="field">
          <label for="code">{T('code')}</label>
          <input id="code" name="code" placeholder="ABCD-2345" autocomplete="off" required />
        </div>
        <p>
          <button type="submit" class="primary">
            {T('look')}
          </button>
        </p>
      </form>
    </OwnPage>
  )
}

export type Told = {
  number: string
  page: string
  at: string
  dueAt: string | null
  state: 'open' | 'answered' | 'refused'
  answer: string
  answeredAt: string | null
}

/** How it stands, with the answer where there is one. Who answered stays inside the office. */
export function FaultState(p: Own & { told: Told }) {
  const { lang, told } = p
  const T = (key: string) => t(lang, `gov.fault.${key}`)
  return (
    <OwnPage site={p.site} lang={lang} here={p.here} title={`${T('title')} · ${told.number}`}>
      <dl class="facts">
        <dt>{T('page')}</dt>
        <dd class="fault-page">
          <a href={told.page}>{told.page}</a>
        </dd>
        <dt>{T('at')}</dt>
        <dd>
          <When at={told.at} offset={p.site.offset} />
        </dd>
        <dt>{T('state')}</dt>
        <dd>{T(`state.${told.state}`)}</dd>
        {told.answeredAt ? (
          <>
            <dt>{T('answered-at')}</dt>
            <dd>
              <When at={told.answeredAt} offset={p.site.offset} />
            </dd>
          </>
        ) : told.dueAt ? (
          <>
            <dt>{T('due')}</dt>
            <dd>
              <When at={told.dueAt} offset={p.site.offset} />
            </dd>
          </>
        ) : null}
      </dl>
      {told.answer ? (
        <section class="after">
          <h2>{T('answer')}</h2>
          <Paragraphs text={told.answer} />
        </section>
      ) : null}
    </OwnPage>
  )
}
