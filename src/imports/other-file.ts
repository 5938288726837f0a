/** What a file is that is no table. */
type OtherFile = 'html' | 'json' | 'pdf' | 'spreadsheet'

// The first bytes of what is often sent in place of a CSV file.
const SIGNATURES: readonly (readonly [signature: string, found: OtherFile])[] = [
  ['PK\x03\x04', 'spreadsheet'],
  ['\xD0\xCF\x11\xE0', 'spreadsheet'],
  ['%PDF-', 'pdf'],
]

const MARKUP = /^\s*<(?:!doctype|\?xml|html|table)/i

const OBJECT = /^\s*(?:\{|\[[[{"\s])/

/** What a file is that is no table, by its first bytes; undefined for what may be a table. */
export function otherFile(bytes: Uint8Array): OtherFile | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const signed = SIGNATURES.find(([signature]) => head.startsWith(signature))?.[1]
  if (signed !== undefined) return signed
  if (MARKUP.test(head)) return 'html'
  return OBJECT.test(head) ? 'json' : undefined
}
