import fc from 'fast-check'

const FIRST_SURROGATE = 0xd800
const SURROGATES = 0x800

/**
 * Well-formed text of any code points. `fc.string({ unit: 'binary' })` makes the same, but first a list of all of them,
 * which takes seconds.
 */
export function anyText(maxLength = 10): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0, max: 0x10ffff - SURROGATES }), { maxLength })
    .map(points => String.fromCodePoint(...points.map(point => (point < FIRST_SURROGATE ? point : point + SURROGATES))))
}
