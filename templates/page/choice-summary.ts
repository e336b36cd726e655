/** What a choice comes to, in one sentence. Pure and small: the browser says it before the button, the service before "confirm". */
import { choiceWords } from '../words/readers.ts'

type Key = keyof typeof choiceWords
type Lang = 'zh' | 'en'

/** `within`: there are places in it, and they come along. `by` is left out where the way is plain. */
export type InWords = {
  urgency?: string | undefined
  frequency?: string | undefined
  topicRule?: string | undefined
  topics: string[]
  areas: { name: string; within: boolean }[]
  language?: string | undefined
  by?: 'mail' | 'push' | 'both' | 'standby' | undefined
}

/** More places than these are counted and not named. */
const NAMED = 5

export function choiceInWords(lang: Lang, c: InWords): string {
  const say = (key: Key, params: Record<string, string | number> = {}): string =>
    choiceWords[key][lang === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))
  const list = (names: string[]) => names.join(say('choice.comma'))
  const placed = c.areas.map((a) => (a.within ? say('choice.within', { place: a.name }) : a.name))
  const more = placed.length - NAMED
  const where = placed.length
    ? list(placed.slice(0, NAMED)) + (more > 0 ? say('choice.more', { n: lang === 'zh' ? placed.length : more }) : '')
    : say('choice.everywhere')
  const what = say(
    c.urgency === 'critical' ? 'choice.critical' : c.urgency === 'important' ? 'choice.important' : 'choice.all',
    { where },
  )
  const all = c.topicRule === 'all' && c.topics.length > 1
  const topics = c.topics.length ? say(all ? 'choice.topics.all' : 'choice.topics', { topics: list(c.topics) }) : ''
  const language = c.language ? say('choice.language', { language: c.language }) : ''
  const often = c.frequency === 'daily' || c.frequency === 'weekly' ? c.frequency : 'at-once'
  const way = c.by ? say(`choice.by.${c.by}`) : ''
  const whole = what + topics + language + (c.by === 'push' ? '' : say(`choice.${often}`)) + way + say('choice.end')
  return say('choice.will', { what: whole })
}
