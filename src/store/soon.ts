/** A value that may be there already: what is in memory is answered without a promise. */
export type Soon<T> = T | Promise<T>

export const isLater = <T>(value: Soon<T>): value is Promise<T> => value instanceof Promise

export const whenReady = <A, B>(value: Soon<A>, next: (value: A) => Soon<B>): Soon<B> =>
  isLater(value) ? value.then(next) : next(value)
