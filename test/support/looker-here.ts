/** A looker without a thread: the same look, sooner, where a test is not about threads. */
import { FileFault, type Looker } from '../../src/desk/looked.ts'
import { invalid, issue } from '../../src/lib/errors.ts'
import { lookAt } from '../../src/review/look.ts'

export const lookerHere = (): Looker => ({
  look: (task) =>
    lookAt(task).catch((err: unknown) => {
      if (err instanceof FileFault) throw invalid([issue('file', err.code, { name: task.name })])
      throw err
    }),
  close: async () => {},
})
