/**
 * What is made when it is first asked for, and once. A screen shows a tenth of what was measured, a file all of it; both read
 * the same objects.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same for each object that it is asked for, as long as that lives; none of them changes. */
export function onceFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new WeakMap<Key, { readonly value: T }>();
  return (key) => {
    let found = made.get(key);
    if (found === undefined) {
      found = { value: make(key) };
      made.set(key, found);
    }
    return found.value;
  };
}

/** To whoever reads, copies or writes it an object as any other: what is known, and then what is still to be made. */
export function lazily<Known extends object, Made extends object>(
  known: Known,
  makers: { readonly [Key in keyof Made]: () => Made[Key] },
): Known & Made {
  const object = { ...known };
  for (const [key, make] of Object.entries<() => unknown>(makers))
    Object.defineProperty(object, key, { enumerable: true, get: once(make) });
  return object as Known & Made;
}
