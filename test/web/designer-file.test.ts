import { expect, test } from 'vitest'
import { emptyMission } from '../../src/mission/mission.ts'
import { fileNameOf, readMissionFile, writeMissionFile } from '../../src/web/designer/draft/file.ts'

test('a mission written to a file is read back as it was', () => {
  const mission = { ...emptyMission('Été à Paris!'), description: 'Plans' }
  expect(readMissionFile(writeMissionFile(mission))).toEqual({ mission })
  expect([fileNameOf(mission), fileNameOf(emptyMission('…'))]).toEqual(['ete-a-paris.json', 'mission.json'])
})

test('a file that is no mission is told fault by fault', () => {
  const read = readMissionFile(JSON.stringify({ ...emptyMission('A'), steps: [{ id: 'one', settings: {} }], links: 3 }))
  expect('faults' in read && read.faults.map(({ where, what }) => `${where}: ${what.en}`)).toEqual([
    'steps.0.type: this is missing',
    'links: this should be a list',
  ])
})

test('a file that is no JSON is told with the line', () => {
  const read = readMissionFile('{\n  "format": 1,\n  oops\n}')
  expect('faults' in read && read.faults).toEqual([{ where: '3', what: { en: 'this is not JSON', fr: 'ceci n’est pas du JSON' } }])
})
