/**
 * A bell says that rows have changed; it never carries them. Losing a ring loses nothing, because a sweep finds the rows
 * again, so no ring is stored, repeated or confirmed.
 */
export type Bell = {
  /** Wakes everyone who listens to the topic, in this and every other process. Never throws and never waits. */
  ring(topic: string, id: string): void
  /** Calls `fn` with the id of each ring, also of rings from here; returns what takes it off again. */
  on(topic: string, fn: (id: string) => void): () => void
  /** Whether rings reach other processes now, and theirs reach this one. */
  ready(): boolean
  close(): Promise<void>
}

/** Told of a listener that threw and of a bell that lost its wire. */
export type BellTrouble = (err: unknown, what: string) => void

/** Who listens to what in this thread; the wire of each bell brings the rings here. */
export type Listeners = {
  on: Bell['on']
  /** Calls each listener after the present work is done; one that throws does not stop the others. */
  deliver(topic: string, id: string): void
  clear(): void
}

export function listeners(trouble: BellTrouble): Listeners {
  const byTopic = new Map<string, Set<{ fn: (id: string) => void }>>()
  return {
    on(topic, fn) {
      const one = { fn } // the same function may listen twice and leave once
      const those = byTopic.get(topic) ?? new Set()
      byTopic.set(topic, those.add(one))
      return () => {
        those.delete(one)
        if (those.size === 0 && byTopic.get(topic) === those) byTopic.delete(topic)
      }
    },
    deliver(topic, id) {
      queueMicrotask(() => {
        for (const { fn } of [...(byTopic.get(topic) ?? [])]) {
          try {
            fn(id)
          } catch (err) {
            trouble(err, `a listener to ${topic}`)
          }
        }
      })
    },
    clear: () => byTopic.clear(),
  }
}
