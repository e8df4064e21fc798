/** Where the first part of a reference stands in a text: `laptop` of `{{ laptop.answer }}`. `end` is exclusive. */
export interface Root {
  name: string
  start: number
  end: number
}

/** Outputs and tags; blocks whose inside is not Liquid are taken as a whole. */
const pieces = /\{%-?\s*(raw|comment)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}|\{%-?\s*#[\s\S]*?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g
/** What looks like a name but is none: texts, filters, named arguments, parts further inside a path, the tag itself. */
const others = String.raw`"[^"]*"|'[^']*'|\|\s*[\w-]+|[\w-]+\s*:|\.\s*[\w-]+|^\{%-?\s*\w+`
const names = new RegExp(String.raw`${others}|([a-zA-Z_][\w-]*)`, 'g')

/**
 * The first parts of all references in a text, in the order written; names that the text itself gives (`assign`, `for`) among
 * them. Reads only as much of Liquid as that takes: editing a mission in a page must not need the whole of it, which is a
 * third as large as the canvas. A test holds it against Liquid's own reading.
 */
export function roots(text: string): Root[] {
  if (!/\{[{%]/.test(text)) return []
  const found: Root[] = []
  for (const piece of text.matchAll(pieces)) {
    if (piece[1] !== undefined || /^\{%-?\s*#/.test(piece[0])) continue
    for (const match of piece[0].matchAll(names)) {
      const [, name] = match
      if (name !== undefined) found.push({ name, start: piece.index + match.index, end: piece.index + match.index + name.length })
    }
  }
  return found
}
