/** Picking areas from the tree they lie in, at the desk. Works without script; with it places are found by typing (client/places.ts). */
import { areaTree, type Branch, type PlacedArea } from '../../../templates/page/area-branches.ts'
import type { Issue } from '../../lib/errors.ts'
import { idOf } from './bits.tsx'
import { type Form, Issues } from './controls.tsx'
import type { AreaChoice } from './draft.tsx'
import { every, first } from './fields.ts'
import { type Frame, say } from './frame.tsx'

type Props = {
  form: Form
  /** Path of the list of codes; what is typed by hand goes to `<name>.typed`. */
  name: string
  areas: AreaChoice[]
  label?: string
  hint?: string
}

/** Every place there is, as the desk knows it now: a new one is found before the public pages are built anew. */
export const PLACES_JSON = '/desk/office/areas.json'
/** A tree of this many or fewer stands open: there is nothing to look for. */
const SHORT = 40

const placed = (a: AreaChoice): PlacedArea => ({
  code: a.code,
  name: { zh: a.name, en: a.name },
  parent: a.parent ?? null,
})

export function PlacePicker({ form, name, areas, label, hint }: Props) {
  const T = say(form.f)
  const ticked = [...every(form.fields, name)]
  const { roots, whole } = areaTree(areas.map(placed), ticked)
  const issues = form.issues.filter((i) => i.field === name || i.field.startsWith(`${name}.`))
  const issuesId = `${idOf(name)}-issues`
  return (
    <fieldset
      class="field places"
      id={idOf(name)}
      tabindex={-1}
      data-places={PLACES_JSON}
      data-name={name}
      data-offered={roots.map((r) => r.code).join(' ')}
      aria-describedby={issues.length ? issuesId : undefined}
    >
      <legend>{label ?? T('field.areas')}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      <Issues form={form} issues={spoken(issues)} id={issuesId} />
      {areas.length > SHORT ? <div data-find /> : null}
      <ul class="tree">
        {roots.map((branch) => (
          <Place f={form.f} name={name} branch={branch} ticked={new Set(ticked)} open={areas.length <= SHORT} />
        ))}
      </ul>
      {strangers(areas, ticked).map((code) => (
        <label class="choice">
          <input type="checkbox" name={name} value={code} checked />
          <span>{code}</span>
        </label>
      ))}
      {whole ? null : (
        <div class="place-names" id="place-names">
          <label for="places">{T('place.names')}</label>
          <textarea id="places" name={`${name}.typed`} rows={2} aria-describedby="places-hint">
            {first(form.fields, `${name}.typed`)}
          </textarea>
          <p class="hint" id="places-hint">
            {T('place.names.hint')}
          </p>
        </div>
      )}
    </fieldset>
  )
}

/** What is chosen and not offered stays where it can be seen and taken back. */
const strangers = (areas: AreaChoice[], ticked: string[]): string[] =>
  ticked.filter((code) => code && !areas.some((a) => a.code === code))

/** One finding for a place, however many fields it was typed into. */
const spoken = (issues: Issue[]): Issue[] =>
  issues.filter(
    (i, n) => issues.findIndex((x) => JSON.stringify([x.code, x.params]) === JSON.stringify([i.code, i.params])) === n,
  )

type PlaceProps = { f: Frame; name: string; branch: Branch; ticked: Set<string>; open: boolean }

function Place({ f, name, branch, ticked, open }: PlaceProps) {
  return (
    <li>
      <label class="choice">
        <input type="checkbox" name={name} value={branch.code} checked={ticked.has(branch.code)} />
        {branch.name.zh}
      </label>
      {branch.below > 0 ? (
        <details open={open || branch.children.some((b) => holdsTicked(b, ticked))}>
          <summary>
            <span class="visually-hidden">{branch.name.zh} </span>
            {say(f)('place.inside', { n: branch.below })}
          </summary>
          <ul data-in={branch.children.length < branch.below ? branch.code : undefined}>
            {branch.children.map((b) => (
              <Place f={f} name={name} branch={b} ticked={ticked} open={open} />
            ))}
            {branch.children.length < branch.below ? (
              <li class="hint">
                <a href="#place-names">{say(f)('place.names')}</a>
              </li>
            ) : null}
          </ul>
        </details>
      ) : null}
    </li>
  )
}

const holdsTicked = (b: Branch, ticked: Set<string>): boolean =>
  ticked.has(b.code) || b.children.some((inner) => holdsTicked(inner, ticked))

/** The same behind one line that says what is chosen: for a screen with little room. */
export function PlaceFold(p: Props) {
  const T = say(p.form.f)
  const chosen = p.areas.filter((a) => every(p.form.fields, p.name).includes(a.code)).map((a) => a.name)
  const bad = p.form.issues.some((i) => i.field === p.name || i.field.startsWith(`${p.name}.`))
  return (
    <details class="d-place-fold" open={bad}>
      <summary>
        {p.label ?? T('field.areas')}{' '}
        <span class={chosen.length ? 'own' : 'late'} data-chosen={T('office.place.none')}>
          {chosen.join(T('desk.list-comma')) || T('office.place.none')}
        </span>
      </summary>
      <PlacePicker {...p} />
    </details>
  )
}
