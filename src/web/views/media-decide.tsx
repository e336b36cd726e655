/** Two administrators accredit: one proposes, another agrees, and the way in is made then. */
import { type Frame, say } from './frame.tsx'

export function DecideAccreditation({ f, one: j }: { f: Frame; one: { id: string; name: string; mine: boolean } }) {
  const T = say(f)
  const named = <span class="visually-hidden"> {j.name}</span>
  return (
    <form method="post" action={`/desk/media/${j.id}/decision`} class="d-buttons">
      <p class="small">{T(j.mine ? 'office.accredit.waits' : 'office.accredit.asked')}</p>
      {j.mine ? null : (
        <>
          <label class="choice">
            <input type="checkbox" name="by" value="hand" />
            <span>{T('office.accredit.by-hand')}</span>
          </label>
          <button type="submit" name="verdict" value="apply" class="primary">
            {T('desk.change.apply')}
            {named}
          </button>
        </>
      )}
      <button type="submit" name="verdict" value="refuse">
        {T(j.mine ? 'desk.change.take-back' : 'desk.change.refuse')}
        {named}
      </button>
    </form>
  )
}
