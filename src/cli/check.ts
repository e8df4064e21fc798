import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { catalogue } from '../catalogue/catalogue.ts'
import { type DocumentFault, type Mission, upgrade } from '../mission/mission.ts'
import { type Problem, problems } from '../mission/problems.ts'
import { tellWalk, walkNames } from '../mission/walk.ts'
import { type Language, languages, say, type Words } from '../mission/words.ts'
import { builtin } from '../platforms/builtin/builtin.ts'
import type { Command } from './command.ts'

/** What was found in one file: problems of a mission, or why there is no mission in it. */
interface Finding {
  file: string
  mission?: Mission
  problems: readonly Problem[]
  faults: readonly DocumentFault[]
  /** True when the file itself could not be read. */
  missing: boolean
}

/** `missions check`: what the designer says about a mission, for files and scripts. */
export const command: Command = {
  summary: 'Check mission files: every run ends, every step is reached, all data is there',
  help: `Usage: missions check [--json] [--language en|fr] FILE…

Reads missions (JSON documents, as exported or kept as templates) and tells everything that is wrong with them:
where, why, what to do about it, and the way on which a run gets there.

  --json            print a list of { file, problems, faults } instead of text
  --language LANG   en (the default) or fr

Ends with 0 when there are no errors (warnings may be meant), 1 when there are some or a file holds no mission,
2 when a file cannot be read or the command was used wrongly.`,
  run: (args) => check(args),
}

/**
 * Checks the mission files named by the arguments and prints what it finds by `print`.
 *
 * @returns exit code: 0 no errors, 1 errors, 2 used wrongly.
 * @throws the error of `parseArgs` for an option that does not exist.
 */
export async function check(args: string[], print: (text: string) => void = console.log): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, language: { type: 'string' } },
  })
  if (positionals.length === 0) {
    print(command.help)
    return 2
  }
  const language = languages.find((one) => one === values.language) ?? 'en'
  if (values.language !== undefined && values.language !== language) {
    print(`There is no language “${values.language}”: it is en or fr.`)
    return 2
  }
  const findings = await Promise.all(positionals.map(inspectFile))
  if (values.json)
    print(
      JSON.stringify(
        findings.map(({ file, problems: found, faults }) => ({ file, problems: found, faults })),
        null,
        2,
      ),
    )
  else for (const finding of findings) print(report(finding, language))
  if (findings.some(({ missing }) => missing)) return 2
  return findings.some(({ problems: found, faults }) => faults.length > 0 || found.some(({ severity }) => severity === 'error')) ? 1 : 0
}

async function inspectFile(file: string): Promise<Finding> {
  const finding = (faults: DocumentFault[], missing = false): Finding => ({ file, problems: [], faults, missing })
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return finding(
      [
        {
          where: '',
          what: { en: `The file cannot be read: ${messageOf(error)}`, fr: `Le fichier ne peut pas être lu\u00a0: ${messageOf(error)}` },
        },
      ],
      true,
    )
  }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    return finding([
      { where: '', what: { en: `This is not JSON: ${messageOf(error)}`, fr: `Ce n’est pas du JSON\u00a0: ${messageOf(error)}` } },
    ])
  }
  const read = upgrade(missionIn(document))
  return 'faults' in read
    ? finding(read.faults)
    : { ...finding([]), mission: read.mission, problems: problems(read.mission, catalogue.kinds, builtin.card) }
}

/** A template holds its mission beside what the gallery shows. */
function missionIn(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'slug' in document && 'mission' in document ? document.mission : document
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const counted: Record<Problem['severity'], { one: Words; many: Words }> = {
  error: { one: { en: 'error', fr: 'erreur' }, many: { en: 'errors', fr: 'erreurs' } },
  warning: { one: { en: 'warning', fr: 'avertissement' }, many: { en: 'warnings', fr: 'avertissements' } },
}

function report({ file, mission, problems: found, faults }: Finding, language: Language): string {
  const errors = faults.length + found.filter(({ severity }) => severity === 'error').length
  const count = (number: number, severity: Problem['severity']) =>
    number === 0 ? [] : [`${number} ${say(counted[severity][number === 1 ? 'one' : 'many'], language)}`]
  const summary = [...count(errors, 'error'), ...count(faults.length + found.length - errors, 'warning')].join(', ')
  const colon = say({ en: ':', fr: '\u00a0:' }, language)
  return [
    `${file}${colon} ${summary === '' ? say({ en: 'fine', fr: 'rien à signaler' }, language) : summary}`,
    ...faults.map(
      ({ where, what }) => `  ${say(counted.error.one, language)}${where === '' ? '' : ` (${where})`}${colon} ${say(what, language)}`,
    ),
    ...found.map((problem) => tell(problem, mission, language)),
  ].join('\n')
}

function tell({ severity, where, why, remedy, walk }: Problem, mission: Mission | undefined, language: Language): string {
  const link = where.link && `${where.link.from}.${where.link.exit} → ${where.link.to}`
  const place = [where.trigger ?? where.step ?? link, where.setting].filter((part) => part !== undefined).join(' · ')
  return [
    `  ${say(counted[severity].one, language)}${place === '' ? '' : ` (${place})`}${say({ en: ':', fr: '\u00a0:' }, language)} ${say(why, language)}`,
    `    ${say(remedy, language)}`,
    // A trigger alone is no walk to speak of.
    ...(walk && walk.length > 1 && mission ? [`    ${say(tellWalk(walk, walkNames(mission, catalogue.kinds)), language)}`] : []),
  ].join('\n')
}
