/** The text that takes the place of a name when its person is erased (R33). */
export const ERASED = '[erased]'
