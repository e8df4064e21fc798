import { type DocumentFault, type Mission, type Reading, upgrade } from '../../../mission/mission.ts'

/** Reads the text of a file as a mission. Never throws: what is wrong comes back fault by fault. */
export function readMissionFile(text: string): Reading {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    return { faults: [describeSyntax(text, error)] }
  }
  return upgrade(document)
}

/** A mission as the text of a file that people can read too. */
export function writeMissionFile(mission: Mission): string {
  return `${JSON.stringify(mission, null, 2)}\n`
}

/** What a mission's file is called. */
export function fileNameOf(mission: Mission): string {
  const plain = mission.name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${plain === '' ? 'mission' : plain.toLowerCase()}.json`
}

function describeSyntax(text: string, error: unknown): DocumentFault {
  // Browsers say where in different words: “line 3 column 5”, “position 17”, or not at all.
  const message = error instanceof Error ? error.message : ''
  const position = /position (\d+)/.exec(message)?.[1]
  const line = /line (\d+)/.exec(message)?.[1] ?? (position === undefined ? '' : String(text.slice(0, Number(position)).split('\n').length))
  return { where: line, what: { en: 'this is not JSON', fr: 'ceci n’est pas du JSON' } }
}
