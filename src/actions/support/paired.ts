/** Each item of a list with the item at the same place of another list: batches answer in the order of their keys. */
export function paired<Left, Right>(left: readonly Left[], right: readonly Right[]): [Left, Right][] {
  return left.flatMap((item, index): [Left, Right][] => {
    const other = right[index]
    return other === undefined ? [] : [[item, other]]
  })
}
