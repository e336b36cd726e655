/**
 * What stands below the first name of a path that is not a public file. Node asks it whether a path waits for the files, the
 * edge whether it goes on to the origin: what is not named here never does.
 */
export type Place = {
  /** `pass`: the edge hands it to the origin; `desk`: only where the operator says so; `stay`: never. */
  edge: 'pass' | 'desk' | 'stay'
  /** No public file ever stands below it. */
  door?: true
  /** Only these of it go on: the rest are public files, and what is not there is nowhere. */
  ending?: string
}

export const PLACES: Readonly<Record<string, Place>> = {
  '/api': { edge: 'pass', door: true },
  // The stylesheet of the site stands here too, and is a public file.
  '/assets': { edge: 'pass' },
  '/desk': { edge: 'desk', door: true },
  '/acknowledge': { edge: 'pass' },
  // PDFs of public pages, which the service makes when asked for.
  '/exercise': { edge: 'pass', ending: '.pdf' },
  '/fault': { edge: 'pass' },
  '/gazette': { edge: 'pass', ending: '.pdf' },
  '/healthz': { edge: 'pass', door: true },
  '/hub': { edge: 'pass' },
  '/invitations': { edge: 'desk', door: true },
  '/mail': { edge: 'pass' },
  '/media': { edge: 'pass', door: true },
  '/metrics': { edge: 'stay', door: true },
  '/preferences': { edge: 'pass' },
  '/print': { edge: 'pass' },
  '/push': { edge: 'pass' },
  '/readyz': { edge: 'stay', door: true },
  '/releases': { edge: 'pass', ending: '.pdf' },
  '/search': { edge: 'pass' },
  '/search.json': { edge: 'pass' },
  '/setup': { edge: 'desk', door: true },
  '/subscribe': { edge: 'pass' },
  '/subscriptions': { edge: 'pass' },
  '/sw.js': { edge: 'pass' },
  '/verify': { edge: 'pass' },
  '/.well-known': { edge: 'pass' },
}

/** `/name` of `/name/rest?query`; of a pattern (`/{token}`) the slash alone. */
export const firstName = (path: string): string => /^\/[^/?{]*/.exec(path)?.[0] ?? ''

export const placeOf = (path: string): Place | undefined => {
  const name = firstName(path)
  return Object.hasOwn(PLACES, name) ? PLACES[name] : undefined
}

/** Whoever goes in here does not wait for files that are silent. */
export const isDoor = (path: string): boolean => placeOf(path)?.door === true
