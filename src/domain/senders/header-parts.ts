/**
 * A part of a mailbox header (RFC 5322 §3.4), without its brackets or quotes. `plain` text may hold signs that divide a
 * header; `quoted` text and comments are text alone; `angle` is the text in `<…>`.
 */
export type HeaderPiece = { kind: 'plain' | 'quoted' | 'comment' | 'angle'; text: string }

/**
 * Divides a header into quoted strings, comments (nested ones too) and angle brackets, in one pass. Undefined where a
 * bracket or quote has no partner: mail readers disagree on where such a text ends.
 */
export function headerParts(text: string): HeaderPiece[] | undefined {
  const pieces: HeaderPiece[] = []
  for (let at = 0; at < text.length;) {
    const span = spanAt(text, at)
    if (span === undefined) return undefined
    pieces.push({ kind: span.kind, text: span.text })
    at = span.end
  }
  return pieces
}

type Span = HeaderPiece & { end: number }

function spanAt(text: string, start: number): Span | undefined {
  const sign = text[start]
  if (sign === '"') return quotedSpan(text, start)
  if (sign === '(') return commentSpan(text, start)
  if (sign === '<') return angleSpan(text, start)
  if (sign === ')' || sign === '>') return undefined
  let end = start + 1
  while (end < text.length && !'"()<>'.includes(text.charAt(end))) end++
  return { kind: 'plain', text: text.slice(start, end), end }
}

function quotedSpan(text: string, start: number): Span | undefined {
  let inside = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return { kind: 'quoted', text: inside, end: at + 1 }
    if (text[at] === '\\') at++
    inside += text[at] ?? ''
  }
  return undefined
}

function commentSpan(text: string, start: number): Span | undefined {
  let depth = 0
  let inside = ''
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === ')' && --depth === 0) return { kind: 'comment', text: inside.trim(), end: at + 1 }
    if (sign === '\\') inside += text[++at] ?? ''
    else if (sign !== '(' || depth++ > 0) inside += sign
  }
  return undefined
}

/** An address may have comments and quotes of its own: `<"a..b"(x)@example.jp>`. */
function angleSpan(text: string, start: number): Span | undefined {
  let inside = ''
  for (let at = start + 1; at < text.length;) {
    if (text[at] === '>') return { kind: 'angle', text: inside, end: at + 1 }
    if (text[at] === '<') return undefined
    const nested = text[at] === '"' ? quotedSpan(text, at) : text[at] === '(' ? commentSpan(text, at) : undefined
    if (nested === undefined && '"()'.includes(text.charAt(at))) return undefined
    if (nested?.kind !== 'comment') inside += text.slice(at, nested?.end ?? at + 1)
    at = nested?.end ?? at + 1
  }
  return undefined
}
