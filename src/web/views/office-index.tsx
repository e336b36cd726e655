/** The index of the office: every screen with what is set there and what is missing, in words. */
import type { StateLine } from '../office-state.ts'
import { type Frame, say } from './frame.tsx'
import { OFFICE_SCREENS, type OfficeScreen, officePath } from './office-parts.tsx'

const isScreen = (name: string): name is OfficeScreen => OFFICE_SCREENS.some((s) => s === name)

export function OfficeIndex({ f, lines, manage }: { f: Frame; lines: StateLine[]; manage: boolean }) {
  const T = say(f)
  const missing = lines.filter((l) => l.state === 'missing').length
  return (
    <section class="d-index" id="index">
      <h2 class="d-rule">{T('office.index')}</h2>
      <p class={missing ? 'late' : 'quiet'}>
        {T(missing ? 'office.index.missing' : 'office.index.whole', { n: missing })}
      </p>
      <ul>
        {lines.map((l) => (
          <li class={l.state}>
            <p>
              {isScreen(l.screen) ? (
                <a href={officePath(l.screen)}>{T(`office.${l.screen}`)}</a>
              ) : (
                <strong>{T(`office.${l.screen}`)}</strong>
              )}
              <span class={l.state === 'missing' ? 'chip late' : l.state === 'note' ? 'chip changed' : 'chip'}>
                {T(`office.state.${l.state}`)}
              </span>
            </p>
            <p class="small">{T(`office.is.${l.key}`, spoken(f, l.params))}</p>
          </li>
        ))}
        {OFFICE_SCREENS.filter((s) => s === 'suppression' && manage).map((s) => (
          <li class="set">
            <p>
              <a href={officePath(s)}>{T(`office.${s}`)}</a>
            </p>
            <p class="small">{T(`office.${s}.what`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** On an administrator's own desk: what is still missing before anything can go out, with the way there. */
export function StillMissing({ f, lines }: { f: Frame; lines: StateLine[] }) {
  if (lines.length === 0) return null
  const T = say(f)
  return (
    <div class="notice warn">
      <p>
        <strong>{T('office.still-missing')}</strong>
      </p>
      <ul>
        {lines.map((l) => (
          <li>
            {isScreen(l.screen) ? <a href={officePath(l.screen)}>{T(`office.${l.screen}`)}</a> : null}{' '}
            {T(`office.is.${l.key}`, spoken(f, l.params))}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Roles and outlets by their names. */
function spoken(f: Frame, params: StateLine['params'] = {}): Record<string, string | number> {
  const T = say(f)
  const named = (value: string | number | undefined, key: string) =>
    String(value ?? '')
      .split(' ')
      .filter(Boolean)
      .map((v) => T(`${key}.${v}`))
      .join(T('desk.list-comma'))
  return {
    ...params,
    ...(params['roles'] ? { roles: named(params['roles'], 'role') } : {}),
    ...(params['outlets'] ? { outlets: named(params['outlets'], 'desk.outlet') } : {}),
  }
}
