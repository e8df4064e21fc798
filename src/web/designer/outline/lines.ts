import type { Sentence } from '../../../mission/prose.ts'

type Told = Pick<Sentence, 'id' | 'depth'>

/** The line above (-1) or below (1); none at the ends. */
export function lineBeside(lines: readonly Told[], id: string, by: 1 | -1): string | undefined {
  const at = lines.findIndex((line) => line.id === id)
  return at < 0 ? undefined : lines[at + by]?.id
}

/** The line under which a line is indented. */
export function lineOut(lines: readonly Told[], id: string): string | undefined {
  const at = lines.findIndex((line) => line.id === id)
  const depth = lines[at]?.depth ?? 0
  return lines.slice(0, Math.max(at, 0)).findLast((line) => line.depth < depth)?.id
}

/** The first line that is indented under a line. */
export function lineInto(lines: readonly Told[], id: string): string | undefined {
  const at = lines.findIndex((line) => line.id === id)
  const [line, next] = [lines[at], lines[at + 1]]
  return line && next && next.depth > line.depth ? next.id : undefined
}

/** Where the focus goes when a line is deleted: to the next, or the one before the last. */
export function nextAfter(lines: readonly Told[], id: string): string | undefined {
  return lineBeside(lines, id, 1) ?? lineBeside(lines, id, -1)
}
