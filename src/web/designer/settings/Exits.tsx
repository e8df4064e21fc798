import { IconPlus, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { m } from '#messages'
import type { Link } from '../../../mission/mission.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import type { Card } from '../canvas/scene.ts'
import type { Problem } from '../../../mission/problems.ts'
import { placeOf, show } from '../desk.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { Problems } from './Problems.tsx'
import classes from './settings.module.css'

/** Where a card leads, exit by exit: the same as its lines, for those who do not draw with a mouse. */
export const Exits = memo(function Exits({ id, problems }: { id: string; problems: readonly Problem[] }) {
  const { desk } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const links = useDraft((state) => state.mission.links)
  const scene = useScene()
  const card = scene.cards.find((one) => one.id === id)
  if (!card || card.ports.length === 0) return <Problems problems={problems} />
  return (
    <section className={classes.part} aria-label={m.designer_next()}>
      <h3 className={classes.partTitle}>{m.designer_next()}</h3>
      <Problems problems={problems} />
      <ul className={classes.exits}>
        {card.ports.map((port) => {
          const leaving = links.filter((link) => link.from === id && link.exit === port.exit)
          const label = port.label || m.designer_then()
          return (
            <li key={port.exit} className={classes.exit}>
              <span className={classes.exitName}>{leaving.length > 1 ? m.designer_exit_and({ label }) : label}</span>
              {leaving.map((link) => (
                <Target key={link.to} link={link} target={scene.cards.find((one) => one.id === link.to)} readOnly={readOnly} />
              ))}
              {leaving.length === 0 && readOnly && <span>{m.designer_leads_nowhere()}</span>}
              {!readOnly && (
                <>
                  <button
                    type="button"
                    className={`${classes.target} ${classes.targetName}`}
                    aria-label={m.designer_exit_add({ label })}
                    onClick={(event) =>
                      desk.setState({ adding: { spot: { at: 'exit', from: id, exit: port.exit }, place: placeOf(event.currentTarget) } })
                    }
                  >
                    <IconPlus size={15} aria-hidden />
                    {m.designer_add()}
                  </button>
                  <button
                    type="button"
                    className={`${classes.target} ${classes.targetName}`}
                    aria-label={m.designer_exit_connect({ label })}
                    onClick={(event) => desk.setState({ connecting: { from: id, exit: port.exit, place: placeOf(event.currentTarget) } })}
                  >
                    {m.designer_connect()}
                  </button>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
})

function Target({ link, target, readOnly }: { link: Link; target: Card | undefined; readOnly: boolean }) {
  const { commands, desk, draft } = useWorkshop()
  const title = target?.title ?? link.to
  return (
    <span className={classes.target}>
      <button
        type="button"
        className={classes.targetName}
        onClick={() => {
          draft.getState().select([link.to])
          show(desk, link.to)
        }}
      >
        {title}
      </button>
      {!readOnly && (
        <button type="button" className={classes.cut} aria-label={m.designer_unlink_from({ title })} onClick={() => commands.unlink(link)}>
          <IconX size={15} aria-hidden />
        </button>
      )}
    </span>
  )
}
