/** A memory with a ceiling in bytes that forgets what was used longest ago. */

export type Lru<V> = {
  get(key: string): V | undefined
  /** A value larger than the whole ceiling is not kept. */
  set(key: string, value: V, bytes: number): void
  drop(key: string): void
  clear(): void
  /** Bytes held now. */
  size(): number
}

export function lru<V>(maxBytes: number): Lru<V> {
  const held = new Map<string, { value: V; bytes: number }>()
  let size = 0
  const drop = (key: string) => {
    size -= held.get(key)?.bytes ?? 0
    held.delete(key)
  }
  return {
    get(key) {
      const found = held.get(key)
      if (!found) return undefined
      held.delete(key)
      held.set(key, found)
      return found.value
    },
    set(key, value, bytes) {
      drop(key)
      if (bytes > maxBytes) return
      held.set(key, { value, bytes })
      size += bytes
      for (const oldest of held.keys()) {
        if (size <= maxBytes) break
        drop(oldest)
      }
    },
    drop,
    clear() {
      held.clear()
      size = 0
    },
    size: () => size,
  }
}
