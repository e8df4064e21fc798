import { type DocumentFault, type Mission, type Reading, upgrade } from '../../../mission/mission.ts'
import { brokenAt, lineAt } from './syntax.ts'

/** Reads the text of a file as a mission. Never throws: what is wrong comes back fault by fault. */
export function readMissionFile(text: string): Reading {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return { faults: [describeSyntax(text)] }
  }
  return upgrade(document)
}

/** A mission as the text of a file that people can read too. */
export function writeMissionFile(mission: Mission): string {
  return `${JSON.stringify(mission, null, 2)}\n`
}

/** Hands a mission to the browser as a file. */
export function download(mission: Mission): void {
  const address = URL.createObjectURL(new Blob([writeMissionFile(mission)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileNameOf(mission)
  link.click()
  URL.revokeObjectURL(address)
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

/** Where a text stops being JSON. */
export function describeSyntax(text: string): DocumentFault {
  const at = brokenAt(text)
  return { where: at === undefined ? '' : String(lineAt(text, at)), what: { en: 'this is not JSON', fr: 'ceci n’est pas du JSON' } }
}
