const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML shows it: nothing in it is markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => ESCAPES[letter] ?? letter)
}
