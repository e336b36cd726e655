/** The draft form with a script: bodies as paper, words kept while they are typed, who else is there, how many it reaches. A bundle of its own. */
import { enrich } from './writing/body.ts'
import { keepDraft } from './writing/keep.ts'
import { trouble, watchDraft } from './writing/presence.ts'
import { watchReach } from './writing/reach.ts'
import { readWords, said } from './writing/words.ts'

/** A form sent into nothing would be replaced by the browser's own page: it stays until the desk answers. */
function sendWhenReached(form: HTMLFormElement, flush: () => Promise<void>, reached: () => Promise<boolean>): void {
  let sure = false
  form.addEventListener(
    'submit',
    async (event) => {
      if (sure || navigator.onLine) {
        sure = false
        void flush()
        return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      await flush()
      trouble(said('offline'))
      if (!(await reached())) return
      sure = true
      form.requestSubmit((event as SubmitEvent).submitter)
    },
    { capture: true },
  )
}

function begin(form: HTMLFormElement): void {
  readWords()
  for (const area of form.querySelectorAll<HTMLTextAreaElement>('textarea[data-rich]')) enrich(area)
  watchReach(form)
  const keeper = keepDraft(form)
  sendWhenReached(form, () => keeper.flushDue(), watchDraft(form, keeper))
}

const form = document.querySelector<HTMLFormElement>('form[data-autosave]')
if (form) begin(form)
