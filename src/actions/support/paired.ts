/** Each item of a list with the one at the same place of another list: what a batch answers comes in the order asked. */
export function paired<Left, Right>(left: readonly Left[], right: readonly Right[]): [Left, Right][] {
  return left.flatMap((item, index): [Left, Right][] => {
    const other = right[index]
    return other === undefined ? [] : [[item, other]]
  })
}
