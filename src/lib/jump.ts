/** Notices when the wall clock was set: it has then moved otherwise than the clock that only goes forward. */
import type { Clock } from './clock.ts'

/** @returns a function that says by how many milliseconds the clock was moved since it was last asked; 0 for less than `least` */
export function jumpWatch(clock: Clock, least = 2000): () => number {
  let wall = clock.ms()
  let ticks = clock.ticks()
  return () => {
    const [nowWall, nowTicks] = [clock.ms(), clock.ticks()]
    const moved = nowWall - wall - (nowTicks - ticks)
    ;[wall, ticks] = [nowWall, nowTicks]
    return Math.abs(moved) < least ? 0 : Math.round(moved)
  }
}
