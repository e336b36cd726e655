/** The fields a subscriber chooses by: language, urgency, when to be told, topics, areas. */
import type { Child } from 'hono/jsx'
import type { Language, TopicFace } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import type { PlacedArea } from './area-branches.ts'
import { AreaTree } from './area-tree.tsx'
import { FieldIssues, issuesAt, type ShownIssue } from './issues.tsx'
import { named, OWN_NAME } from './site.ts'

/** What readers can choose from. */
/** A retired topic is offered only to those who have it. */
export type Offered = { topics: (TopicFace & { retired?: boolean })[]; areas: PlacedArea[] }
/** What is ticked; without topics or areas it is all of them. */
export type Chosen = {
  language: string
  urgency?: string
  frequency?: string
  zone?: string
  topicRule?: string
  topics?: string[]
  areas?: string[]
  /** Names of places, one a line, as they were typed. */
  places?: string
}

const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
const URGENCIES = ['normal', 'important', 'critical'] as const
const FREQUENCIES = ['at-once', 'daily', 'weekly'] as const

type Fields = { lang: Lang; offered: Offered; chosen: Chosen; offset: string; mail?: boolean; issues?: ShownIssue[] }

/** `offset` is the site's own; `mail`: what is chosen for can hold a digest. */
export function ChoiceFields({ lang, offered, chosen, offset, mail = true, issues = [] }: Fields) {
  return (
    <>
      <div class="field">
        <label for="language">{t(lang, 'public.subscribe.language')}</label>
        <select id="language" name="language">
          {LANGUAGES.map((l) => (
            <option value={l} lang={l} selected={l === chosen.language}>
              {OWN_NAME[l]}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="field">
        <legend>{t(lang, 'public.subscribe.urgency')}</legend>
        {URGENCIES.map((urgency) => (
          <label class="choice">
            <input type="radio" name="urgency" value={urgency} checked={urgency === (chosen.urgency ?? 'normal')} />
            {t(lang, `public.subscribe.urgency.${urgency}`)}
          </label>
        ))}
      </fieldset>
      {mail ? <When lang={lang} chosen={chosen} offset={offset} issues={issues} /> : null}
      <Ticks
        lang={lang}
        name="topics"
        ticked={chosen.topics ?? []}
        options={offered.topics
          .filter((x) => !x.retired || chosen.topics?.includes(x.slug))
          .map((x) => ({ value: x.slug, label: named(x.name, lang) }))}
        issues={issues}
      >
        <TopicRule lang={lang} chosen={chosen} />
      </Ticks>
      <AreaTree
        lang={lang}
        areas={offered.areas}
        ticked={chosen.areas ?? []}
        places={chosen.places ?? ''}
        issues={issues}
      />
      <p class="in-words" id="in-words" aria-live="polite" data-in-words />
    </>
  )
}

/** At once or as a digest, and by whose clock. */
function When({ lang, chosen, offset, issues = [] }: Pick<Fields, 'lang' | 'chosen' | 'offset' | 'issues'>) {
  const zone = chosen.zone ?? ''
  return (
    <fieldset class="field" id="frequency">
      <legend>{t(lang, 'public.subscribe.frequency')}</legend>
      <FieldIssues lang={lang} issues={issues} field="frequency" />
      {FREQUENCIES.map((frequency) => (
        <label class="choice">
          <input
            type="radio"
            name="frequency"
            value={frequency}
            checked={frequency === (chosen.frequency ?? 'at-once')}
          />
          {t(lang, `public.subscribe.frequency.${frequency}`)}
        </label>
      ))}
      <p class="hint">{t(lang, 'public.subscribe.frequency.flash')}</p>
      <label for="zone" class="sub">
        {t(lang, 'public.subscribe.zone')}
      </label>
      <FieldIssues lang={lang} issues={issues} field="zone" />
      <select
        id="zone"
        name="zone"
        aria-invalid={issuesAt(issues, 'zone').length ? 'true' : undefined}
        aria-describedby={issuesAt(issues, 'zone').length ? 'zone-issue' : undefined}
      >
        <option value="" selected={zone === ''}>
          {t(lang, 'public.subscribe.zone.site', { offset })}
        </option>
        {[...new Set([...(zone ? [zone] : []), ...ZONES])].map((z) => (
          <option value={z} selected={z === zone}>
            {z.includes('/') ? z : `UTC${z}`}
          </option>
        ))}
      </select>
    </fieldset>
  )
}

/** Offsets in use anywhere; a program may also give a name such as Asia/Urumqi, which then stands first. */
const ZONES = (
  '-11:00 -10:00 -09:30 -09:00 -08:00 -07:00 -06:00 -05:00 -04:00 -03:30 -03:00 -02:00 -01:00 +00:00 +01:00 +02:00 +03:00 +03:30 ' +
  '+04:00 +04:30 +05:00 +05:30 +05:45 +06:00 +06:30 +07:00 +08:00 +08:45 +09:00 +09:30 +10:00 +10:30 +11:00 +12:00 +12:45 +13:00 +14:00'
).split(' ')

/** Asked of those who tick several topics; without effect for one or none. */
const TopicRule = ({ lang, chosen }: Pick<Fields, 'lang' | 'chosen'>) => (
  <div class="topic-rule">
    <p class="hint">{t(lang, 'public.subscribe.rule')}</p>
    {(['any', 'all'] as const).map((rule) => (
      <label class="choice">
        <input type="radio" name="topicRule" value={rule} checked={rule === (chosen.topicRule ?? 'any')} />
        {t(lang, `public.subscribe.rule.${rule}`)}
      </label>
    ))}
  </div>
)

type Option = { value: string; label: string }
type TicksProps = {
  lang: Lang
  name: 'topics'
  options: Option[]
  ticked: string[]
  issues: ShownIssue[]
  children?: Child
}

/** More than fit on a screen are folded away, unless something among them is ticked. */
const FOLD_FROM = 24

function Ticks(p: TicksProps) {
  if (p.options.length === 0) return null
  return (
    <fieldset class="field" id={p.name}>
      <legend>{t(p.lang, `public.subscribe.${p.name}`)}</legend>
      <FieldIssues lang={p.lang} issues={p.issues} field={p.name} />
      <p class="hint">{t(p.lang, 'public.subscribe.none')}</p>
      {p.options.length < FOLD_FROM ? (
        <Boxes {...p} />
      ) : (
        <details open={p.ticked.length > 0}>
          <summary>{t(p.lang, 'subscription.choose', { n: p.options.length })}</summary>
          <Boxes {...p} />
        </details>
      )}
      {p.options.length > 1 ? p.children : null}
    </fieldset>
  )
}

function Boxes(p: TicksProps) {
  return (
    <div class="choices">
      {p.options.map((option) => (
        <label class="choice">
          <input type="checkbox" name={`${p.name}[]`} value={option.value} checked={p.ticked.includes(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  )
}
