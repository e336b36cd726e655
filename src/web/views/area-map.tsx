/** Areas of an alert as shapes: coordinates as text are what counts, the map shows them and draws them (client/area-map.ts). */
import { boundsOf, degree, discIn, HOME, linesIn, mapFrame, ringIn } from '../../lib/map-frame.ts'
import { idOf } from './bits.tsx'
import { type Form, Issues, Text } from './controls.tsx'
import { first } from './fields.ts'
import { type Frame, say } from './frame.tsx'

export const POLYGONS = 'core.cap.polygons'
export const CIRCLES = 'core.cap.circles'

/** Words the script says, so that it needs no table of its own. */
const WORDS = [
  'polygon',
  'circle',
  'polygons',
  'circles',
  'finish',
  'undo',
  'closer',
  'wider',
  'whole',
  'drawing',
  'radius',
  'point',
  'centre',
  'said',
] as const

export function AreaShapes({ form }: { form: Form }) {
  const T = say(form.f)
  const [polygons, circles] = [first(form.fields, POLYGONS), first(form.fields, CIRCLES)]
  const issues = form.issues.filter((i) => i.field.startsWith(POLYGONS) || i.field.startsWith(CIRCLES))
  const words = Object.fromEntries(WORDS.map((w) => [`data-${w}`, T(`office.map.${w}`)]))
  return (
    <details class="d-shapes" open={polygons + circles !== '' || issues.length > 0}>
      <summary>{T('office.map')}</summary>
      <p class="hint">{T('office.map.what')}</p>
      <p class="hint">
        <strong>{T('office.map.datum')}</strong>
      </p>
      <div data-map id={idOf('map')} {...words}>
        <MapOf f={form.f} polygons={linesIn(polygons)} circles={linesIn(circles)} />
      </div>
      <Issues form={form} issues={issues.filter((i) => /\d$/.test(i.field))} id="shape-issues" />
      <Text
        form={form}
        name={POLYGONS}
        label={T('office.map.polygons')}
        hint={T('office.map.polygons.hint')}
        rows={3}
      />
      <Text form={form} name={CIRCLES} label={T('office.map.circles')} hint={T('office.map.circles.hint')} rows={2} />
    </details>
  )
}

type Shapes = { polygons: readonly string[]; circles: readonly string[] }

/** The picture of shapes: grid, scale, north up. */
export function MapOf({ f, polygons, circles }: Shapes & { f: Frame }) {
  const T = say(f)
  const rings = polygons.map(ringIn)
  const discs = circles.flatMap((c) => discIn(c) ?? [])
  const m = mapFrame(boundsOf(rings, discs) ?? HOME)
  return (
    <svg
      class="d-map"
      viewBox={`0 0 ${m.width} ${m.height}`}
      role="img"
      aria-label={T('office.map.picture', { polygons: polygons.length, circles: circles.length })}
    >
      {m.lons.map((lon) => (
        <>
          <line class="grid" x1={r(m.x(lon))} y1="0" x2={r(m.x(lon))} y2={m.height} />
          <text class="grid-word" x={r(m.x(lon) + 3)} y={m.height - 4}>
            {degree(lon, m.step)}
          </text>
        </>
      ))}
      {m.lats.map((lat) => (
        <>
          <line class="grid" x1="0" y1={r(m.y(lat))} x2={m.width} y2={r(m.y(lat))} />
          <text class="grid-word" x="3" y={r(m.y(lat) - 3)}>
            {degree(lat, m.step)}
          </text>
        </>
      ))}
      {rings.map((ring) => (
        <polygon class="shape" points={ring.map(([lat, lon]) => `${r(m.x(lon))},${r(m.y(lat))}`).join(' ')} />
      ))}
      {discs.map(({ at: [lat, lon], km }) => (
        <circle class="shape" cx={r(m.x(lon))} cy={r(m.y(lat))} r={r(m.px(km))} />
      ))}
      <path class="scale" d={`M${m.width - 16 - r(m.bar.px)} 14v6h${r(m.bar.px)}v-6`} />
      <text class="grid-word" x={m.width - 16} y="34" text-anchor="end">
        {`${m.bar.km} km`}
      </text>
    </svg>
  )
}

const r = (n: number): number => Math.round(n * 10) / 10

/** What a signer sees of it: the picture, and the coordinates for who wants to hold them against a list. */
export function ShapesShown({ f, polygons = [], circles = [] }: { f: Frame } & Partial<Shapes>) {
  if (polygons.length + circles.length === 0) return null
  const T = say(f)
  return (
    <details class="d-shapes" open>
      <summary>{T('office.map.drawn', { n: polygons.length + circles.length })}</summary>
      <MapOf f={f} polygons={polygons} circles={circles} />
      <ul class="d-plan">
        {polygons.map((p) => (
          <li>
            {T('office.map.polygons')} <code>{p}</code>
          </li>
        ))}
        {circles.map((c) => (
          <li>
            {T('office.map.circles')} <code>{c}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
