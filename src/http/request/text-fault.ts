// Text that some reader would drop, reorder or choke on (RFC 9839): controls but tab and line ends, the bidirectional
// controls, and non-characters.
const CONTROLS = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`
const BIDIRECTIONAL_CONTROLS = String.raw`\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069`
const NON_CHARACTERS = String.raw`\uFDD0-\uFDEF\uFFFE\uFFFF`
const UNSAFE_TEXT = new RegExp(`[${CONTROLS}${BIDIRECTIONAL_CONTROLS}${NON_CHARACTERS}]`, 'u')

/** Why a text is not taken, or undefined where it is. */
export function textFault(text: string): { code: 'lone-surrogate' | 'control-character' } | undefined {
  if (!text.isWellFormed()) return { code: 'lone-surrogate' }
  if (UNSAFE_TEXT.test(text)) return { code: 'control-character' }
  return undefined
}
