import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { z } from 'zod'
import { m } from '#messages'
import { pickId } from '../../../../mission/ids.ts'
import { useDraft } from '../../workshop.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { Grip, TakeOut } from '../rows/Grip.tsx'
import { moved, useReordering, without } from '../rows/reordering.ts'
import rows from '../rows/rows.module.css'
import { readPill } from '../text/pill-parts.ts'
import { blankCondition, type Condition, conditionSchema, ConditionRow } from './ConditionRow.tsx'

/** A path as far as it has been written. */
const pathSchema = z.object({
  id: z.string().catch(''),
  label: z.string().catch(''),
  when: z.array(conditionSchema).catch([]),
  any: z.boolean().optional().catch(undefined),
})
type Path = z.output<typeof pathSchema>

/** The paths of a choice, each with its conditions as sentences: “Pick a laptop · the answer is Mac, or …”. */
export function PathsWidget({ label, value, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const tell = useDraft((state) => state.tell)
  const paths = z
    .array(pathSchema)
    .catch([])
    .parse(value ?? [])
  const take = (next: Path[]) => onChange(next.length === 0 ? undefined : next)
  const name = (at: number) => paths[at]?.label || m.designer_path_number({ number: at + 1 })
  const change = (at: number, part: Partial<Path>) => take(paths.map((path, index) => (index === at ? adjust({ ...path, ...part }) : path)))
  const order = useReordering((from, to) => {
    take(moved(paths, from, to))
    tell(m.designer_row_moved({ name: name(from), at: to + 1, count: paths.length }))
  })
  const add = () => {
    // Lines on the canvas leave by the path's id, so it stays whatever the path is called later.
    const id = pickId(new Set(paths.map((path) => path.id)), [`path_${paths.length + 1}`])
    take([...paths, { id, label: m.designer_path_number({ number: paths.length + 1 }), when: [blankCondition] }])
  }
  return (
    <div className={rows.rows} role="group" aria-label={label} aria-describedby={describedBy} ref={order.list}>
      {paths.map((path, at) => {
        const conditions = (when: Condition[]) => change(at, { when, ...renamed(path, at, when) })
        return (
          <div key={path.id || at} className={rows.block} role="group" aria-label={name(at)} {...order.row(at)}>
            <div className={rows.line}>
              {!readOnly && paths.length > 1 && <Grip name={name(at)} {...order.grip(at)} />}
              <TextInput
                className={rows.grow}
                aria-label={m.designer_path_name({ number: at + 1 })}
                value={path.label}
                maxLength={60}
                disabled={readOnly}
                error={path.label.trim() === '' && m.designer_path_unnamed()}
                onChange={(event) => change(at, { label: event.currentTarget.value })}
              />
              {!readOnly && <TakeOut name={name(at)} onRemove={() => take(without(paths, at))} />}
            </div>
            {path.when.map((condition, index) => (
              <ConditionRow
                key={index}
                condition={condition}
                joint={index === 0 ? 'if' : path.any ? 'or' : 'and'}
                onChange={(next) => conditions(path.when.map((one, other) => (other === index ? next : one)))}
                onJoin={(joint) => change(at, { any: joint === 'or' })}
                onRemove={path.when.length > 1 ? () => conditions(without(path.when, index)) : undefined}
              />
            ))}
            {!readOnly && path.when.length < 10 && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={rows.add}
                leftSection={<IconPlus size={15} aria-hidden />}
                aria-label={m.designer_condition_add_to({ name: name(at) })}
                onClick={() => change(at, { when: [...path.when, blankCondition] })}
              >
                {m.designer_condition_add()}
              </Button>
            )}
          </div>
        )
      })}
      {!readOnly && paths.length < 10 && (
        <Button variant="subtle" size="compact-sm" className={rows.add} leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {m.designer_path_add()}
        </Button>
      )}
    </div>
  )
}

/** One condition alone is joined to nothing. */
function adjust({ any, ...path }: Path): Path {
  return any && path.when.length > 1 ? { ...path, any } : path
}

/** A path that nobody has named is called by what it is taken for: “Mac or PC”. */
function renamed(path: Path, at: number, when: readonly Condition[]): { label?: string } {
  const usual = m.designer_path_number({ number: at + 1 })
  const [before, after] = [wordsOf(path.when), wordsOf(when)]
  return path.label === usual || (before !== '' && path.label === before) ? { label: after || usual } : {}
}

function wordsOf([only, ...others]: readonly Condition[]): string {
  if (!only || others.length > 0 || only.is !== 'is') return ''
  const words = only.right.filter((one) => typeof one === 'string' || typeof one === 'number').map(asText)
  const plain = words.length === only.right.length && words.every((one) => !readPill(one))
  return plain ? words.join(` ${m.designer_joint_or()} `).slice(0, 60) : ''
}
