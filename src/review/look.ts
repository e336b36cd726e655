/** One look at one file: cleaned, masked where asked for, looked into, its texts gone through. Runs in a thread of its own (file-thread.ts). */
import { lookInto, type Washed, wash } from '../desk/file/look.ts'
import type { Looked, LookTask } from '../desk/looked.ts'
import { findingsInText, isMarked, maskAll } from './file-text.ts'
import { parseWordList, startingWords } from './word-list.ts'

const SHOWN = 60

/** `washed` hears of the file as it will be kept before anybody looks into it. @throws FileFault */
export async function lookAt(task: LookTask, washed: (file: Washed) => void = () => {}): Promise<Looked> {
  const { name, bytes, asIs = false, mask: order = null, words, phones } = task
  const file = await wash({ name, bytes, asIs, order, mask: (text) => maskAll(text, phones) })
  washed(file)
  const { findings, units, columns } = await lookInto(file)
  const list = [...startingWords(), ...parseWordList(words).entries]
  const quiet = (text: string, most: number) => [...maskAll(text, phones)].slice(0, most).join('')
  return {
    type: file.type,
    bytes: file.bytes,
    removed: file.removed,
    findings: [
      ...findings.map((f) => ({ ...f, excerpt: quiet(f.excerpt, SHOWN) })),
      ...findingsInText(units, list, phones),
    ],
    columns: columns.map((c) => ({ ...c, head: quiet(c.head, SHOWN / 2) })),
    marked: isMarked(units),
  }
}
