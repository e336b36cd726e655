/** Browser code: draws areas on the plain map of the draft form. What it draws it writes as text, and what is typed it draws. */
import {
  type Bounds,
  boundsOf,
  type Disc,
  discIn,
  HOME,
  type LatLon,
  linesIn,
  type MapFrame,
  mapFrame,
  ringIn,
} from '../../lib/map-frame.ts'
import { addLine, cornersOf, grid, make, num, pair, replaceLine, ringText, scaleBar } from './map-parts.ts'

/** A point somebody can take hold of. */
type Handle = { at: LatLon; label: string; move: (to: LatLon) => void; remove?: () => void }
type Boxes = { polygons: HTMLTextAreaElement; circles: HTMLTextAreaElement }

const USUAL_RADIUS = 20

/** Whoever draws sees it at once; the two boxes of text stay what is sent. */
export function mountMap(place: HTMLElement): void {
  const form = place.closest('form')
  const box = (name: string) => form?.querySelector<HTMLTextAreaElement>(`textarea[name="core.cap.${name}"]`)
  const [polygons, circles] = [box('polygons'), box('circles')]
  if (polygons && circles) new AreaMap(place, { polygons, circles }).mount()
}

class AreaMap {
  readonly #place: HTMLElement
  readonly #boxes: Boxes
  readonly #svg: SVGElement
  readonly #said = document.createElement('p')
  readonly #tools = document.createElement('p')
  readonly #radius = document.createElement('input')
  readonly #buttons = new Map<string, HTMLButtonElement>()
  #view: Bounds
  #frame: MapFrame
  /** Corners of a polygon that is not closed yet; null: none is being drawn. */
  #open: LatLon[] | null = null
  /** The next point is the centre of a circle. */
  #placing = false

  constructor(place: HTMLElement, boxes: Boxes) {
    this.#place = place
    this.#boxes = boxes
    this.#svg = make('svg', { class: 'd-map drawing', role: 'group', 'aria-label': this.#word('drawing') })
    this.#view = boundsOf(this.#rings(), this.#discs()) ?? HOME
    this.#frame = mapFrame(this.#view)
  }

  mount(): void {
    this.#said.className = 'hint'
    this.#said.setAttribute('role', 'status')
    this.#tools.className = 'd-buttons d-map-tools'
    this.#fillTools()
    this.#svg.addEventListener('click', (event) => {
      if (!(event.target as Element).closest('.knob')) this.#set(this.#pointAt(event))
    })
    for (const box of Object.values(this.#boxes)) box.addEventListener('input', () => this.#draw())
    this.#place.replaceChildren(this.#tools, this.#svg, this.#said)
    this.#draw()
    this.#tell()
  }

  #word(key: string): string {
    return this.#place.dataset[key] ?? key
  }
  #rings(): LatLon[][] {
    return linesIn(this.#boxes.polygons.value).map(ringIn)
  }
  /** A line that is no circle keeps its place, so that lines and circles count alike. */
  #discs(): (Disc & { line: number })[] {
    return linesIn(this.#boxes.circles.value).flatMap((text, line) => {
      const disc = discIn(text)
      return disc ? [{ ...disc, line }] : []
    })
  }

  #fillTools(): void {
    this.#button('polygon', () => {
      this.#placing = false
      this.#open ??= []
    })
    // Without a pointer: a point in the middle, moved from there by the keys.
    this.#button('point', () => this.#set(this.#middle(this.#open?.length ?? 0)))
    this.#button('finish', () => this.#finish())
    this.#button('undo', () => {
      this.#open = this.#open?.slice(0, -1) ?? null
    })
    this.#button('circle', () => {
      this.#open = null
      this.#placing = true
    })
    Object.assign(this.#radius, { type: 'number', min: '0.1', step: '0.1', value: String(USUAL_RADIUS) })
    const label = document.createElement('label')
    label.append(this.#word('radius'), ' ', this.#radius)
    this.#tools.append(label)
    this.#button('closer', () => this.#zoom(0.5))
    this.#button('wider', () => this.#zoom(2))
    this.#button('whole', () => {
      this.#view = boundsOf(this.#rings(), this.#discs()) ?? HOME
    })
  }

  #button(key: string, act: () => void): void {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = this.#word(key)
    made.addEventListener('click', () => {
      act()
      this.#draw()
      this.#tell()
    })
    this.#buttons.set(key, made)
    this.#tools.append(made)
  }

  #tell(): void {
    const off = (key: string, disabled: boolean) => {
      const button = this.#buttons.get(key)
      if (button) button.disabled = disabled
    }
    off('point', this.#open === null && !this.#placing)
    off('finish', (this.#open?.length ?? 0) < 3)
    off('undo', !this.#open?.length)
    this.#said.textContent = this.#placing
      ? this.#word('centre')
      : this.#open
        ? `${this.#word('drawing')} (${this.#open.length})`
        : this.#word('said')
  }

  #set(point: LatLon): void {
    if (this.#placing) {
      this.#placing = false
      const km = Number(this.#radius.value) > 0 ? Number(this.#radius.value) : USUAL_RADIUS
      addLine(this.#boxes.circles, `${pair(point)} ${num(km)}`)
    } else if (this.#open) {
      this.#open = [...this.#open, point]
      this.#draw()
    }
    this.#tell()
  }

  #finish(): void {
    if (this.#open && this.#open.length >= 3) addLine(this.#boxes.polygons, ringText(this.#open))
    this.#open = null
  }

  #zoom(by: number): void {
    const { south, north, west, east } = this.#frame.bounds
    const [lat, lon] = [(south + north) / 2, (west + east) / 2]
    const [h, w] = [((north - south) / 2) * by, ((east - west) / 2) * by]
    this.#view = { south: lat - h, north: lat + h, west: lon - w, east: lon + w }
  }

  /** Points set by the keyboard do not lie upon each other. */
  #middle(n: number): LatLon {
    const { bounds, step } = this.#frame
    return [
      (bounds.south + bounds.north) / 2 + Math.sin(n * 2.1) * step,
      (bounds.west + bounds.east) / 2 + Math.cos(n * 2.1) * step,
    ]
  }

  #pixelAt(event: MouseEvent): [x: number, y: number] {
    const box = this.#svg.getBoundingClientRect()
    const { width, height } = this.#frame
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height]
  }
  #pointAt(event: MouseEvent): LatLon {
    const [x, y] = this.#pixelAt(event)
    return [this.#frame.lat(y), this.#frame.lon(x)]
  }

  #draw(): void {
    const held = this.#svg.contains(document.activeElement) ? document.activeElement?.getAttribute('data-n') : null
    this.#frame = mapFrame(this.#view)
    const { width, height, x, y, px } = this.#frame
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    const points = (ring: readonly LatLon[]) => ring.map(([lat, lon]) => `${x(lon)},${y(lat)}`).join(' ')
    this.#svg.replaceChildren(
      ...grid(this.#frame),
      ...this.#rings().map((ring) => make('polygon', { class: 'shape', points: points(ring) })),
      ...this.#discs().map((d) => make('circle', { class: 'shape', cx: x(d.at[1]), cy: y(d.at[0]), r: px(d.km) })),
      ...(this.#open?.length ? [make('polyline', { class: 'shape open', points: points(this.#open) })] : []),
      ...scaleBar(this.#frame),
      ...this.#handles().map((handle, n) => this.#knob(handle, n)),
    )
    if (held) this.#svg.querySelector<SVGElement>(`[data-n="${held}"]`)?.focus()
  }

  #handles(): Handle[] {
    return [...this.#rings().flatMap((ring, n) => this.#corners(ring, n)), ...this.#centres(), ...this.#openPoints()]
  }

  #corners(ring: LatLon[], n: number): Handle[] {
    const { polygons } = this.#boxes
    const corners = cornersOf(ring)
    return corners.map((at, i) => ({
      at,
      label: `${this.#word('polygons')} ${n + 1} · ${i + 1}`,
      move: (to) => replaceLine(polygons, n, ringText(corners.map((c, k) => (k === i ? to : c)))),
      // Two corners are no area: the last triangle goes whole.
      remove: () => replaceLine(polygons, n, corners.length > 3 ? ringText(corners.filter((_, k) => k !== i)) : null),
    }))
  }

  #centres(): Handle[] {
    const { circles } = this.#boxes
    return this.#discs().map(({ at, km, line }) => ({
      at,
      label: `${this.#word('circles')} ${line + 1}`,
      move: (to) => replaceLine(circles, line, `${pair(to)} ${num(km)}`),
      remove: () => replaceLine(circles, line, null),
    }))
  }

  #openPoints(): Handle[] {
    return (this.#open ?? []).map((at, i) => ({
      at,
      label: `${this.#word('polygons')} · ${i + 1}`,
      move: (to) => {
        this.#open = (this.#open ?? []).map((c, k) => (k === i ? to : c))
        this.#draw()
      },
    }))
  }

  /** A point that is dragged, or moved by the arrow keys; Delete takes it away. */
  #knob(handle: Handle, n: number): SVGElement {
    const [lat, lon] = handle.at
    const [cx, cy] = [this.#frame.x(lon), this.#frame.y(lat)]
    const label = `${handle.label}: ${num(lat)}, ${num(lon)}`
    const made = make('g', { class: 'knob', tabindex: 0, role: 'button', 'data-n': n, 'aria-label': label })
    made.append(make('circle', { class: 'reach', cx, cy, r: 14 }), make('circle', { class: 'dot', cx, cy, r: 6 }))
    made.addEventListener('keydown', (event) => this.#byKey(event, handle))
    made.addEventListener('pointerdown', (event) => this.#drag(event, made, handle, [cx, cy]))
    return made
  }

  #byKey(event: KeyboardEvent, { at: [lat, lon], move, remove }: Handle): void {
    const step = (event.shiftKey ? 10 : 1) * (this.#frame.step / 20)
    const to = new Map<string, LatLon>([
      ['ArrowUp', [lat + step, lon]],
      ['ArrowDown', [lat - step, lon]],
      ['ArrowLeft', [lat, lon - step]],
      ['ArrowRight', [lat, lon + step]],
    ]).get(event.key)
    const act = to ? () => move(to) : event.key === 'Delete' || event.key === 'Backspace' ? remove : undefined
    if (!act) return
    event.preventDefault()
    act()
  }

  #drag(event: PointerEvent, knob: SVGElement, handle: Handle, [cx, cy]: [number, number]): void {
    event.preventDefault()
    knob.focus()
    const follow = (e: PointerEvent) => {
      const [x, y] = this.#pixelAt(e)
      knob.setAttribute('transform', `translate(${x - cx} ${y - cy})`)
    }
    const drop = (e: PointerEvent) => {
      removeEventListener('pointermove', follow)
      const [x, y] = this.#pixelAt(e)
      if (Math.hypot(x - cx, y - cy) > 2) handle.move(this.#pointAt(e))
    }
    addEventListener('pointermove', follow)
    addEventListener('pointerup', drop, { once: true })
  }
}
