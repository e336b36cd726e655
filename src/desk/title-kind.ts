/** A first guess at the kind of release from its title; a person confirms it. */
import type { Kind } from './content.ts'

const SIGNS: [Kind, RegExp][] = [
  ['interpretation', /解读/],
  ['press-conference', /发布会/],
  ['warning', /预警/],
  ['response', /应急响应/],
  ['incident-final', /终报/],
  ['incident-update', /续报/],
  ['incident-notice', /首报|情况通报/],
  ['clarification', /澄清|辟谣|情况说明/],
  ['notice', /(?:公告|通告|公示)(?:[（(].*[）)])?$/],
  ['policy', /(?:通知|意见|决定|决议|办法|规定|细则|方案|要点|批复)(?:[（(].*[）)])?$/],
]

/** The kind whose sign the title carries, the most telling first, names of other documents apart; undefined where it has none. */
export function kindOfTitle(title: string): Kind | undefined {
  const own = title.replace(/《[^》]*》/g, '《》')
  return SIGNS.find(([, sign]) => sign.test(own))?.[0]
}
