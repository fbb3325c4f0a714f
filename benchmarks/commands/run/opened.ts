/** Everything that a command has opened: closed in reverse order, and completely even where closing something fails. */
export class Opened implements AsyncDisposable {
  readonly #resources: (Disposable | AsyncDisposable)[] = [];

  add<T extends Disposable | AsyncDisposable>(resource: T): T {
    this.#resources.push(resource);
    return resource;
  }

  /** @throws the first failure */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const resource of this.#resources.splice(0).reverse()) {
      try {
        if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
        else resource[Symbol.dispose]();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
