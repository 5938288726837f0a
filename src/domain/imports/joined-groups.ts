/**
 * Joins groups that meet, as those whose customers share an address (R20): each group is named after the smallest of
 * its customers. Answers the new name of every group that gets another.
 */
export function joinedGroups(shared: readonly (readonly string[])[]): Map<string, string> {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    if (root !== id) parents.set(id, root)
    return root
  }
  for (const ids of shared) {
    const roots = [...new Set(ids.map(rootOf))].toSorted()
    const [first, ...others] = roots
    if (first !== undefined) for (const other of others) parents.set(other, first)
  }
  return new Map([...parents.keys()].map(id => [id, rootOf(id)]))
}
