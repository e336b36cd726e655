/** What can be done with a draft: how much is left to put right, save, submit, other kinds. */
import { kinds } from '../../../templates/draft/index.ts'
import type { Kind } from '../../desk/content.ts'
import { Select } from './controls.tsx'
import type { DraftProps } from './draft.tsx'
import { Trouble, WordLinks } from './draft-script.tsx'
import { first } from './fields.ts'
import { say } from './frame.tsx'

/** Saving and submitting stay in reach: beside the text on a desk, along the lower edge of a phone, where trouble is said too. */
export function Actions(p: DraftProps) {
  const T = say(p.f)
  const errors = p.issues.filter((i) => i.severity === 'error').length
  const open = p.hits.filter((h) => !h.resolution).length
  return (
    <section class="d-actions">
      <div class="d-bar">
        <Trouble />
        <p class="d-tally">
          {p.release ? (
            <>
              <a class={errors ? 'late' : 'fine'} href={errors ? '#issue-list' : undefined}>
                {T('desk.tally.issues', { n: errors })}
              </a>
              <span> · </span>
              <a class={open ? 'late' : 'fine'} href={p.hits.length ? '#hits' : undefined}>
                {T('desk.tally.hits', { n: open })}
              </a>
            </>
          ) : (
            T('desk.tally.unsaved')
          )}
        </p>
        <button type="submit" class="primary" name="do" value="save" aria-keyshortcuts="Control+S">
          {T('desk.save')}
        </button>
        <button
          type="submit"
          name="do"
          value="submit"
          disabled={p.release === null}
          aria-keyshortcuts={p.release === null ? undefined : 'Control+Enter'}
        >
          {T('desk.submit')}
        </button>
      </div>
      <p class="hint">{T(p.release ? 'desk.submit.hint' : 'desk.submit.first')}</p>
      <p class="d-aids">
        <button type="submit" class="link" name="do" value="links">
          {T('editor.links')}
        </button>
        {p.release ? <WordLinks f={p.f} number={p.release.number} fields={p.fields} /> : null}
      </p>
      <KindSwitch {...p} />
    </section>
  )
}

/** Changing kind or lane saves what is typed and shows the fields the other one asks for. */
function KindSwitch(p: DraftProps) {
  const T = say(p.f)
  const kind = first(p.fields, 'core.kind') as Kind
  if (p.release && p.release.editionType !== 'first')
    return (
      <>
        <input type="hidden" name="core.kind" value={kind} />
        <input type="hidden" name="core.lane" value={first(p.fields, 'core.lane')} />
      </>
    )
  return (
    <div class="d-kind">
      <Select
        form={p}
        name="core.kind"
        options={Object.keys(kinds).map((k) => ({ value: k, label: T(`kind.${k}`) }))}
      />
      <Select
        form={p}
        name="core.lane"
        options={(kinds[kind] ?? kinds.notice).lanes.map((l) => ({ value: l, label: T(`desk.lane.${l}`) }))}
      />
    </div>
  )
}
