/** Browser code: draws areas on the plain map of the draft form. What it draws it writes as text, and what is typed it draws. */
import {
  type Bounds,
  boundsOf,
  degree,
  discIn,
  HOME,
  type LatLon,
  linesIn,
  type MapFrame,
  mapFrame,
  ringIn,
} from '../../lib/map-frame.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Some ten metres: finer than a finger points. */
const DIGITS = 4

type Handle = { at: LatLon; move: (to: LatLon) => void; remove?: () => void; label: string }

const num = (n: number): string => String(Number(n.toFixed(DIGITS)))
const pair = ([lat, lon]: LatLon): string => `${num(lat)},${num(lon)}`

function make(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text !== undefined) made.textContent = text
  return made
}

/** Whoever draws sees it at once; the two boxes of text stay what is sent. */
export function mountMap(place: HTMLElement): void {
  const form = place.closest('form')
  const polygonBox = form?.querySelector<HTMLTextAreaElement>('textarea[name="core.cap.polygons"]')
  const circleBox = form?.querySelector<HTMLTextAreaElement>('textarea[name="core.cap.circles"]')
  if (!polygonBox || !circleBox) return
  const word = (key: string): string => place.dataset[key] ?? key
  const svg = make('svg', { class: 'd-map drawing', role: 'group', 'aria-label': word('drawing') }) as SVGSVGElement
  const said = document.createElement('p')
  said.className = 'hint'
  said.setAttribute('role', 'status')
  said.textContent = word('said')
  const tools = document.createElement('p')
  tools.className = 'd-buttons d-map-tools'

  let view: Bounds = boundsOf(polygonBox.value ? rings() : [], discs()) ?? HOME
  let frame: MapFrame = mapFrame(view)
  /** Corners of a polygon that is not closed yet; null: points are not being set. */
  let open: LatLon[] | null = null
  let placing = false

  function rings(): LatLon[][] {
    return linesIn(polygonBox?.value ?? '').map(ringIn)
  }
  function discs() {
    return linesIn(circleBox?.value ?? '').flatMap((line) => discIn(line) ?? [])
  }
  function write(box: HTMLTextAreaElement, lines: string[]): void {
    box.value = lines.join('\n')
    box.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const replaceLine = (box: HTMLTextAreaElement, index: number, line: string | null): void => {
    const lines = linesIn(box.value)
    write(box, line === null ? lines.filter((_, i) => i !== index) : lines.map((l, i) => (i === index ? line : l)))
  }
  const closed = (corners: readonly LatLon[]): string => [...corners, corners[0] as LatLon].map(pair).join(' ')
  /** Corners without the one that closes. */
  const cornersOf = (ring: LatLon[]): LatLon[] =>
    ring.length > 1 && pair(ring[0] as LatLon) === pair(ring.at(-1) as LatLon) ? ring.slice(0, -1) : ring

  function handles(): Handle[] {
    const found: Handle[] = []
    for (const [n, ring] of rings().entries()) {
      const corners = cornersOf(ring)
      for (const [i, at] of corners.entries())
        found.push({
          at,
          label: `${word('polygon')} ${n + 1} · ${word('point')} ${i + 1}`,
          move: (to) => replaceLine(polygonBox!, n, closed(corners.map((c, k) => (k === i ? to : c)))),
          remove: () =>
            replaceLine(polygonBox!, n, corners.length > 3 ? closed(corners.filter((_, k) => k !== i)) : null),
        })
    }
    for (const [n, disc] of discs().entries())
      found.push({
        at: disc.at,
        label: `${word('circle')} ${n + 1} · ${word('centre')}`,
        move: (to) => replaceLine(circleBox!, n, `${pair(to)} ${num(disc.km)}`),
        remove: () => replaceLine(circleBox!, n, null),
      })
    for (const [i, at] of (open ?? []).entries())
      found.push({
        at,
        label: `${word('point')} ${i + 1}`,
        move: (to) => {
          open = (open ?? []).map((c, k) => (k === i ? to : c))
          draw()
        },
      })
    return found
  }

  function draw(): void {
    const focused = svg.contains(document.activeElement) ? document.activeElement?.getAttribute('data-n') : null
    frame = mapFrame(view)
    const { width, height, x, y } = frame
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    svg.replaceChildren()
    for (const lon of frame.lons) {
      svg.append(make('line', { class: 'grid', x1: x(lon), y1: 0, x2: x(lon), y2: height }))
      svg.append(make('text', { class: 'grid-word', x: x(lon) + 3, y: height - 4 }, degree(lon, frame.step)))
    }
    for (const lat of frame.lats) {
      svg.append(make('line', { class: 'grid', x1: 0, y1: y(lat), x2: width, y2: y(lat) }))
      svg.append(make('text', { class: 'grid-word', x: 3, y: y(lat) - 3 }, degree(lat, frame.step)))
    }
    const points = (ring: readonly LatLon[]) => ring.map(([lat, lon]) => `${x(lon)},${y(lat)}`).join(' ')
    for (const ring of rings()) svg.append(make('polygon', { class: 'shape', points: points(ring) }))
    for (const { at, km } of discs())
      svg.append(make('circle', { class: 'shape', cx: x(at[1]), cy: y(at[0]), r: frame.px(km) }))
    if (open?.length) svg.append(make('polyline', { class: 'shape open', points: points(open) }))
    svg.append(
      make('path', { class: 'scale', d: `M${width - 16 - frame.bar.px} 14v6h${frame.bar.px}v-6` }),
      make('text', { class: 'grid-word', x: width - 16, y: 34, 'text-anchor': 'end' }, `${frame.bar.km} km`),
    )
    for (const [n, handle] of handles().entries()) svg.append(knob(handle, n))
    if (focused) svg.querySelector<SVGElement>(`[data-n="${focused}"]`)?.focus()
  }

  /** A point that is dragged, or moved by the arrow keys; Delete takes it away. */
  function knob(handle: Handle, n: number): SVGElement {
    const [lat, lon] = handle.at
    const made = make('g', { class: 'knob', tabindex: 0, role: 'button', 'data-n': n })
    made.setAttribute('aria-label', `${handle.label}: ${num(lat)}, ${num(lon)}`)
    made.append(
      make('circle', { class: 'reach', cx: frame.x(lon), cy: frame.y(lat), r: 14 }),
      make('circle', { class: 'dot', cx: frame.x(lon), cy: frame.y(lat), r: 6 }),
    )
    made.addEventListener('keydown', (event) => {
      const step = ((event as KeyboardEvent).shiftKey ? 10 : 1) * (frame.step / 20)
      const by: Record<string, LatLon> = {
        ArrowUp: [step, 0],
        ArrowDown: [-step, 0],
        ArrowLeft: [0, -step],
        ArrowRight: [0, step],
      }
      const key = (event as KeyboardEvent).key
      if (by[key]) {
        event.preventDefault()
        handle.move([lat + by[key][0], lon + by[key][1]])
      } else if ((key === 'Delete' || key === 'Backspace') && handle.remove) {
        event.preventDefault()
        handle.remove()
      }
    })
    made.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      event.stopPropagation()
      made.focus()
      const follow = (e: PointerEvent) => {
        made.setAttribute('transform', `translate(${at(e)[0] - frame.x(lon)} ${at(e)[1] - frame.y(lat)})`)
      }
      const drop = (e: PointerEvent) => {
        removeEventListener('pointermove', follow)
        removeEventListener('pointerup', drop)
        const [px, py] = at(e)
        if (Math.hypot(px - frame.x(lon), py - frame.y(lat)) > 2) handle.move([frame.lat(py), frame.lon(px)])
      }
      addEventListener('pointermove', follow)
      addEventListener('pointerup', drop)
    })
    return made
  }

  /** Where on the drawing, in its own units. */
  function at(event: MouseEvent): [x: number, y: number] {
    const box = svg.getBoundingClientRect()
    return [
      ((event.clientX - box.left) / box.width) * frame.width,
      ((event.clientY - box.top) / box.height) * frame.height,
    ]
  }

  function set(point: LatLon): void {
    if (placing) {
      placing = false
      const km = Number(radius.value) > 0 ? Number(radius.value) : 20
      write(circleBox!, [...linesIn(circleBox!.value), `${pair(point)} ${num(km)}`])
    } else if (open) {
      open = [...open, point]
      draw()
    }
    tell()
  }

  svg.addEventListener('click', (event) => {
    if ((event.target as Element).closest('.knob')) return
    const [px, py] = at(event)
    set([frame.lat(py), frame.lon(px)])
  })

  const button = (key: string, act: () => void): HTMLButtonElement => {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = word(key)
    made.addEventListener('click', () => {
      act()
      draw()
      tell()
    })
    tools.append(made)
    return made
  }
  const zoom = (by: number) => {
    const b = frame.bounds
    const [lat, lon] = [(b.south + b.north) / 2, (b.west + b.east) / 2]
    const [h, w] = [((b.north - b.south) / 2) * by, ((b.east - b.west) / 2) * by]
    view = { south: lat - h, north: lat + h, west: lon - w, east: lon + w }
  }
  /** Without a pointer: a first point or centre in the middle, moved from there by the keys. */
  const middle = (): LatLon => {
    const b = frame.bounds
    return [(b.south + b.north) / 2, (b.west + b.east) / 2]
  }
  button('polygon', () => {
    placing = false
    open = open ?? []
  })
  const addPoint = button('point', () => {
    set(jitter(middle(), open?.length ?? 0))
  })
  const finish = button('finish', () => {
    if (open && open.length >= 3) write(polygonBox, [...linesIn(polygonBox.value), closed(open)])
    open = null
  })
  const undo = button('undo', () => {
    open = open ? open.slice(0, -1) : open
  })
  button('circle', () => {
    open = null
    placing = true
  })
  const radius = document.createElement('input')
  Object.assign(radius, { type: 'number', min: '0.1', step: '0.1', value: '20' })
  const label = document.createElement('label')
  label.append(word('radius'), ' ', radius)
  tools.append(label)
  button('closer', () => zoom(0.5))
  button('wider', () => zoom(2))
  button('whole', () => {
    view = boundsOf(rings(), discs()) ?? HOME
  })
  /** Points set by the keyboard do not lie upon each other. */
  const jitter = ([lat, lon]: LatLon, n: number): LatLon => [
    lat + Math.sin(n * 2.1) * frame.step,
    lon + Math.cos(n * 2.1) * frame.step,
  ]

  function tell(): void {
    addPoint.disabled = open === null && !placing
    finish.disabled = !open || open.length < 3
    undo.disabled = !open?.length
    said.textContent = placing ? word('centre') : open ? `${word('drawing')} (${open.length})` : word('said')
  }

  for (const box of [polygonBox, circleBox]) box.addEventListener('input', draw)
  place.replaceChildren(tools, svg, said)
  draw()
  tell()
}
