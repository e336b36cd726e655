/** An agency's own words: what a draft of each kind starts from, and the list of words to avoid with a box to try it on. */
import { kinds } from '../../../templates/draft/index.ts'
import type { Kind } from '../../desk/content.ts'
import type { Start, StartLanguage } from '../../desk/start-words.ts'
import type { WordEntry } from '../../review/word-list.ts'
import { At, NoEnter } from './bits.tsx'
import { type Form, Line, Text } from './controls.tsx'
import { say } from './frame.tsx'
import { OfficeScreenPage } from './office-parts.tsx'

export type StartsProps = Form & {
  agency: { id: string; name: string; own: boolean }
  kinds: { kind: Kind; own: boolean }[]
  kind: Kind
  language: StartLanguage
  start: Start | null
  manage: boolean
  refused?: string
}

export function StartsPage(p: StartsProps) {
  const T = say(p.f)
  const { kind, language } = p
  const data = kinds[kind]
  const here = (k: Kind, l: StartLanguage) => `/desk/office/starts?agency=${p.agency.id}&kind=${k}&language=${l}`
  const lang = language === 'en' ? 'en' : 'zh-CN'
  return (
    <OfficeScreenPage form={p} screen="starts" refused={p.refused} {...(p.agency.own ? {} : { whose: p.agency.name })}>
      <nav aria-label={T('office.starts.kinds')}>
        <ul class="d-tree d-across">
          {p.kinds.map((k) => (
            <li>
              <a href={here(k.kind, language)} aria-current={k.kind === kind ? 'page' : undefined}>
                {T(`public.kind.${k.kind}`)}
              </a>
              {k.own ? <span class="chip">{T('office.starts.own')}</span> : null}
            </li>
          ))}
        </ul>
      </nav>
      <p class="d-links-line">
        {(['zh-CN', 'en'] as const).map((l) => (
          <a href={here(kind, l)} aria-current={l === language ? 'true' : undefined}>
            {T(`field.${l}`)}
          </a>
        ))}
      </p>
      <p>
        {p.start?.own ? (
          <>
            {T('office.starts.is-own')} {p.start.setAt ? <At f={p.f} at={p.start.setAt} /> : null}
          </>
        ) : (
          T(language === 'en' ? 'office.starts.is-none' : 'office.starts.is-shipped')
        )}
      </p>
      <form method="post" action="/desk/office/starts" data-keep novalidate>
        <NoEnter />
        <input type="hidden" name="agencyId" value={p.agency.id} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="language" value={language} />
        <p class="hint">{T('office.starts.how')}</p>
        <Line form={p} name="title" label={T('field.title')} lang={lang} />
        {data.blocks.map((b) => (
          <Text form={p} name={`blocks.${b}`} label={T(`block.${b}`)} rows={2} lang={lang} />
        ))}
        <Text form={p} name="body" label={T('field.body')} rows={6} lang={lang} hint={T('office.starts.body.hint')} />
        {p.manage ? (
          <p class="d-buttons">
            <button type="submit" class="primary" name="do" value="save">
              {T('office.save')}
            </button>
            {p.start?.own ? (
              <button type="submit" name="do" value="drop">
                {T('office.starts.drop')}
              </button>
            ) : null}
          </p>
        ) : (
          <p class="notice">{T('office.admin-only')}</p>
        )}
      </form>
    </OfficeScreenPage>
  )
}

export type WordsProps = Form & {
  agency: { id: string; name: string; own: boolean }
  shipped: WordEntry[]
  own: number
  /** What the sentence that was tried holds; null: nothing was tried. */
  tried: { text: string; entry: WordEntry; own: boolean }[] | null
  manage: boolean
  refused?: string
}

export function WordsPage(p: WordsProps) {
  const T = say(p.f)
  return (
    <OfficeScreenPage form={p} screen="words" refused={p.refused} {...(p.agency.own ? {} : { whose: p.agency.name })}>
      <div class="d-columns">
        <form method="post" action="/desk/office/words" enctype="multipart/form-data" data-keep novalidate>
          <NoEnter />
          <input type="hidden" name="agencyId" value={p.agency.id} />
          <Text
            form={p}
            name="wordList"
            label={T('office.words.list', { n: p.own })}
            hint={T('office.words.how')}
            rows={12}
          />
          {p.manage ? (
            <>
              <div class="field">
                <label for="words-file">{T('office.csv.file')}</label>
                <input id="words-file" name="file" type="file" accept=".csv,text/csv" />
              </div>
              <Try {...p} />
              <p class="d-buttons">
                <button type="submit" name="do" value="try">
                  {T('office.words.try.do')}
                </button>
                <button type="submit" name="do" value="save" class="primary">
                  {T('office.save')}
                </button>
              </p>
            </>
          ) : (
            <>
              <Try {...p} />
              <button type="submit" name="do" value="try">
                {T('office.words.try.do')}
              </button>
            </>
          )}
        </form>
        <div class="d-side">
          <details class="d-fold">
            <summary>{T('office.words.shipped', { n: p.shipped.length })}</summary>
            <ul class="d-plan" tabindex={0} aria-label={T('office.words.shipped', { n: p.shipped.length })}>
              {p.shipped.map((e) => (
                <li>
                  {e.word}
                  {e.suggestion ? ` → ${e.suggestion}` : ''}{' '}
                  <span class="quiet">{T(`office.words.${e.severity}`)}</span>
                </li>
              ))}
            </ul>
          </details>
        </div>
      </div>
    </OfficeScreenPage>
  )
}

/** A sentence is tried on the list as it stands in the box, before it is kept. */
function Try(p: WordsProps) {
  const T = say(p.f)
  return (
    <>
      <Text form={p} name="sentence" label={T('office.words.try')} hint={T('office.words.try.hint')} rows={2} />
      {p.tried ? (
        <div class="notice" role="status">
          {p.tried.length === 0 ? <p>{T('office.words.try.none')}</p> : null}
          <ul class="d-plan">
            {p.tried.map((hit) => (
              <li>
                <mark>{hit.text}</mark> {hit.entry.suggestion ? `→ ${hit.entry.suggestion}` : ''}{' '}
                <span class={hit.entry.severity === 'block' ? 'late' : 'quiet'}>
                  {T(`office.words.${hit.entry.severity}`)} ·{' '}
                  {T(hit.own ? 'office.words.own' : 'office.words.of-service')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}
