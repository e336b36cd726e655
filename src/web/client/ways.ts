/** Browser code: mail and notifications by one press. Asks the browser for leave only when the form is sent. */
import { choiceWords } from '../../../templates/words/readers.ts'

type Key = keyof typeof choiceWords
const english = document.documentElement.lang.toLowerCase().startsWith('en')
const say = (key: Key): string => choiceWords[key][english ? 1 : 0]

export type Way = 'mail' | 'push' | 'both' | 'standby'
type Acts = {
  /** Turns notifications on with the form's choices. @returns whether the browser allowed it */
  turnOn(standby: string | undefined): Promise<boolean>
  /** Something was said or changed: shows where things stand, with a sentence of its own. */
  done(said: string): Promise<void>
  failed(error: Error): string
}

/** `show` is called when notifications can be offered in this browser, and when they cannot or are on already. */
export type Ways = { way(): Way | undefined; show(offer: boolean): void }

export function mountWays(form: HTMLFormElement, acts: Acts, changed: () => void): Ways {
  const part = form.querySelector<HTMLElement>('[data-way]')
  const byPush = form.querySelector<HTMLInputElement>('[data-by-push]')
  const uses = form.querySelector<HTMLElement>('[data-uses]')
  const email = form.querySelector<HTMLInputElement>('#email')
  if (!part || !byPush || !uses || !email) return { way: () => undefined, show() {} }
  const label = form.querySelector<HTMLElement>('[data-email-label]')
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  said.className = 'way-said'
  form.querySelector('button[type=submit]')?.before(said)
  const useOf = () => String(new FormData(form).get('use') ?? 'each')
  const pushed = () => byPush.checked && !part.hidden
  const way = (): Way => {
    if (!pushed()) return 'mail'
    if (email.value.trim() === '') return 'push'
    return useOf() === 'standby' ? 'standby' : 'both'
  }
  const settle = (): void => {
    email.required = !pushed()
    uses.hidden = !pushed() || email.value.trim() === ''
    if (label) label.textContent = say(pushed() ? 'ways.mail.optional' : 'ways.mail.required')
    changed()
  }
  byPush.addEventListener('change', settle)
  email.addEventListener('input', settle)

  const send = async (how: Way, button: HTMLButtonElement): Promise<void> => {
    button.disabled = true
    try {
      if (!(await acts.turnOn(how === 'standby' ? email.value.trim() : undefined))) {
        said.textContent = say('ways.denied')
        return
      }
      said.textContent = ''
      // What is left is plain mail: the form goes its usual way, to the page that says what comes next.
      if (how === 'both') return form.submit()
      await acts.done(say(how === 'standby' ? 'ways.done.standby' : 'ways.done'))
    } catch (error) {
      said.textContent = acts.failed(error as Error)
    } finally {
      button.disabled = false
    }
  }
  form.addEventListener('submit', (event) => {
    const how = way()
    if (how === 'mail') return
    event.preventDefault()
    void send(how, form.querySelector('button[type=submit]') as HTMLButtonElement)
  })
  return {
    way,
    show(offer) {
      part.hidden = !offer
      if (!offer) byPush.checked = false
      settle()
    },
  }
}
