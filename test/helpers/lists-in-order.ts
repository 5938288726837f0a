/** The items of a list as texts, in an order that does not depend on that of the list or of fields. */
export function listInOrder(items: readonly unknown[]): string[] {
  return items.map(item => JSON.stringify(item, (_key, value) => inOrder(value))).toSorted()
}

function inOrder(value: any): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
