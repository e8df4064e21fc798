import { m } from '#messages'
import { say } from '../../../mission/words.ts'
import { Dialog } from '../Dialog.tsx'
import { useDesk, useWorkshop } from '../workshop.ts'

/** More would not be read; what is mended first often mends the others. */
const most = 50

/** Says line by line why a file is no mission. */
export default function BadFile() {
  const { desk, language } = useWorkshop()
  const bad = useDesk((state) => state.badFile)
  if (!bad) return null
  return (
    <Dialog onClose={() => desk.setState({ badFile: undefined })} title={m.designer_file_bad({ name: bad.name })} centered>
      <p>{m.designer_file_bad_why()}</p>
      <ul>
        {bad.faults.slice(0, most).map(({ where, what }) => (
          <li key={`${where} ${what.en}`}>
            {where === ''
              ? say(what, language)
              : m.designer_fault_at({
                  where: /^\d+$/.test(where) ? m.designer_file_line({ line: where }) : where,
                  what: say(what, language),
                })}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
