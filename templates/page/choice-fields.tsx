/** The fields a subscriber chooses by: language, urgency, topics, areas. */
import type { AreaFace, Language, TopicFace } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { named, OWN_NAME } from './site.ts'

/** What readers can choose from. */
export type Offered = { topics: TopicFace[]; areas: AreaFace[] }
/** What is ticked; without topics or areas it is all of them. */
export type Chosen = { language: string; urgency?: string; topics?: string[]; areas?: string[] }

const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
const URGENCIES = ['normal', 'important', 'critical'] as const

export function ChoiceFields({ lang, offered, chosen }: { lang: Lang; offered: Offered; chosen: Chosen }) {
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
      <Ticks
        lang={lang}
        name="topics"
        ticked={chosen.topics ?? []}
        options={offered.topics.map((x) => ({ value: x.slug, label: named(x.name, lang) }))}
      />
      <Ticks
        lang={lang}
        name="areas"
        ticked={chosen.areas ?? []}
        options={offered.areas.map((x) => ({ value: x.code, label: named(x.name, lang) }))}
      />
    </>
  )
}

type Option = { value: string; label: string }
type TicksProps = { lang: Lang; name: 'topics' | 'areas'; options: Option[]; ticked: string[] }

/** More than fit on a screen are folded away, unless something among them is ticked. */
const FOLD_FROM = 24

function Ticks(p: TicksProps) {
  if (p.options.length === 0) return null
  return (
    <fieldset class="field">
      <legend>{t(p.lang, `public.subscribe.${p.name}`)}</legend>
      <p class="hint">{t(p.lang, 'public.subscribe.none')}</p>
      {p.options.length < FOLD_FROM ? (
        <Boxes {...p} />
      ) : (
        <details open={p.ticked.length > 0}>
          <summary>{t(p.lang, 'subscription.choose', { n: p.options.length })}</summary>
          <Boxes {...p} />
        </details>
      )}
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
