/** Picking areas from the tree they lie in: league, banner, sumu. Works without script; with it places are found by typing. */
import { type Lang, t } from '../words/index.ts'
import { areaTree, type Branch, type PlacedArea } from './area-branches.ts'
import { FieldIssues, type ShownIssue } from './issues.tsx'
import { named } from './site.ts'

type Props = { lang: Lang; areas: PlacedArea[]; ticked: string[]; places?: string; issues?: ShownIssue[] }

/** Where /assets/subscribe.js finds every place there is. */
export const AREAS_JSON = '/subscribe/areas.json'

export function AreaTree({ lang, areas, ticked, places = '', issues = [] }: Props) {
  if (areas.length === 0) return null
  const { roots, whole } = areaTree(areas, ticked)
  const chosen = new Set(ticked)
  return (
    <fieldset class="field places" id="areas" data-places={AREAS_JSON}>
      <legend>{t(lang, 'public.subscribe.areas')}</legend>
      <p class="hint">{t(lang, 'place.hint')}</p>
      <FieldIssues lang={lang} issues={issues} field="areas" />
      <div data-find />
      <ul class="tree">
        {roots.map((branch) => (
          <Place lang={lang} branch={branch} ticked={chosen} open={roots.length === 1} />
        ))}
      </ul>
      {whole ? null : (
        <div class="place-names" id="place-names">
          <label for="places">{t(lang, 'place.names')}</label>
          <FieldIssues lang={lang} issues={issues} field="places" />
          <textarea id="places" name="places" rows={3} aria-describedby="places-hint">
            {places}
          </textarea>
          <p class="hint" id="places-hint">
            {t(lang, 'place.names.hint')}
          </p>
        </div>
      )}
    </fieldset>
  )
}

type PlaceProps = { lang: Lang; branch: Branch; ticked: Set<string>; open: boolean }

function Place({ lang, branch, ticked, open }: PlaceProps) {
  const name = named(branch.name, lang)
  return (
    <li>
      <label class="choice">
        <input type="checkbox" name="areas[]" value={branch.code} checked={ticked.has(branch.code)} />
        {name}
      </label>
      {branch.below > 0 ? (
        <details open={open || branch.children.some((b) => holdsTicked(b, ticked))}>
          <summary>
            <span class="visually-hidden">{name} </span>
            {t(lang, 'place.inside', { n: branch.below })}
          </summary>
          <ul data-in={branch.children.length < branch.below ? branch.code : undefined}>
            {branch.children.map((b) => (
              <Place lang={lang} branch={b} ticked={ticked} open={false} />
            ))}
            {branch.children.length < branch.below ? (
              <li class="hint">
                <a href="#place-names">{t(lang, 'place.names')}</a>
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
