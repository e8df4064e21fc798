const blank = /[ \t\n\r]*/y
const text = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y

/**
 * Where a text stops being JSON (RFC 8259), as an offset; undefined when it is JSON. Browsers tell this in different words, or not at all.
 *
 * @throws RangeError for one nested many thousand levels deep.
 */
export function brokenAt(written: string): number | undefined {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(written)
    if (found) at += found[0].length
    return found !== null
  }
  const sign = (wanted: string): boolean => {
    take(blank)
    if (written[at] !== wanted) return false
    at += 1
    return true
  }
  const member = (): boolean => {
    take(blank)
    return take(text) && sign(':') && value()
  }
  const items = (item: () => boolean, end: string): boolean => {
    if (sign(end)) return true
    do if (!item()) return false
    while (sign(','))
    return sign(end)
  }
  const value = (): boolean => {
    if (sign('{')) return items(member, '}')
    if (sign('[')) return items(value, ']')
    return take(text) || take(plain)
  }
  if (!value()) return at
  take(blank)
  return at === written.length ? undefined : at
}

/** The line of an offset, from 1. */
export const lineAt = (written: string, at: number): number => written.slice(0, at).split('\n').length
