/** The edge: whether it answers, knows our secret, and shows what is public here. */

import { Refusal } from '../../lib/errors.ts'
import { configured } from '../../lib/http.ts'
import { openFiles } from '../../store/files.ts'
import { openEdge } from '../../store/site-edge.ts'
import { TREES } from '../../store/site-pointer.ts'
import { type Finding, fail, type Look, note, ok } from './finding.ts'

const FAULTS: Readonly<Record<string, string>> = {
  'edge-refuses': 'doctor.edge-secret',
  'edge-clock': 'doctor.edge-clock',
}

export const edge: Look = {
  name: 'edge',
  async run(config, clock) {
    if (!config.edge) return []
    const { url, secret } = config.edge
    const plain: Finding[] =
      url.startsWith('https:') || /^http:\/\/(localhost|127\.|\[::1)/.test(url)
        ? []
        : [fail('doctor.edge-plain', { url })]
    const { site } = openFiles(config)
    try {
      const theirs = await openEdge({ url, secret, call: configured([url]), clock, ...site }).state()
      const apart: string[] = []
      for (const tree of TREES) {
        const ours = await site.pointers.read(tree)
        if ((ours?.root ?? null) !== (theirs[tree]?.root ?? null)) apart.push(tree)
      }
      return [
        ...plain,
        apart.length ? note('doctor.edge-behind', { url, trees: apart.join(', ') }) : ok('doctor.edge', { url }),
      ]
    } catch (err) {
      const code = err instanceof Refusal ? err.code : ''
      const why = err instanceof Refusal ? String(err.params['why'] ?? code) : String(err)
      return [...plain, fail(FAULTS[code] ?? 'doctor.edge-unreachable', { url, why })]
    }
  },
}
